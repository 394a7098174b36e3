package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.convert.WeightNormalisation;
import org.spikemeter.engine.count.LayerCounts;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.importer.NetworkFile;
import org.spikemeter.engine.importer.NetworkFileWriter;
import org.spikemeter.engine.importer.nir.NirWriter;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.network.Connections;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.neuron.EulerModel;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.simulate.Simulator;

/**
 * {@link DelayedNetwork} against an oracle that looks, for each target and step, through all events that ever came in:
 * all bits and counts must agree, for any kernel, strategy and number of threads, and when run again after a reset.
 */
class SynapseDelayTest {
    private static final int SEEDS = 150;
    private static final int STEPS = 25;

    @TempDir
    private Path folder;

    /** What the oracle says of a run, step by step. */
    private static final class Trace {
        private final List<float[]> input = new ArrayList<>();
        private final List<float[]> current = new ArrayList<>();
        private final List<float[]> membrane = new ArrayList<>();
        private final List<float[]> spikes = new ArrayList<>();
        private final List<float[]> sums = new ArrayList<>();
        private final List<Integer> held = new ArrayList<>();
    }

    /** The sum over steps, then sources in the order of their addresses. */
    private static float sum(
        final List<float[]> events, final Shape shape, final Layer layer, final int edgeDelay, final int target,
        final int step) {
        final Connections synapses = ((Layer.Sparse) layer).connections();
        float sum = 0.0f;
        for (int sent = 0; sent < events.size() && sent <= step; sent++) {
            for (int address = 0; address < shape.size(); address++) {
                final int source = shape.channelFirstIndex(address);
                for (int i = synapses.start(source); i < synapses.start(source + 1); i++) {
                    if (synapses.target(i) == target && sent + edgeDelay + synapses.delay(i) == step) {
                        sum += events.get(sent)[address] * synapses.weight(i);
                    }
                }
            }
        }
        return sum;
    }

