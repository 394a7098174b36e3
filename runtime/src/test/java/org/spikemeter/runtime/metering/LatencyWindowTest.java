package org.spikemeter.runtime.metering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyWindowTest {
    private static final long HIGHEST = 3_600_000_000_000L;

    private static Histogram histogram(final long... values) {
        final Histogram histogram = new Histogram(1, HIGHEST, 3);
        for (final long value : values) {
            histogram.recordValue(value);
        }
        return histogram;
    }

    @Test
    void shouldForgetWhatIsOlder() {
        final LatencyWindow window = new LatencyWindow(2, histogram());
        assertEquals(0, window.sum().getTotalCount());
        window.add(histogram(1_000_000));
        window.add(histogram(5, 6));
        assertEquals(3, window.sum().getTotalCount());
        window.add(histogram(7));
        assertEquals(histogram(5, 6, 7), window.sum());
        assertEquals(7, window.sum().getMaxValue(), "the longest has gone");
        window.add(histogram());
        assertEquals(histogram(5, 6, 7), window.sum(), "nothing came");
    }

    @Test
    void shouldHoldTheSumOfTheLastIntervals() {
        final SplittableRandom random = new SplittableRandom(7);
        final LatencyWindow window = new LatencyWindow(10, histogram());
        final Deque<Histogram> last = new ArrayDeque<>();
        // one that is recorded into again and again, as that of a meter is
        final Histogram interval = histogram();
        for (int i = 0; i < 100; i++) {
            interval.reset();
            for (int n = random.nextInt(1, 50); n > 0; n--) {
                interval.recordValue(1 + random.nextLong(1L << random.nextInt(1, 41)));
            }
            window.add(interval);
            last.addLast(interval.copy());
            if (last.size() > 10) {
                last.removeFirst();
            }
            final Histogram expected = histogram();
            last.forEach(expected::add);
            assertEquals(expected, window.sum());
            assertEquals(expected.getMaxValue(), window.sum().getMaxValue());
            assertEquals(expected.getValueAtPercentile(99), window.sum().getValueAtPercentile(99));
        }
    }

    @Test
    void shouldRefuseAWindowOfNothing() {
        assertThrows(IllegalArgumentException.class, () -> new LatencyWindow(0, histogram()));
    }
}
