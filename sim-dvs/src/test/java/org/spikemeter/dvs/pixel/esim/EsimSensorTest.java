package org.spikemeter.dvs.pixel.esim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.SensorSize;

class EsimSensorTest {
    private static final EsimParameters EVEN = new EsimParameters(0.1, 0.1, 0.0, 0.0, 1e-12, 0);

    /** ln grows by 1.05 in 1000 us, and goes back: a crossing every 95 us, up and then down. */
    @Test
    void shouldInterpolateCrossings() {
        final EventBatch batch = sense(EVEN, 1e-3, 1.05, 0);
        final long[] expected = new long[10];
        for (int i = 0; i < 10; i++) {
            expected[i] = Math.round(1000 * 0.1 * (i + 1) / 1.05);
        }
        assertArrayEquals(expected, Arrays.copyOf(batch.microsArray(), 10));
        for (int i = 0; i < batch.size(); i++) {
            assertEquals(i < 10 ? 1 : 0, batch.polarity(i));
        }
        // down from 1.05, the first at 0.9, the reference being 1.0
        assertEquals(Math.round(1000 + 1000 * 0.15 / 1.05), batch.micros(10));
    }

    @Test
    void shouldKeepDeadTimeAndForgetCrossingsInIt() {
        final EsimParameters dead = new EsimParameters(0.1, 0.1, 0.0, 250.0, 1e-12, 0);
        final EventBatch batch = sense(dead, 1e-3, 1.001);
        // crossings every 100 us; the second and third after each event are within 250 us
        assertEquals(4, batch.size());
        final long first = batch.micros(0);
        for (int i = 0; i < 4; i++) {
            assertEquals(first + 300.0 * i, batch.micros(i), 1.0);
        }
    }

    @Test
    void shouldSortByTimeAndThenByPixel() {
        final EventBatch batch = new EventBatch();
        final EsimSensor sensor = new EsimSensor(new SensorSize(20, 10), EsimParameters.DEFAULTS);
        final Random random = new Random(4);
        final float[] grey = new float[200];
        for (int frame = 0; frame < 5; frame++) {
            for (int i = 0; i < grey.length; i++) {
                grey[i] = random.nextInt(3) / 2.0f;
            }
            batch.clear();
            sensor.sense(grey, 10L * frame, batch);
            assertTrue(frame == 0 || batch.size() > 1000, batch.size() + " events");
            for (int i = 1; i < batch.size(); i++) {
                assertTrue(batch.micros(i) > batch.micros(i - 1) || batch.micros(i) == batch.micros(i - 1)
                    && pixel(batch, i) >= pixel(batch, i - 1));
            }
        }
    }

    private static int pixel(final EventBatch batch, final int index) {
        return batch.y(index) * 20 + batch.x(index);
    }

    @Test
    void shouldDrawThresholdsFromSeed() {
        final EventBatch one = noisy(1);
        assertArrayEquals(Arrays.copyOf(one.microsArray(), one.size()), Arrays.copyOf(noisy(1).microsArray(),
            one.size()));
        assertNotEquals(Arrays.hashCode(Arrays.copyOf(one.microsArray(), 50)),
            Arrays.hashCode(Arrays.copyOf(noisy(2).microsArray(), 50)));
    }

    private static EventBatch noisy(final long seed) {
        return sense(new EsimParameters(0.05, 0.05, 0.01, 0.0, 1e-12, seed), 1e-3, 2, 0, 2, 1, 3);
    }

    @Test
    void shouldRejectTimesThatGoBackOrTooFar() {
        final EsimSensor sensor = new EsimSensor(new SensorSize(1, 1), EVEN);
        sensor.sense(new float[1], 0, new EventBatch());
        assertThrows(IllegalArgumentException.class, () -> sensor.sense(new float[1], -1, new EventBatch()));
        assertThrows(IllegalArgumentException.class, () -> sensor.sense(new float[1], 1L << 31, new EventBatch()));
        assertThrows(IllegalArgumentException.class, () -> new EsimParameters(0.2, 0.2, Double.NaN, 0, 1e-3, 0));
        assertThrows(IllegalArgumentException.class, () -> new EsimParameters(0.0, 0.2, 0, 0, 1e-3, 0));
    }

    /** One pixel: grey {@code first}, and then first x e^level, a frame each millisecond. */
    private static EventBatch sense(final EsimParameters parameters, final double first, final double... levels) {
        final EsimSensor sensor = new EsimSensor(new SensorSize(1, 1), parameters);
        final EventBatch batch = new EventBatch();
        sensor.sense(new float[] {(float) first}, 0, batch);
        for (int i = 0; i < levels.length; i++) {
            sensor.sense(new float[] {(float) (first * Math.exp(levels[i]))}, 1000L * (i + 1), batch);
        }
        return batch;
    }
}
