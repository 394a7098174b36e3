package org.spikemeter.engine.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;

class PoissonStepSourceTest {
    private static final int ADDRESSES = 1_001;
    private static final int STEPS = 1_000;

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.01, 2.0, 37.5, 500.0})
    void shouldHaveMeanVarianceAndDistribution(final double mean) {
        final StepEvents events = new StepEvents(Shape.flat(ADDRESSES));
        double sum = 0.0;
        double squares = 0.0;
        long silent = (long) ADDRESSES * STEPS;
        try (PoissonStepSource source = new PoissonStepSource(events.shape(), mean, STEPS, 7)) {
            for (int step = 0; step < STEPS; step++) {
                assertTrue(source.next(events));
                silent -= events.size();
                for (int i = 0; i < events.size(); i++) {
                    sum += events.value(i);
                    squares += (double) events.value(i) * events.value(i);
                }
            }
            assertFalse(source.next(events));
            assertEquals(0, events.size());
        }
        final double draws = (double) ADDRESSES * STEPS;
        final double found = sum / draws;
        // five standard errors
        assertEquals(mean, found, 5.0 * Math.sqrt(mean / draws));
        assertEquals(mean, squares / draws - found * found, 5.0 * Math.sqrt((mean + 2.0 * mean * mean) / draws));
        final double none = Math.exp(-mean);
        assertEquals(none, silent / draws, 5.0 * Math.sqrt(none * (1.0 - none) / draws) + 1e-9);
    }

    @Test
    void shouldRefuseMeansOutOfRange() {
        for (final double mean : new double[] {-0.1, 500.1, Double.NaN}) {
            assertThrows(IllegalArgumentException.class, () -> new PoissonStepSource(Shape.flat(1), mean, 1, 1));
        }
    }
}
