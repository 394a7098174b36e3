package org.spikemeter.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.spikemeter.benchmarks.baseline.Reference;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.frame.VideoFrameSource;
import org.spikemeter.engine.network.Network;

/** A reference clip (68 frames, 128 x 128) from a file: opened, decoded to grey, and sensed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class VideoBenchmark {
    private static final int FRAMES = 68;

    /** How far the clip goes. */
    public enum Stage {
        /** Decoded to grey: what the sensor is held against. */
        DECODE,
        /** Decoded and sensed. */
        SENSE
    }

    /** H.264, or FFV1 without loss. */
    @Param({Reference.CLIP, "clip-9001.mkv"})
    private String clip;

    /** How far. */
    @Param
    private Stage stage;

    private Network network;

    /** Checks that all frames come. */
    @Setup
    public void setUp() throws IOException {
        network = Reference.network(Reference.EMOTION);
        final int found = read();
        if (found != FRAMES) {
            throw new IllegalStateException(clip + " has " + found + " frames, not " + FRAMES);
        }
    }

    private int read() throws IOException {
        return stage == Stage.DECODE ? decode() : Reference.steps(clip, network).size();
    }

    private int decode() throws IOException {
        try (VideoFrameSource source = VideoFrameSource.open(Reference.clip(clip), GreyMode.FLOAT)) {
            final float[] grey = new float[source.width() * source.height()];
            int frames = 0;
            while (source.next(grey)) {
                frames++;
            }
            return frames;
        }
    }

    /** One clip. */
    @Benchmark
    public int clip(final Work work) throws IOException {
        work.work = read();
        return FRAMES;
    }
}
