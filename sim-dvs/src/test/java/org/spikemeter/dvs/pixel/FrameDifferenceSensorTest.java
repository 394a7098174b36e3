package org.spikemeter.dvs.pixel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;

class FrameDifferenceSensorTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 0.001, 1", "1, 7, 0.01, 2", "13, 1, 0.3, 3", "31, 17, 0.001, 4", "64, 64, 0, 5"})
    void shouldAgreeWithOracleOnRandomFrames(final int width, final int height, final float sens, final long seed) {
        final Random random = new Random(seed);
        final FrameDifferenceSensor sensor = new FrameDifferenceSensor(width, height, sens, FirstFrame.FLOAT);
        final StepEvents events = new StepEvents(sensor.shape());
        float[] before = null;
        for (int t = 0; t < 5; t++) {
            final float[] grey = randomFrame(random, before, width * height);
            sensor.sense(grey, events);
            assertEquals(oracle(sensor.shape(), before, grey, sens), asMap(events), "seed " + seed + ", step " + t);
            before = grey;
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0.0f, 0.25f, 0.5f})
    void shouldNotFireWhenChangeEqualsThreshold(final float sens) {
        final FrameDifferenceSensor sensor = new FrameDifferenceSensor(3, 1, sens, FirstFrame.SPIKES);
        final StepEvents events = new StepEvents(sensor.shape());
        sensor.sense(new float[] {0.5f, 0.5f, 0.5f}, events);
        sensor.sense(new float[] {0.5f + sens, 0.5f - sens, 0.5f}, events);
        assertEquals(0, events.size());
        sensor.sense(new float[] {0.5f - sens - 0.001f, 0.5f + sens + 0.001f, 0.5f}, events);
        assertEquals(Map.of(1, 1.0f, 2, 1.0f), asMap(events));
    }

    @Test
    void shouldGiveNoEventsInFirstStepWhenSpikesOnly() {
        final FrameDifferenceSensor sensor = new FrameDifferenceSensor(2, 1, 0.001f, FirstFrame.SPIKES);
        final StepEvents events = new StepEvents(sensor.shape());
        sensor.sense(new float[] {0.5f, 1.0f}, events);
        assertEquals(0, events.size());
        sensor.sense(new float[] {0.6f, 0.9f}, events);
        assertEquals(Map.of(0, 1.0f, 3, 1.0f), asMap(events));
    }

    @Test
    void shouldGiveFloatFrameAgainWhenReset() {
        final FrameDifferenceSensor sensor = new FrameDifferenceSensor(2, 1, 0.001f, FirstFrame.FLOAT);
        final StepEvents events = new StepEvents(sensor.shape());
        sensor.sense(new float[] {0.5f, 1.0f}, events);
        sensor.reset();
        sensor.sense(new float[] {0.25f, 0.0f}, events);
        assertEquals(Map.of(0, 0.25f, 1, 0.25f), asMap(events));
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.001f, Float.NaN, Float.POSITIVE_INFINITY})
    void shouldRejectSensWhenNotFiniteOrNegative(final float sens) {
        final String message = assertThrows(IllegalArgumentException.class,
            () -> new FrameDifferenceSensor(2, 2, sens, FirstFrame.FLOAT)).getMessage();
        assertEquals("sens " + sens + ": expected a finite number, at least 0", message);
    }

    /** Half of the pixels stay, a quarter move by about the usual thresholds, a quarter jump. */
    private static float[] randomFrame(final Random random, final float[] before, final int pixels) {
        final float[] grey = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            if (before == null || random.nextInt(4) == 0) {
                grey[i] = random.nextInt(256) / 255.0f;
            } else if (random.nextBoolean()) {
                grey[i] = before[i];
            } else {
                grey[i] = Math.clamp(before[i] + (random.nextFloat() - 0.5f) * 0.01f, 0.0f, 1.0f);
            }
        }
        return grey;
    }

    private static Map<Integer, Float> oracle(final Shape shape, final float[] before, final float[] grey,
        final float sens) {
        final Map<Integer, Float> events = new TreeMap<>();
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                final int pixel = y * shape.width() + x;
                for (int c = 0; c < 2; c++) {
                    final float value;
                    if (before == null) {
                        value = grey[pixel];
                    } else {
                        final float change = c == 0 ? grey[pixel] - before[pixel] : before[pixel] - grey[pixel];
                        value = change > sens ? 1.0f : 0.0f;
                    }
                    if (value != 0.0f) {
                        events.put(shape.address(y, x, c), value);
                    }
                }
            }
        }
        return events;
    }

    private static Map<Integer, Float> asMap(final StepEvents events) {
        final Map<Integer, Float> map = new TreeMap<>();
        for (int i = 0; i < events.size(); i++) {
            map.put(events.address(i), events.value(i));
        }
        return map;
    }
}
