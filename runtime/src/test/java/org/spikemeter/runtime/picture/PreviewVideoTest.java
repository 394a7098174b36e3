package org.spikemeter.runtime.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.frame.FrameSource;
import org.spikemeter.dvs.frame.FrameSources;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.engine.FormatException;
import org.spikemeter.runtime.recording.Recordings;

class PreviewVideoTest {
    private static final SensorSize SIZE = new SensorSize(5, 3);
    private static final int SCALE = 16;
    private static final float TOLERANCE = 0.06f;

    @TempDir
    private Path folder;

    private static float grey(final int rgb) {
        return (0.299f * (rgb >> 16 & 0xff) + 0.587f * (rgb >> 8 & 0xff) + 0.114f * (rgb & 0xff)) / 255;
    }

    /** Grey in the middle of each pixel of the sensor, of every frame. */
    private List<float[]> frames(final Path video, final int width, final int height) throws IOException {
        final List<float[]> frames = new ArrayList<>();
        try (FrameSource source = FrameSources.open(video, GreyMode.FLOAT)) {
            assertEquals(width, source.width());
            assertEquals(height, source.height());
            final float[] grey = new float[width * height];
            while (source.next(grey)) {
                final float[] frame = new float[SIZE.pixels()];
                for (int pixel = 0; pixel < frame.length; pixel++) {
                    final int y = pixel / SIZE.width() * SCALE + SCALE / 2;
                    frame[pixel] = grey[y * width + pixel % SIZE.width() * SCALE + SCALE / 2];
                }
                frames.add(frame);
            }
        }
        return frames;
    }

    /** The colour that a pixel should have, from all events at once. */
    private static int colour(final EventBatch events, final int pixel, final long from, final long to) {
        int colour = EventColours.BACKGROUND;
        for (int i = 0; i < events.size(); i++) {
            if (events.y(i) * SIZE.width() + events.x(i) == pixel && events.micros(i) >= from
                && events.micros(i) < to) {
                colour = events.polarity(i) == 1 ? EventColours.ON : EventColours.OFF;
            }
        }
        return colour;
    }

    @ParameterizedTest
    @CsvSource({"25, 1, 0", "25, 0.1, 0", "30, 0.5, 0", "25, 0.1, 30000", "10, 2, 70000"})
    void shouldShowTheLastEventOfEachPixel(final double fps, final double speed, final long window)
        throws IOException {
        final EventBatch events = Recordings.random(new SplittableRandom(4), 60, SIZE, 0, 9000);
        final Path file = folder.resolve("video.mp4");
        final PreviewVideo video = new PreviewVideo(
            Recordings.reader(events, Optional.of(SIZE)), SIZE, SCALE, fps, speed, window);
        video.write(file);
        final List<float[]> frames = frames(file, 5 * SCALE, 3 * SCALE);
        final double frameMicros = 1e6 * speed / fps;
        final long first = events.micros(0);
        final long last = events.micros(events.size() - 1) - first;
        assertEquals((int) (last / frameMicros) + 1, frames.size());
        assertEquals(frames.size(), video.frames());
        assertEquals(60, video.events());
        assertEquals(0, video.lateEvents());
        for (int k = 0; k < frames.size(); k++) {
            final long end = first + (long) Math.ceil((k + 1) * frameMicros);
            final long start = window == 0 ? first + (long) Math.ceil(k * frameMicros) : end - window;
            for (int pixel = 0; pixel < SIZE.pixels(); pixel++) {
                assertEquals(grey(colour(events, pixel, start, end)), frames.get(k)[pixel], TOLERANCE,
                    "frame " + k + ", pixel " + pixel);
            }
        }
    }

    /** The colours of this test can be told apart by their grey. */
    @Test
    void shouldHaveColoursOfDifferentGrey() {
        assertTrue(grey(EventColours.OFF) - grey(EventColours.ON) > TOLERANCE);
        assertTrue(grey(EventColours.BACKGROUND) - grey(EventColours.OFF) > TOLERANCE);
    }

    @Test
    void shouldHaveEvenSides() throws IOException {
        final EventBatch events = Recordings.random(new SplittableRandom(5), 10, SIZE, 0, 9);
        final Path file = folder.resolve("video.mp4");
        new PreviewVideo(Recordings.reader(events, Optional.of(SIZE)), SIZE, 17, 30, 1, 0).write(file);
        try (FrameSource source = FrameSources.open(file, GreyMode.FLOAT)) {
            assertEquals(86, source.width());
            assertEquals(52, source.height());
        }
    }

    @Test
    void shouldTellOfEventsThatComeTooLate() throws IOException {
        final EventBatch events = new EventBatch();
        for (final long time : new long[] {0, 10_000, 100_000, 10_000, 200_000, 0, 199_999}) {
            events.add(time, EventWord.of(0, 0, 1));
        }
        final PreviewVideo video =
            new PreviewVideo(Recordings.reader(events, Optional.of(SIZE)), SIZE, SCALE, 25, 1, 0);
        video.write(folder.resolve("video.mp4"));
        assertEquals(3, video.lateEvents());
        assertEquals(6, video.frames());
    }

    @Test
    void shouldRefuseVideoWithoutEnd() throws IOException {
        final Path file = Files.writeString(folder.resolve("video.mp4"), "before");
        for (final long wild : new long[] {4_000_000_000L, Long.MAX_VALUE}) {
            final EventBatch events = new EventBatch();
            events.add(5, EventWord.of(0, 0, 1));
            events.add(wild, EventWord.of(0, 0, 1));
            final FormatException refused = assertThrows(FormatException.class, () -> new PreviewVideo(
                Recordings.reader(events, Optional.of(SIZE)), SIZE, SCALE, 30, 1, 0).write(file));
            assertTrue(refused.getMessage().contains(wild + " us") && refused.getMessage().contains("--speed"),
                refused.getMessage());
        }
        final FormatException none = assertThrows(FormatException.class, () -> new PreviewVideo(
            Recordings.reader(new EventBatch(), Optional.of(SIZE)), SIZE, SCALE, 30, 1, 0).write(file));
        assertTrue(none.getMessage().contains("no events"), none.getMessage());
        assertEquals("before", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void shouldRefusePicturesThatAreTooLarge() {
        for (final SensorSize size : List.of(SensorSize.LARGEST, new SensorSize(1, 9000))) {
            assertThrows(FormatException.class, () -> new PreviewVideo(
                Recordings.reader(new EventBatch(), Optional.of(size)), size, PictureScale.usual(size), 30, 1, 0));
        }
        assertFalse(PictureScale.usual(new SensorSize(34, 34)) < 2);
        assertEquals(1, PictureScale.usual(new SensorSize(1280, 720)));
    }
}
