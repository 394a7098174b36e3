package org.spikemeter.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.pixel.DvsStepSource;
import org.spikemeter.dvs.pixel.FirstFrame;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.importer.NetworkFile;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.PipelinedSimulator;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.engine.simulate.StepRunner;
import org.spikemeter.runtime.input.Embedded;
import org.spikemeter.runtime.input.Input;
import org.spikemeter.runtime.input.Inputs;

/** The clip and the network that come with the program, all 68 steps; the clip is decoded and sensed beforehand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class NetworkBenchmark {
    /** Accumulates of the clip, as the README has them. */
    private static final long ACCUMULATES = 2_224_472_808L;

    /** How the layers take turns. */
    public enum Execution {
        /** The plain dense loop, one thread: what to compare with. */
        BASELINE(Path.BASELINE, 1, false, true),
        /** One thread. */
        SEQUENCE_1(Path.AUTO, 1, false, true),
        /** One thread, nothing counted: what counting costs. */
        UNMETERED_1(Path.AUTO, 1, false, false),
        /** Two threads share each layer. */
        SEQUENCE_2(Path.AUTO, 2, false, true),
        /** Two agents share the layers. */
        PIPELINE_2(Path.AUTO, 2, true, true);

        private final Path path;
        private final int threads;
        private final boolean pipelined;
        private final boolean metered;

        Execution(final Path path, final int threads, final boolean pipelined, final boolean metered) {
            this.path = path;
            this.threads = threads;
            this.pipelined = pipelined;
            this.metered = metered;
        }

        StepRunner runner(final Network network) {
            final Simulator.Context context = path.context().network(network).threads(threads).metered(metered);
            return pipelined ? new PipelinedSimulator(context) : new Simulator(context);
        }
    }

    /** How. */
    @Param
    private Execution execution;

    private Network network;
    private List<StepEvents> clip;
    private StepRunner runner;

    /** Reads network and clip, and checks the counts. */
    @Setup(Level.Trial)
    public void setUp() throws IOException {
        network = NetworkFile.read(Embedded.network());
        final Inputs.Sensor sensor =
            new Inputs.Sensor(FrameDifferenceSensor.DEFAULT_SENS, GreyMode.FLOAT, FirstFrame.FLOAT);
        try (Input input = Inputs.openFrames(
            Embedded.clip(), Embedded.CLIP, network, sensor, DvsStepSource.DEFAULT_STEPS)) {
            clip = ListStepSource.drain(input.source());
        }
        runner = execution.runner(network);
        clip();
        final long found = runner.counts().total(Operation.SYNAPTIC_ACCUMULATES);
        if (found != (execution.metered ? ACCUMULATES : 0)) {
            throw new IllegalStateException(execution + " counts " + found + " ACC, not " + ACCUMULATES);
        }
    }

    /** The whole clip. */
    @Benchmark
    public int clip() throws IOException {
        return runner.run(new ListStepSource(network.input(), clip));
    }

    /** Stops the threads. */
    @TearDown
    public void tearDown() {
        runner.close();
    }
}
