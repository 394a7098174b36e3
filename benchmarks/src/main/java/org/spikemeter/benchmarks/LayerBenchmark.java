package org.spikemeter.benchmarks;

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

/** One step of a 3 x 3 convolution, 32 to 32 channels without padding, with PLIF neurons behind it, counts included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LayerBenchmark {
    private static final int CHANNELS = 32;
    private static final int KERNEL = 3;
    private static final int LONG_ENOUGH = 1 << 10;

    /** Part of the input's addresses that have a spike. */
    @Param({"0.002", "0.02", "0.08", "0.2", "0.5", "0.95"})
    private double density;

    /** Height and width of the input. */
    @Param("64")
    private int side;

    /** How. */
    @Param
    private Path path;

    private Simulator simulator;
    private StepEvents events;

    /** Makes weights and spikes, and compares the spikes of this path with those of the baseline. */
    @Setup
    public void setUp() {
        final Random random = new Random(1);
        final float[] weights = new float[CHANNELS * CHANNELS * KERNEL * KERNEL];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (random.nextFloat() - 0.5f) * 0.17f;
        }
        final Network network = Network.builder("layer", new Shape(side, side, CHANNELS))
            .add(new Layer.Conv2d("conv", Tensor.of(weights, CHANNELS, CHANNELS, KERNEL, KERNEL), null,
                Window.square(KERNEL, 1, 0), 1))
            .add(new Layer.Neurons("plif",
                new Plif(0.0f, true, 0.3f, Reset.hard(0.0f), Firing.AT_THRESHOLD)))
            .build();
        events = new StepEvents(network.input());
        for (int address = 0; address < network.input().size(); address++) {
            if (random.nextDouble() < density) {
                events.add(address);
            }
        }
        simulator = new Simulator(path.context().network(network));
        try (Simulator baseline = new Simulator(path.oracle().context().network(network))) {
            baseline.step(events);
            simulator.step(events);
            final long expected = baseline.counts().total(Operation.SPIKES);
            final long found = simulator.counts().total(Operation.SPIKES);
            if (found != expected) {
                throw new IllegalStateException(path + " gives " + found + " spikes, not " + expected);
            }
        }
    }

    /** One step. */
    @Benchmark
    public int step() {
        // counts are kept a step: an endless run would fill the heap
        if (simulator.steps() == LONG_ENOUGH) {
            simulator.reset();
        }
        simulator.step(events);
        return simulator.steps();
    }

    /** Stops the threads. */
    @TearDown
    public void tearDown() {
        simulator.close();
    }
}