    private static Trace oracle(final Network network, final List<StepEvents> input) {
        final Trace trace = new Trace();
        final List<Layer> layers = network.layers();
        final Shape neurons = network.outputOf(DelayedNetwork.NEURONS);
        final int inDelay = network.edgesOf(DelayedNetwork.NEURONS).getFirst().delay();
        final int backDelay = network.edgesOf(DelayedNetwork.NEURONS).getLast().delay();
        final float[] v = start(layers.get(DelayedNetwork.NEURONS), neurons.size());
        final float[] synaptic = new float[v.length];
        final int[] wait = new int[v.length];
        for (int step = 0; step < input.size(); step++) {
            final float[] events = new float[network.input().size()];
            for (int i = 0; i < input.get(step).size(); i++) {
                events[input.get(step).address(i)] = input.get(step).value(i);
            }
            trace.input.add(events);
            final float[] spikes = new float[v.length];
            final float[] current = new float[v.length];
            int held = 0;
            for (int i = 0; i < v.length; i++) {
                final float x = sum(trace.input, network.input(), layers.get(DelayedNetwork.IN), inDelay, i, step)
                    + sum(trace.spikes, neurons, layers.get(DelayedNetwork.BACK), backDelay, i, step);
                held += wait[i] > 0 ? 1 : 0;
                current[i] = fire(layers.get(DelayedNetwork.NEURONS), i, x, v, synaptic, wait, spikes);
            }
            trace.current.add(current);
            trace.membrane.add(v.clone());
            trace.held.add(held);
            trace.spikes.add(spikes);
            final Layer.Sparse out = (Layer.Sparse) layers.get(DelayedNetwork.OUT);
            final float[] sums = new float[out.connections().targets()];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = sum(trace.spikes, neurons, out, 0, i, step);
                sums[i] = out.bias() == null ? sums[i] : sums[i] + out.bias().get(i);
            }
            trace.sums.add(sums);
        }
        return trace;
    }

    private static float[] start(final Layer layer, final int size) {
        final float[] v = new float[size];
        for (int i = 0; i < size; i++) {
            v[i] = layer instanceof Layer.Euler euler ? euler.model().initial(i)
                : ((Layer.Neurons) layer).model().reset().restingPotential();
        }
        return v;
    }

    /** The neuron's input current. */
    private static float fire(
        final Layer layer, final int i, final float x, final float[] v, final float[] synaptic, final int[] wait,
        final float[] spikes) {
        if (layer instanceof Layer.Neurons neurons) {
            final NeuronModel model = neurons.model();
            final float h = model.charge(v[i], x);
            spikes[i] = model.fires(h) ? 1 : 0;
            v[i] = model.fires(h) ? model.afterSpike(h) : h;
            return x;
        }
        final EulerModel model = ((Layer.Euler) layer).model();
        synaptic[i] = model.current(i, synaptic[i], x);
        if (wait[i] > 0) {
            wait[i]--;
            return synaptic[i];
        }
        final float h = model.charge(i, v[i], synaptic[i]);
        spikes[i] = model.fires(i, h) ? 1 : 0;
        v[i] = model.fires(i, h) ? model.afterSpike(i, h) : h;
        wait[i] = model.fires(i, h) ? model.refractory(i) : 0;
        return synaptic[i];
    }

    @Test
    void shouldEqualTheOracleInAllBitsAndCounts() {
        long spikes = 0;
        int firing = 0;
        int refractory = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            final Network network = DelayedNetwork.of(seed);
            final List<StepEvents> input = DelayedNetwork.input(seed, network.input(), STEPS);
            final Trace expected = oracle(network, input);
            for (int threads = 1; threads <= 3; threads++) {
                for (final Kernels.Choice kernels : List.of(Kernels.Choice.SCALAR, Kernels.Choice.VECTOR)) {
                    check("seed " + seed + ", " + threads + " threads, " + kernels, network, input, expected,
                        new Simulator.Context().network(network).kernels(kernels).threads(threads)
                            .strategy(Strategy.values()[threads - 1]).recordCurrents(true));
                }
            }
            final long fired = expected.spikes.stream().mapToLong(SynapseDelayTest::ones).sum();
            spikes += fired;
            firing += fired > 0 ? 1 : 0;
            refractory += expected.held.stream().anyMatch(held -> held > 0) ? 1 : 0;
        }
        assertTrue(firing > SEEDS / 2 && refractory > SEEDS / 8 && spikes > 10_000,
            firing + " fire, " + refractory + " with refractory periods, " + spikes + " spikes");
    }

    private static long ones(final float[] spikes) {
        int count = 0;
        for (final float spike : spikes) {
            count += spike == 1.0f ? 1 : 0;
        }
        return count;
    }

    private static void check(
        final String run, final Network network, final List<StepEvents> input, final Trace expected,
        final Simulator.Context context) {
        try (Simulator simulator = new Simulator(context)) {
            for (int again = 0; again < 2; again++) {
                simulator.reset();
                for (int step = 0; step < input.size(); step++) {
                    simulator.step(input.get(step));
                    final String where = run + ", run " + again + ", step " + step;
                    assertBits(where, expected.current.get(step), simulator, "neurons", "current");
                    assertBits(where, expected.membrane.get(step), simulator, "neurons", "membrane");
                    assertBits(where, expected.sums.get(step), simulator, "out", "current");
                    final StepEvents fired = new StepEvents(network.outputOf(DelayedNetwork.NEURONS));
                    simulator.spikes("neurons", fired);
                    final float[] spikes = new float[fired.shape().size()];
                    for (int i = 0; i < fired.size(); i++) {
                        spikes[fired.address(i)] = 1.0f;
                    }
                    assertArrayEquals(expected.spikes.get(step), spikes, where);
                }
                checkCounts(run, network, expected, simulator.counts());
            }
        }
    }

    private static void assertBits(
        final String where, final float[] expected, final Simulator simulator, final String layer, final String what) {
        final float[] actual = new float[expected.length];
        if (what.equals("current")) {
            simulator.current(layer, actual);
        } else {
            simulator.membrane(layer, actual);
        }
        for (int i = 0; i < actual.length; i++) {
            assertEquals(Float.floatToRawIntBits(expected[i]), Float.floatToRawIntBits(actual[i]),
                where + ", " + what + " of " + layer + " " + i + ": " + expected[i] + ", " + actual[i]);
        }
    }

    /** An event counts with all its synapses in the step in which it comes to them. */
    private static void checkCounts(
        final String run, final Network network, final Trace expected, final OperationCounts counts) {
        final int inDelay = network.edgesOf(DelayedNetwork.NEURONS).getFirst().delay();
        final int backDelay = network.edgesOf(DelayedNetwork.NEURONS).getLast().delay();
        for (final OperationCounts.Entry entry : counts.entries()) {
            final Layer.Sparse layer = (Layer.Sparse) network.layers().get(entry.synapticLayer());
            final boolean first = layer.name().equals("in");
            final Shape shape = first ? network.input() : network.outputOf(DelayedNetwork.NEURONS);
            final int delay = first ? inDelay : layer.name().equals("back") ? backDelay : 0;
            for (int step = 0; step < STEPS; step++) {
                final float[] events = step < delay ? new float[shape.size()]
                    : (first ? expected.input : expected.spikes).get(step - delay);
                checkPairs(run + ", step " + step, layer.connections(), shape, events, entry.counts(), step);
                if (entry.outputLayer() == DelayedNetwork.NEURONS) {
                    assertEquals(expected.spikes.getFirst().length - expected.held.get(step),
                        entry.counts().get(Operation.NEURON_UPDATES, step), run + ", step " + step);
                }
            }
        }
    }

    private static void checkPairs(
        final String where, final Connections synapses, final Shape shape, final float[] events,
        final LayerCounts counts, final int step) {
        long acc = 0;
        long mac = 0;
        for (int address = 0; address < events.length; address++) {
            final int source = shape.channelFirstIndex(address);
            final int fanOut = synapses.start(source + 1) - synapses.start(source);
            acc += events[address] == 1.0f ? fanOut : 0;
            mac += events[address] != 0.0f && events[address] != 1.0f ? fanOut : 0;
        }
        assertEquals(acc, counts.get(Operation.SYNAPTIC_ACCUMULATES, step), where);
        assertEquals(mac, counts.get(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES, step), where);
        assertEquals(acc + mac, counts.get(Operation.POOLED_OPERATIONS, step), where);
    }

    @Test
    void shouldBeTheSameNetworkWhenWrittenAndRead() throws IOException {
        for (long seed = 0; seed < 40; seed++) {
            final Path file = folder.resolve("network.json");
            final Network network = DelayedNetwork.of(seed);
            NetworkFileWriter.write(file, network);
            final Network read = NetworkFile.read(file);
            assertTrue(HostileReading.same(network, read), "seed " + seed);
            if (network.layers().get(DelayedNetwork.NEURONS) instanceof Layer.Euler written) {
                final Layer.Euler neurons = (Layer.Euler) read.layers().get(DelayedNetwork.NEURONS);
                assertArrayEquals(written.model().values(EulerModel.Parameter.REFRACTORY),
                    neurons.model().values(EulerModel.Parameter.REFRACTORY), "seed " + seed);
            }
        }
    }

    @Test
    void shouldBeRefusedWhereDelaysAndRefractoryPeriodsCannotBeSaid() {
        final Shape one = Shape.flat(1);
        final Connections late = new Connections(1, new int[] {0, 1}, new int[] {0}, new float[] {1}, new int[] {3});
        final Network delays = Network.builder("delays", one).add(new Layer.Sparse("late", late, null))
            .add(new Layer.Relu("relu", 1.0f)).build();
        final Network chain = Network.builder("chain", one).add(new Layer.Sparse("late", late, null)).build();
        refused("layer 'late': has delays of single synapses, which NIR cannot say: expected none",
            () -> NirWriter.write(folder.resolve("a.nir"), chain, 1.0));
        refused("layer 'late' reads with a delay: expected an artificial network without time",
            () -> WeightNormalisation.requireArtificial(delays));
        refused("layer 'neuron': has a refractory period, which no neuron of NIR has",
            () -> NirWriter.write(folder.resolve("b.nir"), insatiable(1), 1.0));
        refused("LIF: refractory period 0.5 of neuron 0: expected 0 to 1048576 whole steps", () -> insatiable(0.5f));
    }

    private static void refused(final String message, final Executable executable) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, executable).getMessage());
    }

    /** A neuron with all the input that it could want. */
    private static Network insatiable(final float period) {
        return Network.builder("one", Shape.flat(1)).add(new Layer.Euler("neuron", EulerModel.of("LIF",
            EulerModel.Membrane.INTEGRATE, Map.of(EulerModel.Parameter.GAIN, new float[] {1},
                EulerModel.Parameter.THRESHOLD, new float[] {1}, EulerModel.Parameter.RESET, new float[] {0.5f},
                EulerModel.Parameter.REFRACTORY, new float[] {period}),
            Firing.AT_THRESHOLD))).build();
    }

    @Test
    void shouldFireOnceInARefractoryPeriodAndAStep() {
        final int period = 20;
        final Network network = insatiable(period);
        final boolean[] fired = new boolean[2 * (period + 1) + 1];
        final boolean[] expected = new boolean[fired.length];
        final float[] v = new float[1];
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            final StepEvents events = new StepEvents(network.input());
            events.add(0);
            final StepEvents spikes = new StepEvents(network.input());
            for (int step = 0; step < fired.length; step++) {
                simulator.step(events);
                simulator.spikes("neuron", spikes);
                simulator.membrane("neuron", v);
                fired[step] = spikes.size() == 1;
                expected[step] = step % (period + 1) == 0;
                assertEquals(0.5f, v[0], "held at the reset potential");
            }
        }
        assertArrayEquals(expected, fired, Arrays.toString(fired));
    }
}
