package org.spikemeter.benchmarks;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
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
import org.spikemeter.benchmarks.baseline.DenseOnnx;
import org.spikemeter.benchmarks.baseline.Reference;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.importer.NeuronChoice;
import org.spikemeter.engine.importer.onnx.OnnxFile;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.simulate.PipelinedSimulator;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.engine.simulate.StepRunner;

/**
 * A reference network over 68 steps, which are decoded and sensed beforehand. ONNX Runtime runs the dense artificial
 * network of the same topology 68 times, on input that is in its buffer already; its time depends neither on the
 * weights nor on the input.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class NetworkBenchmark {
    private static final int CHECKED_STEPS = 3;
    private static final float TOLERANCE = 1e-4f;

    /** What is fed. */
    public enum Fed {
        /** The clip that comes with the program. */
        CLIP,
        /** Spikes at 1 % of the addresses, and no bias in the network. */
        ONE_PERCENT_NO_BIAS,
        /** The same at 0.1 %. */
        TENTH_PERCENT_NO_BIAS,
        /** Nothing, and no bias in the network: the empty step. */
        NOTHING_NO_BIAS,
        /** Nothing; what the biases make fire goes on. */
        NOTHING;

        Network network(final Network network) {
            return this == CLIP || this == NOTHING ? network : Reference.withoutBias(network);
        }

        List<StepEvents> steps(final Network network, final int count) throws IOException {
            return switch (this) {
                case CLIP -> Reference.steps(Reference.CLIP, network);
                case ONE_PERCENT_NO_BIAS -> Reference.randomSteps(network.input(), 0.01, count);
                case TENTH_PERCENT_NO_BIAS -> Reference.randomSteps(network.input(), 0.001, count);
                case NOTHING_NO_BIAS, NOTHING -> Reference.randomSteps(network.input(), 0.0, count);
            };
        }
    }

    /** Who, and how the layers take turns. */
    public enum Execution {
        /** The plain dense loop, one thread. */
        NAIVE(Way.NAIVE, 1, false),
        /** One thread. */
        SEQUENCE_1(Way.AUTO, 1, false),
        /** One thread, nothing counted. */
        UNMETERED_1(Way.UNMETERED, 1, false),
        /** One thread, all sources in each step. */
        DENSE_1(Way.DENSE, 1, false),
        /** Two threads share each layer. */
        SEQUENCE_2(Way.AUTO, 2, false),
        /** Two agents share the layers. */
        PIPELINE_2(Way.AUTO, 2, true),
        /** ONNX Runtime, one thread. */
        ONNX(null, 1, false);

        private final Way way;
        private final int threads;
        private final boolean pipelined;

        Execution(final Way way, final int threads, final boolean pipelined) {
            this.way = way;
            this.threads = threads;
            this.pipelined = pipelined;
        }

        StepRunner runner(final Network network) {
            final Simulator.Context context = way.context().network(network).threads(threads);
            return pipelined ? new PipelinedSimulator(context) : new Simulator(context);
        }
    }

    /** 68 steps. */
    private interface Run {
        int run() throws IOException, OrtException;
    }

    /** Which. */
    @Param({Reference.EMOTION, Reference.EMOTION_SPARSE})
    private String network;

    /** What is fed. */
    @Param("CLIP")
    private Fed fed;

    /** How. */
    @Param
    private Execution execution;

    private Run run;
    private AutoCloseable resource;
    private int steps;
    private long accumulates;

    /** Reads network and clip, and checks the first steps. */
    @Setup(Level.Trial)
    public void setUp() throws IOException, OrtException {
        final Network compiled = fed.network(Reference.network(network));
        final List<StepEvents> clip = fed.steps(compiled, Reference.steps(Reference.CLIP, compiled).size());
        steps = clip.size();
        if (execution == Execution.ONNX) {
            onnx(clip);
        } else {
            simulated(compiled, clip);
        }
    }

    private void simulated(final Network compiled, final List<StepEvents> clip) throws IOException {
        final StepRunner runner = execution.runner(compiled);
        resource = runner;
        final Shape input = compiled.input();
        try (StepRunner naive = Execution.NAIVE.runner(compiled)) {
            naive.run(new ListStepSource(input, clip.subList(0, CHECKED_STEPS)));
            runner.run(new ListStepSource(input, clip.subList(0, CHECKED_STEPS)));
            requireSame(naive, runner, Operation.SPIKES);
            if (execution != Execution.UNMETERED_1) {
                requireSame(naive, runner, Operation.SYNAPTIC_ACCUMULATES);
            }
        }
        run = () -> runner.run(new ListStepSource(input, clip));
        runner.run(new ListStepSource(input, clip));
        accumulates = runner.counts().total(Operation.SYNAPTIC_ACCUMULATES);
    }

    private void requireSame(final StepRunner naive, final StepRunner runner, final Operation operation) {
        final long expected = naive.counts().total(operation);
        final long found = runner.counts().total(operation);
        if (found != expected) {
            throw new IllegalStateException(execution + " counts " + found + " " + operation + ", not " + expected);
        }
    }

    /** Checked against this program's own evaluation of the same rectified units. */
    private void onnx(final List<StepEvents> clip) throws IOException, OrtException {
        final Network rectified = OnnxFile.read(Reference.onnx(), NeuronChoice.RECTIFIED).network();
        final Shape input = rectified.input();
        final DenseOnnx dense = new DenseOnnx(
            Files.readAllBytes(Reference.onnx()), 1, input.channels(), input.height(), input.width());
        resource = dense;
        dense.load(clip.getLast());
        final float[] found = dense.output();
        final StepEvents expected = new StepEvents(rectified.output());
        try (Simulator simulator = new Simulator(Way.AUTO.context().network(rectified))) {
            simulator.step(clip.getLast());
            simulator.spikes(rectified.layers().getLast().name(), expected);
        }
        for (int i = 0; i < expected.size(); i++) {
            final float value = found[expected.address(i)];
            if (!(Math.abs(value - expected.value(i)) <= TOLERANCE * Math.max(1.0f, Math.abs(value)))) {
                throw new IllegalStateException("ONNX Runtime gives " + value + ", not " + expected.value(i));
            }
        }
        run = () -> {
            int outputs = 0;
            for (int step = 0; step < steps; step++) {
                outputs += dense.run();
            }
            return outputs;
        };
    }

    /** All steps. */
    @Benchmark
    public int run(final Work work) throws IOException, OrtException {
        work.work = accumulates;
        return run.run();
    }

    /** Stops the threads, frees memory. */
    @TearDown
    public void tearDown() throws Exception {
        resource.close();
    }
}
