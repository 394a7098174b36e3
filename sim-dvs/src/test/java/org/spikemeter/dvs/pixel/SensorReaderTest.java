package org.spikemeter.dvs.pixel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.frame.FrameClock;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.frame.ListFrameSource;

class SensorReaderTest {
    private static final int WIDTH = 13;
    private static final int HEIGHT = 7;

    /** The paper's sensor: pixel by pixel, at the frame's time, however small the batches. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50, 100_000})
    void shouldGiveDifferencesAtTimesOfFrames(final int capacity) throws IOException {
        final List<float[]> frames = randomFrames(9);
        final List<String> expected = new ArrayList<>();
        for (int t = 1; t < frames.size(); t++) {
            for (int i = 0; i < WIDTH * HEIGHT; i++) {
                final float change = frames.get(t)[i] - frames.get(t - 1)[i];
                if (Math.abs(change) > 0.1f) {
                    expected.add(t * 40_000 + " " + i % WIDTH + " " + i / WIDTH + " " + (change > 0 ? 1 : 0));
                }
            }
        }
        final List<String> found = new ArrayList<>();
        final EventBatch batch = new EventBatch(capacity);
        final ListFrameSource source = source(frames, GreyMode.FLOAT);
        try (SensorReader reader = new SensorReader(source, sensor(WIDTH, HEIGHT))) {
            while (reader.read(batch)) {
                assertTrue(batch.size() > 0 && batch.size() <= capacity && batch.capacity() == capacity);
                for (int i = 0; i < batch.size(); i++) {
                    found.add(batch.micros(i) + " " + batch.x(i) + " " + batch.y(i) + " " + batch.polarity(i));
                }
            }
            assertFalse(reader.read(batch));
            assertTrue(batch.isEmpty());
            assertEquals(1.0, reader.progress());
            assertEquals(List.of(), reader.warnings());
        }
        assertTrue(source.isClosed());
        assertEquals(expected, found);
    }

    @Test
    void shouldResizeToSensorAndRoundWhereGreyIsBytes() throws IOException {
        // halves of a byte on average: rounded up both, so that nothing changes
        final List<float[]> frames = List.of(new float[] {1 / 255f, 2 / 255f}, new float[] {2 / 255f, 2 / 255f});
        for (final GreyMode mode : GreyMode.values()) {
            try (SensorReader reader = new SensorReader(new ListFrameSource(2, 1, mode, frames),
                new DifferenceEvents(new SensorSize(1, 1), 0.001f))) {
                assertEquals(Optional.of(new SensorSize(1, 1)), reader.size());
                assertEquals(mode == GreyMode.FLOAT ? 1 : 0, reader.readAll().size());
                assertEquals("frames in memory", reader.name());
                assertEquals("frames through a simulated sensor (frame difference)", reader.format());
            }
        }
    }

    @Test
    void shouldRejectTimeThatGoesBack() {
        try (DifferenceEvents sensor = sensor(1, 1)) {
            sensor.sense(new float[1], 7, new EventBatch());
            assertThrows(IllegalArgumentException.class, () -> sensor.sense(new float[1], 6, new EventBatch()));
            sensor.reset();
            sensor.sense(new float[1], 6, new EventBatch());
        }
    }

    private static DifferenceEvents sensor(final int width, final int height) {
        return new DifferenceEvents(new SensorSize(width, height), 0.1f);
    }

    private static ListFrameSource source(final List<float[]> frames, final GreyMode mode) {
        return new ListFrameSource(WIDTH, HEIGHT, mode, new FrameClock(25), frames);
    }

    private static List<float[]> randomFrames(final int count) {
        final Random random = new Random(count);
        final List<float[]> frames = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            final float[] frame = new float[WIDTH * HEIGHT];
            for (int i = 0; i < frame.length; i++) {
                frame[i] = t == 0 || random.nextInt(3) == 0 ? random.nextFloat() : frames.get(t - 1)[i];
            }
            // the fourth frame is the third
            frames.add(t == 3 ? frames.get(2).clone() : frame);
        }
        return frames;
    }
}
