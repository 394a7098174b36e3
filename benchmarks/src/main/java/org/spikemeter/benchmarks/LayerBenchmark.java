package org.spikemeter.benchmarks;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.util.Random;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.spikemeter.benchmarks.baseline.CompiledLayer;
import org.spikemeter.benchmarks.baseline.DenseOnnx;
import org.spikemeter.benchmarks.baseline.Reference;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;
import org.spikemeter.engine.simulate.Simulator;

/**
 * One step of a 3 x 3 convolution, 32 to 32 channels without padding, with PLIF neurons behind it. This program's steps
 * load the events, sort them and count; the C kernel does neither, and ONNX Runtime does the convolution alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LayerBenchmark {
    private static final int CHANNELS = CompiledLayer.CHANNELS;
    private static final int KERNEL = CompiledLayer.KERNEL;
    private static final float THRESHOLD = 0.3f;
    private static final int CHECKED_STEPS = 3;
    private static final int LONG_ENOUGH = 1 << 10;
    private static final float TOLERANCE = 1e-4f;

    /** Who does the step. */
    public enum Contender {
        /** The plain dense loop of this program. */
        NAIVE(Way.NAIVE),
        /** This program, as it runs unless told otherwise. */
        AUTO(Way.AUTO),
        /** The same without counts. */
        UNMETERED(Way.UNMETERED),
        /** Each event to its targets. */
        SCATTER(Way.SCATTER),
        /** Each target from its events. */
        GATHER(Way.GATHER),
        /** All sources. */
        DENSE(Way.DENSE),
        /** Integers, weights of 8 bits and membranes of 16. */
        INT8(Way.INT8),
        /** {@code reference.c}: gather, neurons and spikes, compiled on this machine. */
        C(null),
        /** ONNX Runtime: a dense convolution without neurons. */
        ONNX(null);

        private final Way way;

        Contender(final Way way) {
            this.way = way;
        }

        /** The plain way to the same spikes. */
        private Way oracle() {
            return way == Way.INT8 ? Way.INT8_NAIVE : Way.NAIVE;
        }
    }

    /** One step. */
    private interface Step {
        int run() throws OrtException;
    }

    /** Percentage of the input's addresses that have a spike. */
    @Param({"0", "0.01", "0.03", "0.1", "0.3", "1", "3", "8", "20", "50", "70", "100"})
    private double percent;

    /** Height and width of the input. */
    @Param("128")
    private int side;

    /** Who. */
    @Param
    private Contender contender;

    private Network network;
    private float[] weights;
    private Plif model;
    private StepEvents events;
    private long accumulates;
    private Step step;
    private AutoCloseable resource;

    /** Makes weights and spikes, and compares what this contender gives with what the plain loop gives. */
    @Setup
    public void setUp() throws IOException, OrtException {
        final Random random = new Random(1);
        weights = new float[CHANNELS * CHANNELS * KERNEL * KERNEL];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (random.nextFloat() - 0.5f) * 0.17f;
        }
        model = new Plif(0.0f, true, THRESHOLD, Reset.hard(0.0f), Firing.AT_THRESHOLD);
        network = Network.builder("layer", new Shape(side, side, CHANNELS))
            .add(new Layer.Conv2d("conv", Tensor.of(weights, CHANNELS, CHANNELS, KERNEL, KERNEL), null,
                Window.square(KERNEL, 1, 0), 1))
            .add(new Layer.Neurons("plif", model))
            .build();
        events = Reference.randomEvents(network.input(), percent / 100, 1);
        try (Simulator naive = new Simulator(contender.oracle().context().network(network).recordCurrents(true))) {
            switch (contender) {
                case C -> compiled(naive);
                case ONNX -> onnx(naive);
                default -> simulated(naive);
            }
            accumulates = naive.counts().total(Operation.SYNAPTIC_ACCUMULATES) / naive.steps();
        }
    }

    private void simulated(final Simulator naive) {
        final Simulator simulator = new Simulator(contender.way.context().network(network));
        resource = simulator;
        final StepEvents found = new StepEvents(network.output());
        for (int i = 0; i < CHECKED_STEPS; i++) {
            simulator.step(events);
            simulator.spikes("plif", found);
            requireSpikes(naive, found);
        }
        step = () -> {
            // counts are kept a step: an endless run would fill the heap
            if (simulator.steps() == LONG_ENOUGH) {
                simulator.reset();
            }
            simulator.step(events);
            return simulator.steps();
        };
    }

    private void compiled(final Simulator naive) throws IOException {
        final CompiledLayer layer = new CompiledLayer(side, weights, model.k(), THRESHOLD);
        resource = layer;
        layer.load(events);
        final StepEvents found = new StepEvents(network.output());
        for (int i = 0; i < CHECKED_STEPS; i++) {
            layer.step();
            layer.spikes(found);
            requireSpikes(naive, found);
        }
        step = layer::step;
    }

    private void onnx(final Simulator naive) throws OrtException {
        final DenseOnnx convolution =
            new DenseOnnx(DenseOnnx.convolution(weights, CHANNELS, CHANNELS, KERNEL, side), 1, CHANNELS, side, side);
        resource = convolution;
        convolution.load(events);
        naive.step(events);
        final float[] expected = new float[network.output().size()];
        naive.current("plif", expected);
        final float[] found = convolution.output();
        for (int address = 0; address < expected.length; address++) {
            final float value = found[network.output().channelFirstIndex(address)];
            if (!(Math.abs(value - expected[address]) <= TOLERANCE)) {
                throw new IllegalStateException("ONNX Runtime gives " + value + " at " + address + ", not "
                    + expected[address]);
            }
        }
        step = convolution::run;
    }

    private void requireSpikes(final Simulator naive, final StepEvents found) {
        naive.step(events);
        final StepEvents expected = new StepEvents(network.output());
        naive.spikes("plif", expected);
        boolean same = expected.size() == found.size();
        for (int i = 0; same && i < expected.size(); i++) {
            same = expected.address(i) == found.address(i);
        }
        if (!same) {
            throw new IllegalStateException(contender + " gives " + found.size() + " other spikes than the "
                + expected.size() + " of the plain loop in step " + (naive.steps() - 1));
        }
    }

    /** One step. */
    @Benchmark
    public int step(final Work work) throws OrtException {
        work.work = accumulates;
        return step.run();
    }

    /** Stops threads, frees memory. */
    @TearDown
    public void tearDown() throws Exception {
        resource.close();
    }
}
