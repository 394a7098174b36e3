package org.spikemeter.benchmarks;

import java.util.Arrays;
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
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.NeuronKernel;
import org.spikemeter.engine.kernel.NeuronUpdate;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;

/** One step of 508,032 neurons (a grid of 126 x 126 x 32) on given currents: charge, fire, reset, write spikes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NeuronBenchmark {
    private static final int ROWS = 126;
    private static final int ROW_SIZE = 126 * 32;
    private static final int CHANNELS = 32;
    private static final int NEURONS = ROWS * ROW_SIZE;
    private static final int CHECKED_STEPS = 3;

    /** Models, one for each form of the equation. */
    public enum Neuron {
        /** h = v + x. */
        IF(new If(1.0f, Reset.hard(0.0f), Firing.AT_THRESHOLD)),
        /** The same with soft reset. */
        IF_SOFT(new If(1.0f, Reset.soft(), Firing.AT_THRESHOLD)),
        /** h = v + (x - v) / tau, where tau is no power of two. */
        LIF(new Lif(3.0, true, 1.0f, Reset.hard(0.0f), Firing.AT_THRESHOLD)),
        /** h = v * (1 - 1 / tau) + x. */
        LIF_LEAK(new Lif(3.0, false, 1.0f, Reset.hard(0.0f), Firing.AT_THRESHOLD)),
        /** h = v + (x - (v - vReset)) / tau. */
        LIF_TO_RESET(new Lif(3.0, true, 1.0f, Reset.hard(-0.1f), Firing.AT_THRESHOLD)),
        /** h = v - (v - vReset) / tau + x. */
        LIF_LEAK_TO_RESET(new Lif(3.0, false, 1.0f, Reset.hard(-0.1f), Firing.AT_THRESHOLD)),
        /** h = v + (x - v) * k. */
        PLIF(new Plif(0.3f, true, 1.0f, Reset.hard(0.0f), Firing.AT_THRESHOLD)),
        /** The same with soft reset. */
        PLIF_SOFT(new Plif(0.3f, true, 1.0f, Reset.soft(), Firing.AT_THRESHOLD)),
        /** The same, above the threshold alone. */
        PLIF_ABOVE(new Plif(0.3f, true, 1.0f, Reset.hard(0.0f), Firing.ABOVE_THRESHOLD));

        private final NeuronModel model;

        Neuron(final NeuronModel model) {
            this.model = model;
        }
    }

    /** Who updates. */
    public enum Update {
        /** Neuron by neuron, by the model's own methods. */
        NAIVE(null),
        /** Scalar kernels. */
        SCALAR(Kernels.Choice.SCALAR),
        /** Vector kernels. */
        VECTOR(Kernels.Choice.VECTOR);

        private final Kernels.Choice kernels;

        Update(final Kernels.Choice kernels) {
            this.kernels = kernels;
        }
    }

    /** Which model. */
    @Param
    private Neuron neuron;

    /** Who. */
    @Param
    private Update update;

    private final float[] currents = new float[NEURONS];
    private final float[] membrane = new float[NEURONS];
    private final float[] row = new float[ROW_SIZE];
    private final int[] keys = new int[ROW_SIZE + EventGrid.SLACK];
    private final EventGrid output = new EventGrid(new Shape(ROWS, ROW_SIZE / CHANNELS, CHANNELS), false);
    private NeuronKernel kernel;
    private NeuronUpdate parameters;

    /** Makes currents, and compares spikes and potentials with those of the naive update. */
    @Setup
    public void setUp() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < NEURONS; i++) {
            currents[i] = (float) random.nextDouble(-1, 2);
        }
        final int[] expected = new int[CHECKED_STEPS];
        for (int i = 0; i < CHECKED_STEPS; i++) {
            expected[i] = naive();
        }
        final float[] expectedMembrane = membrane.clone();
        Arrays.fill(membrane, 0.0f);
        kernel = update.kernels == null ? null : Kernels.of(update.kernels).neurons();
        parameters = new NeuronUpdate(neuron.model, null);
        for (int i = 0; i < CHECKED_STEPS; i++) {
            final int found = step();
            if (found != expected[i]) {
                throw new IllegalStateException(update + " gives " + found + " spikes, not " + expected[i]);
            }
        }
        if (!Arrays.equals(membrane, expectedMembrane)) {
            throw new IllegalStateException(update + " gives other potentials than the naive update");
        }
    }

    private int step() {
        return kernel == null ? naive() : kernels();
    }

    private int naive() {
        final NeuronModel model = neuron.model;
        int spikes = 0;
        for (int y = 0; y < ROWS; y++) {
            int place = 0;
            for (int i = 0; i < ROW_SIZE; i++) {
                final float h = model.charge(membrane[y * ROW_SIZE + i], currents[y * ROW_SIZE + i]);
                final boolean fires = model.fires(h);
                membrane[y * ROW_SIZE + i] = fires ? model.afterSpike(h) : h;
                if (fires) {
                    keys[place] = i;
                    place++;
                }
            }
            spikes += place;
        }
        return spikes;
    }

    private int kernels() {
        int spikes = 0;
        for (int y = 0; y < ROWS; y++) {
            // the kernel may replace the currents
            System.arraycopy(currents, y * ROW_SIZE, row, 0, ROW_SIZE);
            final int place = output.rowStart(y);
            final int fired =
                (int) kernel.update(parameters, row, 0, membrane, output, y, 0, output.shape().width(), place);
            output.endRow(y, place + fired);
            spikes += fired;
        }
        return spikes;
    }

    /** All neurons. */
    @Benchmark
    public int neurons(final Work work) {
        work.work = NEURONS;
        return step();
    }
}
