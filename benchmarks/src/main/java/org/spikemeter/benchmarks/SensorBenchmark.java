package org.spikemeter.benchmarks;

import java.util.SplittableRandom;
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
import org.spikemeter.dvs.pixel.FirstFrame;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.engine.aer.StepEvents;

/** The simulated sensor on frames in memory; the baseline is a copy of the frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SensorBenchmark {
    /** What is done with a frame. */
    public enum Pixels {
        /** Copied: a sensor must at least keep the frame for the next one. */
        COPY,
        /** Compared with the frame before, events written. */
        SENSOR
    }

    /** Height and width of the frames. */
    @Param({"128", "512"})
    private int side;

    /** Percentage of the pixels that change from frame to frame. */
    @Param({"1", "10", "50"})
    private double percent;

    /** What is done. */
    @Param
    private Pixels pixels;

    private final float[][] frames = new float[2][];
    private float[] kept;
    private FrameDifferenceSensor sensor;
    private StepEvents events;
    private int frame;

    /** Makes two frames that take turns, and checks that each changed pixel gives an event. */
    @Setup
    public void setUp() {
        final SplittableRandom random = new SplittableRandom(1);
        frames[0] = new float[side * side];
        frames[1] = new float[side * side];
        kept = new float[side * side];
        int changed = 0;
        for (int pixel = 0; pixel < side * side; pixel++) {
            final boolean changes = random.nextDouble() < percent / 100;
            frames[0][pixel] = (float) random.nextDouble(0.2, 0.8);
            frames[1][pixel] = frames[0][pixel] + (changes ? (random.nextBoolean() ? 0.1f : -0.1f) : 0.0f);
            changed += changes ? 1 : 0;
        }
        sensor = new FrameDifferenceSensor(side, side, FrameDifferenceSensor.DEFAULT_SENS, FirstFrame.FLOAT);
        events = new StepEvents(sensor.shape());
        sensor.sense(frames[0], events);
        sensor.sense(frames[1], events);
        if (events.size() != changed) {
            throw new IllegalStateException("the sensor gives " + events.size() + " events of " + changed);
        }
    }

    /** One frame. */
    @Benchmark
    public Object frame(final Work work) {
        work.work = 1;
        final float[] next = frames[frame];
        frame = 1 - frame;
        if (pixels == Pixels.COPY) {
            System.arraycopy(next, 0, kept, 0, kept.length);
            return kept;
        }
        sensor.sense(next, events);
        return events;
    }
}
