package org.spikemeter.runtime.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spikemeter.dvs.frame.FrameClock;
import org.spikemeter.dvs.frame.FrameSource;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.frame.VideoFrameSource;
import org.spikemeter.dvs.pixel.DvsStepSource;
import org.spikemeter.dvs.pixel.FirstFrame;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.runtime.pipeline.Pipeline;

@Timeout(60)
class VideoSourceTest {
    private static final FrameClock CLOCK = new FrameClock(100.0);

    private final Streams.Steps sink = new Streams.Steps(Streams.INPUT);

    /** Noise of 20 x 20 pixels, which is made larger. */
    private static final class Noise implements FrameSource {
        private final SplittableRandom random = new SplittableRandom(7);
        private final int frames;
        private final Runnable atTenth;
        private int read;

        Noise(final int frames, final Runnable atTenth) {
            this.frames = frames;
            this.atTenth = atTenth;
        }

        @Override
        public String name() {
            return "noise";
        }

        @Override
        public GreyMode greyMode() {
            return GreyMode.FLOAT;
        }

        @Override
        public int width() {
            return 20;
        }

        @Override
        public int height() {
            return 20;
        }

        @Override
        public boolean next(final float[] grey) {
            if (read == frames) {
                return false;
            }
            for (int i = 0; i < 400; i++) {
                grey[i] = (float) random.nextDouble();
            }
            if (read == 10) {
                atTenth.run();
            }
            read++;
            return true;
        }

        @Override
        public long micros() {
            return CLOCK.micros(read - 1);
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    private static FrameDifferenceSensor sensor(final FirstFrame firstFrame) {
        return new FrameDifferenceSensor(34, 34, 0.1f, firstFrame);
    }

    private Pipeline pipeline(final VideoSource source) {
        return new Pipeline(new Pipeline.Context().network(Streams.network()).source(source).sink(sink));
    }

    @ParameterizedTest
    @EnumSource(FirstFrame.class)
    void shouldGiveTheStepsOfTheSensorWhenPlayed(final FirstFrame firstFrame) throws Exception {
        final List<TreeMap<Integer, Float>> expected = new ArrayList<>();
        try (DvsStepSource steps =
            new DvsStepSource(new Noise(30, () -> { }), sensor(firstFrame), Integer.MAX_VALUE)) {
            final StepEvents step = new StepEvents(steps.shape());
            while (steps.next(step)) {
                expected.add(Streams.map(step));
            }
        }
        final long start = System.nanoTime();
        final double seconds;
        try (Pipeline pipeline = pipeline(new VideoSource("noise", () -> new Noise(30, () -> { }),
            sensor(firstFrame), new Pace(1.0), false))) {
            pipeline.start();
            pipeline.await();
            seconds = (System.nanoTime() - start) / 1e9;
        }
        assertEquals(expected, sink.steps);
        assertEquals(1, sink.starts);
        assertEquals(1, sink.ends);
        assertTrue(seconds >= 0.29 && seconds < 1.5, seconds + " s");
    }

    @Test
    void shouldFireLessWhenTheThresholdIsRaisedWhileItRuns() throws Exception {
        final FrameDifferenceSensor sensor = sensor(FirstFrame.SPIKES);
        try (Pipeline pipeline = pipeline(new VideoSource("noise", () -> new Noise(20, () -> sensor.setSens(2.0f)),
            sensor, new Pace(Pace.UNPACED), false))) {
            pipeline.start();
            pipeline.await();
        }
        assertEquals(20, sink.steps.size());
        for (int i = 1; i < 20; i++) {
            assertEquals(i >= 10, sink.steps.get(i).isEmpty(), "step " + i);
        }
    }

    @Test
    void shouldBeginAnewAtTheEndWhenRepeated() throws Exception {
        try (Pipeline pipeline = pipeline(new VideoSource("noise", () -> new Noise(5, () -> { }),
            sensor(FirstFrame.FLOAT), new Pace(Pace.UNPACED), true))) {
            pipeline.start();
            while (pipeline.totals().steps() < 15) {
                Thread.sleep(1);
            }
            pipeline.stop();
            pipeline.await();
        }
        assertEquals(sink.steps.subList(0, 5), sink.steps.subList(5, 10));
        assertTrue(sink.starts >= 3);
    }

    @Test
    void shouldSaySoWhenThereIsNoCamera(@TempDir final Path folder) {
        final Path absent = folder.resolve("video7");
        final FormatException refused =
            assertThrows(FormatException.class, () -> VideoFrameSource.openCamera(absent, GreyMode.FLOAT));
        assertEquals(absent + ": no such device, expected a camera such as /dev/video0", refused.getMessage());
    }

    @Test
    void shouldSaySoWhenADeviceIsNoCamera(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("video8");
        Files.writeString(file, "no camera");
        final IOException refused =
            assertThrows(IOException.class, () -> VideoFrameSource.openCamera(file, GreyMode.FLOAT));
        assertTrue(refused.getMessage().startsWith(file + ": no device of Video4Linux2")
            || refused.getMessage().startsWith("FFmpeg's native library"), refused.getMessage());
    }
}
