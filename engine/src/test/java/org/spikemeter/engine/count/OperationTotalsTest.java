package org.spikemeter.engine.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OperationTotalsTest {
    private static final OperationCounts.MemoryWords WORDS = new OperationCounts.MemoryWords(1, 1, 1, 1);

    private final LayerCounts first = new LayerCounts(3);
    private final LayerCounts second = new LayerCounts(3);
    private final OperationCounts counts = new OperationCounts(
        List.of(new OperationCounts.Entry(0, 1, WORDS, first), new OperationCounts.Entry(2, 3, WORDS, second)));

    /** Each operation of each projection for itself, over steps that are long forgotten, late counts included. */
    @Test
    void shouldGiveWhatWasCountedSinceBefore() {
        final SplittableRandom random = new SplittableRandom(1);
        final OperationTotals before = new OperationTotals(2);
        final OperationTotals sum = new OperationTotals(2);
        final long[][] expected = new long[2][Operation.values().length];
        for (int part = 0; part < 20; part++) {
            final OperationTotals found = new OperationTotals(2);
            final long[][] counted = new long[2][Operation.values().length];
            for (int step = random.nextInt(5); step >= 0; step--) {
                for (int entry = 0; entry < 2; entry++) {
                    final LayerCounts layer = counts.entries().get(entry).counts();
                    layer.beginStep();
                    for (final Operation operation : Operation.values()) {
                        final long now = random.nextInt(1000);
                        final long late = random.nextInt(10);
                        layer.add(operation, now);
                        layer.add(operation, random.nextInt(layer.steps()), late);
                        counted[entry][operation.ordinal()] += now + late;
                    }
                }
            }
            found.addSince(before, counts);
            sum.add(found);
            for (int entry = 0; entry < 2; entry++) {
                for (final Operation operation : Operation.values()) {
                    assertEquals(counted[entry][operation.ordinal()], found.get(entry, operation));
                    expected[entry][operation.ordinal()] += counted[entry][operation.ordinal()];
                }
            }
        }
        final OperationTotals all = OperationTotals.of(counts);
        for (final Operation operation : Operation.values()) {
            assertEquals(expected[0][operation.ordinal()], sum.get(0, operation));
            assertEquals(expected[1][operation.ordinal()], all.get(1, operation));
            assertEquals(counts.total(operation), all.total(operation));
            assertEquals(all.total(operation), sum.total(operation));
            assertEquals(0, sum.minus(all).total(operation));
            assertEquals(all.total(operation), all.minus(new OperationTotals(0)).total(operation));
        }
    }

    @Test
    void shouldNotChangeWithWhatItWasCopiedFrom() {
        first.beginStep();
        second.beginStep();
        second.add(Operation.SPIKES, 4);
        final OperationTotals totals = OperationTotals.of(counts);
        final OperationTotals copy = totals.copy();
        totals.clear();
        assertEquals(4, copy.get(1, Operation.SPIKES));
        assertEquals(0, totals.get(1, Operation.SPIKES));
    }

    @Test
    void shouldRefuseCountsOfAnotherNetwork() {
        final OperationTotals three = new OperationTotals(3);
        assertThrows(IllegalArgumentException.class, () -> three.set(counts));
        assertThrows(IllegalArgumentException.class, () -> three.add(new OperationTotals(2)));
        assertThrows(IllegalArgumentException.class, () -> three.minus(new OperationTotals(2)));
        assertThrows(IllegalArgumentException.class, () -> three.addSince(new OperationTotals(3), counts));
    }
}
