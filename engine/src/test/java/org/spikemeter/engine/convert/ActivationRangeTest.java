package org.spikemeter.engine.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.simulate.Simulator;

/** The range that was heard, against the sorted activations. */
class ActivationRangeTest {
    private static final int SIZE = 1000;
    private static final Network UNITS = Network.builder("units", Shape.flat(SIZE))
        .add(new Layer.Relu("relu", Float.POSITIVE_INFINITY)).build();

    private static ActivationRange heard(final float[]... samples) {
        final ActivationRange range = new ActivationRange(UNITS);
        try (Simulator simulator = new Simulator(new Simulator.Context().network(UNITS).listener(range))) {
            for (final float[] sample : samples) {
                final StepEvents events = new StepEvents(UNITS.input());
                for (int i = 0; i < SIZE; i++) {
                    events.add(i, sample[i]);
                }
                simulator.step(events);
            }
        }
        return range;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 25, 50, 99, 99.9, 100})
    void shouldBeAtMostABinAboveTheExactPercentile(final double percent) {
        final Random random = new Random(7);
        final float[][] samples = new float[3][SIZE];
        final float[] active = new float[3 * SIZE];
        int count = 0;
        for (final float[] sample : samples) {
            for (int i = 0; i < SIZE; i++) {
                sample[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(-3, 4)));
                if (sample[i] > 0) {
                    active[count] = sample[i];
                    count++;
                }
            }
        }
        Arrays.sort(active, 0, count);
        final float exact = active[(int) Math.ceil(percent / 100 * count) - 1];
        final float found = heard(samples).percentile(0, percent);
        assertTrue(found >= exact && found <= exact * (1 + 1.0 / 2048), exact + " " + found);
    }

    @Test
    void shouldKeepTheLargestExactly() {
        final float[] sample = new float[SIZE];
        sample[3] = 0.1f;
        sample[4] = -5.0f;
        final ActivationRange range = heard(sample, new float[SIZE]);
        assertEquals(0.1f, range.largest(0));
        assertEquals(0.1f, range.percentile(0, 100));
    }

    @Test
    void shouldBeZeroWhereNothingWasActive() {
        assertEquals(0.0f, heard(new float[SIZE]).percentile(0, 50));
        assertThrows(IllegalArgumentException.class, () -> heard(new float[SIZE]).percentile(0, 0));
        assertThrows(IllegalArgumentException.class, () -> heard(new float[SIZE]).percentile(0, Double.NaN));
    }
}
