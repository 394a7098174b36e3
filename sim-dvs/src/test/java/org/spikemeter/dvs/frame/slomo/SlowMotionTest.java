package org.spikemeter.dvs.frame.slomo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.spikemeter.dvs.frame.FrameClock;
import org.spikemeter.dvs.frame.FrameSource;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.frame.ListFrameSource;
import org.spikemeter.engine.FormatException;

class SlowMotionTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    @ParameterizedTest
    @CsvSource({"LINEAR, 1, 5", "LINEAR, 2, 3", "LINEAR, 5, 7", "MOTION, 1, 5", "MOTION, 2, 2", "MOTION, 3, 4",
        "MOTION, 5, 7", "MOTION, 20, 3", "LINEAR, 20, 1000"})
    void shouldKeepFramesAndDivideTheirTimes(final SlowMotion way, final int count, final int factor)
        throws IOException {
        final List<float[]> given = randomFrames(count);
        final List<float[]> found = new ArrayList<>();
        final List<Long> times = new ArrayList<>();
        try (FrameSource source = way.of(source(given, GreyMode.EIGHT_BIT), factor)) {
            read(source, found, times);
        }
        assertEquals((count - 1) * factor + 1, found.size());
        for (int t = 0; t < found.size(); t++) {
            // a tenth of a second from frame to frame
            assertEquals(Math.round(1e5 * t / factor), times.get(t));
            if (t % factor == 0) {
                assertArrayEquals(given.get(t / factor), found.get(t));
            }
        }
    }

    @Test
    void shouldFadeOnStraightLines() throws IOException {
        final List<float[]> given = randomFrames(3);
        final List<float[]> found = new ArrayList<>();
        read(SlowMotion.LINEAR.of(source(given, GreyMode.FLOAT), 4), found, new ArrayList<>());
        for (int t = 0; t < found.size() - 1; t++) {
            for (int i = 0; i < WIDTH * HEIGHT; i++) {
                final double a = given.get(t / 4)[i];
                final double b = given.get(t / 4 + 1)[i];
                assertEquals(a + (b - a) * (t % 4) / 4.0, found.get(t)[i], 1e-6);
            }
        }
    }

    @Test
    void shouldGiveBytesWhenGreyIsBytes() throws IOException {
        final List<float[]> found = new ArrayList<>();
        read(SlowMotion.LINEAR.of(source(randomFrames(3), GreyMode.EIGHT_BIT), 4), found, new ArrayList<>());
        for (final float[] frame : found) {
            for (final float grey : frame) {
                assertEquals(Math.round(255.0f * grey) / 255.0f, grey);
            }
        }
    }

    /** A block of 16 pixels on a textured ground goes 8 pixels a frame: half way it is there, and only there. */
    @Test
    void shouldMoveWhatMoves() throws IOException {
        final List<float[]> given = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            given.add(block(8 + 8 * t));
        }
        final List<float[]> moved = new ArrayList<>();
        final List<float[]> faded = new ArrayList<>();
        read(SlowMotion.MOTION.of(source(given, GreyMode.FLOAT), 2), moved, new ArrayList<>());
        read(SlowMotion.LINEAR.of(source(given, GreyMode.FLOAT), 2), faded, new ArrayList<>());
        final float[] truth = block(8 + 8 + 4);
        assertTrue(distance(moved.get(3), truth) < 0.5 * distance(faded.get(3), truth),
            distance(moved.get(3), truth) + " moved, " + distance(faded.get(3), truth) + " faded");
    }

    /** Smaller than two of the blocks that move, and not a multiple of them. */
    @ParameterizedTest
    @CsvSource({"1, 1", "3, 5", "15, 17", "31, 33", "32, 31", "32, 32", "33, 47", "97, 32"})
    void shouldTakeFramesOfAnySizeOrSayWhatIsNeeded(final int width, final int height) throws IOException {
        final List<float[]> given = List.of(new float[width * height], new float[width * height],
            new float[width * height]);
        for (final SlowMotion way : SlowMotion.values()) {
            if (way == SlowMotion.MOTION && Math.min(width, height) < 32) {
                final String message = assertThrows(FormatException.class, () -> way.of(
                    new ListFrameSource(width, height, GreyMode.FLOAT, given), 3)).getMessage();
                assertTrue(message.contains(width + " x " + height + " pixels, expected at least 32 x 32"), message);
                continue;
            }
            int count = 0;
            try (FrameSource source =
                way.of(new ListFrameSource(width, height, GreyMode.FLOAT, given), 3)) {
                while (source.next(new float[width * height])) {
                    count++;
                }
            }
            assertEquals(7, count);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveFramesThemselvesForOne(final SlowMotion way) throws IOException {
        final FrameSource source = source(randomFrames(2), GreyMode.FLOAT);
        assertSame(source, way.of(source, 1));
    }

    @ParameterizedTest
    @EnumSource
    void shouldCloseItsSource(final SlowMotion way) throws IOException {
        final ListFrameSource source = source(randomFrames(2), GreyMode.FLOAT);
        way.of(source, 2).close();
        assertTrue(source.isClosed());
    }

    @ParameterizedTest
    @EnumSource
    void shouldRejectFactorOutOfRange(final SlowMotion way) {
        for (final int factor : new int[] {-1, 0, SlowMotion.MAX_FACTOR + 1}) {
            final String message = assertThrows(IllegalArgumentException.class,
                () -> way.of(source(randomFrames(1), GreyMode.FLOAT), factor)).getMessage();
            assertEquals("slow motion of " + factor + " frames for each: expected 1 to 1000", message);
        }
    }

    private static float[] block(final int left) {
        final float[] frame = new float[WIDTH * HEIGHT];
        for (int i = 0; i < frame.length; i++) {
            final int x = i % WIDTH - left;
            final int y = i / WIDTH - 16;
            final boolean inside = x >= 0 && x < 16 && y >= 0 && y < 16;
            frame[i] = (inside ? 150 + 100 * ((x * 7 + y * 13) % 11) / 11 : 40) / 255.0f;
        }
        return frame;
    }

    private static double distance(final float[] a, final float[] b) {
        double sum = 0.0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum;
    }

    private static void read(final FrameSource source, final List<float[]> frames, final List<Long> times)
        throws IOException {
        float[] grey = new float[WIDTH * HEIGHT];
        while (source.next(grey)) {
            frames.add(grey);
            times.add(source.micros());
            grey = new float[grey.length];
        }
        assertFalse(source.next(grey));
        assertEquals(times.getLast(), source.micros());
    }

    private static ListFrameSource source(final List<float[]> frames, final GreyMode mode) {
        return new ListFrameSource(WIDTH, HEIGHT, mode, new FrameClock(10.0), frames);
    }

    private static List<float[]> randomFrames(final int count) {
        final Random random = new Random(count);
        final List<float[]> frames = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            final float[] frame = new float[WIDTH * HEIGHT];
            for (int i = 0; i < frame.length; i++) {
                frame[i] = random.nextInt(256) / 255.0f;
            }
            frames.add(frame);
        }
        return frames;
    }
}
