package org.spikemeter.engine.count;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerCountsTest {
    private static final Operation SPIKES = Operation.SPIKES;

    /** Late counts go to steps that are kept and to steps that are not. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 500, 1024, 5000, Integer.MAX_VALUE})
    void shouldAgreeWithListWhenOldStepsAreFolded(final int kept) {
        final SplittableRandom random = new SplittableRandom(kept);
        final LayerCounts counts = new LayerCounts(kept);
        final List<Long> oracle = new ArrayList<>();
        for (int step = 0; step < 4000; step++) {
            counts.beginStep();
            oracle.add(0L);
            final long now = random.nextInt(1000);
            counts.add(SPIKES, now);
            counts.addOverflows(1);
            oracle.set(step, oracle.get(step) + now);
            final int earlier = random.nextInt(step + 1);
            counts.add(SPIKES, earlier, 7);
            oracle.set(earlier, oracle.get(earlier) + 7);
        }
        assertEquals(oracle.stream().mapToLong(Long::longValue).sum(), counts.total(SPIKES));
        assertEquals(4000, counts.steps());
        assertEquals(4000, counts.overflows());
        final long[] last = counts.perStep(SPIKES);
        assertTrue(last.length >= Math.min(kept, 4000) && last.length <= Math.min(2L * kept, 4000),
            last.length + " steps");
        assertArrayEquals(oracle.subList(4000 - last.length, 4000).stream().mapToLong(Long::longValue).toArray(), last);
        assertEquals(oracle.getLast(), counts.get(SPIKES, 3999));
        counts.reset();
        counts.beginStep();
        assertEquals(0, counts.total(SPIKES));
    }

    @Test
    void shouldRefuseStepWhenNoLongerKept() {
        final LayerCounts counts = new LayerCounts(1);
        for (int step = 0; step < 10; step++) {
            counts.beginStep();
        }
        final String message =
            assertThrows(IndexOutOfBoundsException.class, () -> counts.get(SPIKES, 0)).getMessage();
        assertTrue(message.startsWith("step 0 of 10, kept from "), message);
    }
}
