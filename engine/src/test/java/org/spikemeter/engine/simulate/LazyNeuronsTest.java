package org.spikemeter.engine.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.LayerCounts;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;

/**
 * Neurons that are left alone against neurons that are updated in each step: a simulator that records currents leaves
 * none alone. Spikes, potentials and counts are the same, whoever asks for them, and when.
 */
class LazyNeuronsTest {
    private static final long SEEDS = 28;
    private static final long POOLED_SEEDS = 16;
    private static final int VARIANTS = 4;
    /** More than a word of bits. */
    private static final int WIDTH = 130;

    /** Who asks for what in a run, beside the spikes. */
    private enum Asking {
        /** Potentials and counts when all is over. */
        AT_THE_END,
        /** Potentials now and then. */
        FOR_POTENTIALS,
        /** Changes of each layer in each step, by a listener. */
        FOR_CHANGES
    }

    private record Variant(
        Kernels.Choice kernels, Strategy strategy, int threads, boolean metered, boolean pipelined, Asking asking) {
        static Variant of(final Random random) {
            final Kernels.Choice kernels = random.nextBoolean() ? Kernels.Choice.SCALAR : Kernels.Choice.VECTOR;
            final Strategy strategy =
                random.nextBoolean() ? null : Strategy.values()[random.nextInt(Strategy.values().length)];
            final boolean pipelined = random.nextInt(5) == 0;
            return new Variant(kernels, strategy, pipelined ? 2 : 1 + random.nextInt(3), random.nextInt(4) > 0,
                pipelined, Asking.values()[random.nextInt(3)]);
        }

        Simulator.Context context(final Network network) {
            return new Simulator.Context().network(network).kernels(kernels).strategy(strategy).threads(threads)
                .metered(metered);
        }
    }

    private record Key(int layer, int step) {}

    /** What was seen of a run. */
    private static final class Trace implements StepListener {
        /** One step in so many, and the last, somebody may ask for potentials. */
        private static final int SELDOM = 5;

        private final Network network;
        private final boolean asksForChanges;
        private final Map<Key, int[]> spikes = new ConcurrentHashMap<>();
        private final Map<Key, Long> changes = new ConcurrentHashMap<>();
        private final Map<Key, float[]> potentials = new ConcurrentHashMap<>();
        private OperationCounts counts;

        Trace(final Network network, final boolean asksForChanges) {
            this.network = network;
            this.asksForChanges = asksForChanges;
        }

        @Override
        public void onLayer(final LayerStep batch) {
            final Key key = new Key(batch.layer(), batch.step());
            if (asksForChanges) {
                changes.put(key, batch.count(Operation.MEMBRANE_CHANGES));
            }
            final StepEvents events = batch.events();
            final int[] addresses = new int[events.size()];
            for (int i = 0; i < addresses.length; i++) {
                addresses[i] = events.address(i);
                assertEquals(1.0f, events.value(i));
            }
            spikes.put(key, addresses);
        }

        void keepPotentials(final StepRunner runner, final int step) {
            for (int layer = 0; layer < network.layers().size(); layer++) {
                if (network.layers().get(layer) instanceof Layer.Neurons neurons) {
                    final float[] potential = new float[network.outputOf(layer).size()];
                    runner.membrane(neurons.name(), potential);
                    potentials.put(new Key(layer, step), potential);
                }
            }
        }

        /** Everything that was kept is as in a run of which more was kept. */
        void check(final String run, final Trace expected, final boolean metered) {
            assertEquals(expected.spikes.size(), spikes.size(), run + ": layers and steps");
            spikes.forEach((key, found) -> assertArrayEquals(expected.spikes.get(key), found, () ->
                run + ": spikes, " + key));
            potentials.forEach((key, found) -> assertSameBits(run + ": potential, " + key,
                expected.potentials.get(key), found));
            for (int i = 0; i < counts.entries().size(); i++) {
                final OperationCounts.Entry entry = counts.entries().get(i);
                for (final Operation operation : metered ? Operation.values() : new Operation[] {Operation.SPIKES}) {
                    assertArrayEquals(expected.counts.entries().get(i).counts().perStep(operation),
                        entry.counts().perStep(operation), () -> run + ": " + operation + " of layer "
                        + entry.outputLayer());
                }
            }
            changes.forEach((key, found) -> assertEquals(
                metered ? expected.changes.get(key) : 0L, found, () -> run + ": changes that were asked for, " + key));
        }

        private static void assertSameBits(final String place, final float[] expected, final float[] found) {
            for (int i = 0; i < expected.length; i++) {
                if (Float.floatToRawIntBits(expected[i]) != Float.floatToRawIntBits(found[i])) {
                    fail(place + ", address " + i + ": expected " + expected[i] + ", found " + found[i]);
                }
            }
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    static LongStream pooledSeeds() {
        return LongStream.range(0, POOLED_SEEDS);
    }

    /** All that there is to see, of neurons that are updated in each step. */
    private static Trace eager(final Network network, final List<StepEvents> input) {
        final Trace trace = new Trace(network, true);
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network)
            .kernels(Kernels.Choice.SCALAR).recordCurrents(true).listener(trace))) {
            for (int step = 0; step < input.size(); step++) {
                simulator.step(input.get(step));
                if (step % Trace.SELDOM == 0 || step == input.size() - 1) {
                    trace.keepPotentials(simulator, step);
                }
            }
            trace.counts = simulator.counts();
        }
        return trace;
    }

    private static Trace run(
        final Variant variant, final Network network, final List<StepEvents> input, final Random random)
        throws IOException {
        final Trace trace = new Trace(network, variant.asking == Asking.FOR_CHANGES);
        final Simulator.Context context = variant.context(network).listener(trace);
        try (StepRunner runner = variant.pipelined ? new PipelinedSimulator(context) : new Simulator(context)) {
            if (runner instanceof Simulator simulator) {
                // asleep, awake or lazy: nothing of it is left behind a reset
                input.subList(0, random.nextInt(input.size())).forEach(simulator::step);
                simulator.reset();
                trace.spikes.clear();
                trace.changes.clear();
                for (int step = 0; step < input.size(); step++) {
                    simulator.step(input.get(step));
                    if (variant.asking == Asking.FOR_POTENTIALS && step % Trace.SELDOM == 0 && random.nextBoolean()) {
                        trace.keepPotentials(simulator, step);
                    }
                }
            } else {
                runner.run(new ListStepSource(network.input(), input));
            }
            trace.counts = runner.counts();
            trace.keepPotentials(runner, input.size() - 1);
        }
        return trace;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldMissNothingOfWhatNeuronsDoThatAreLeftAlone(final long seed) throws IOException {
        final Network network = SilentNetwork.of(seed);
        final List<StepEvents> input = SilentNetwork.input(seed, network.input());
        final Trace expected = eager(network, input);
        final Random random = new Random(seed);
        for (int i = 0; i < VARIANTS; i++) {
            final Variant variant = Variant.of(random);
            run(variant, network, input, random).check("seed " + seed + ", " + variant, expected, variant.metered);
        }
    }

    /** Of pixels that were left alone and rows that were not looked at, pools read bits as well as events. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("pooledSeeds")
    void shouldPoolNoSpikesOfNeuronsThatAreLeftAlone(final long seed) throws IOException {
        final Network network = SilentNetwork.pooled(seed);
        final List<StepEvents> input = SilentNetwork.input(seed, network.input());
        final Variant variant = new Variant(
            Kernels.Choice.VECTOR, null, 1 + (int) (seed % 2), true, false, Asking.AT_THE_END);
        run(variant, network, input, new Random(seed)).check("seed " + seed, eager(network, input), true);
    }

    /** A row of neurons, each with a synapse of the given weight from the place in front of it. */
    private static Network row(final NeuronModel model, final float weight, final float bias) {
        return Network.builder("row", new Shape(1, WIDTH, 1))
            .add(new Layer.Conv2d("conv", Tensor.of(new float[] {weight}, 1, 1, 1, 1),
                Tensor.of(new float[] {bias}, 1), Window.square(1, 1, 0), 1))
            .add(new Layer.Neurons("neurons", model))
            .build();
    }

    /** In each step an event at one address, or none where that is negative. */
    private static List<StepEvents> events(final int... addresses) {
        final List<StepEvents> input = new ArrayList<>();
        for (final int address : addresses) {
            final StepEvents events = new StepEvents(new Shape(1, WIDTH, 1));
            if (address >= 0) {
                events.add(address);
            }
            input.add(events);
        }
        return input;
    }

    /** What a soft reset leaves above the threshold fires in the steps that follow, though no event comes. */
    @ParameterizedTest
    @EnumSource(Firing.class)
    void shouldFireUntilASoftResetLeftLessThanTheThreshold(final Firing firing) {
        final Network network = row(new If(1.0f, Reset.soft(), firing), 4.0f, 0.0f);
        final StepEvents spikes = new StepEvents(network.input());
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            // the first step looks at each neuron; the row is lazy from the second on
            final List<StepEvents> input = events(-1, -1, 70, -1, -1, -1, -1, -1, 5, -1);
            // at the threshold is enough, or not: of 4, 3, 2, 1 the last
            final int times = firing == Firing.AT_THRESHOLD ? 4 : 3;
            for (int step = 0; step < input.size(); step++) {
                simulator.step(input.get(step));
                simulator.spikes("neurons", spikes);
                final boolean first = step >= 2 && step < 2 + times;
                assertEquals(first || step >= 8 ? 1 : 0, spikes.size(), "step " + step);
                assertTrue(spikes.size() == 0 || spikes.address(0) == (first ? 70 : 5), "step " + step);
            }
            final float[] potential = new float[WIDTH];
            simulator.membrane("neurons", potential);
            assertEquals(4.0f - times, potential[70]);
            assertEquals(2.0f, potential[5]);
            final LayerCounts counts = simulator.counts().entries().getFirst().counts();
            // an update where the event comes, one more to catch up with the silence before, one for each spike that is
            // left
            assertArrayEquals(firing == Firing.AT_THRESHOLD ? new long[] {0, 0, 2, 1, 1, 1, 0, 0, 2, 1}
                : new long[] {0, 0, 2, 1, 1, 0, 0, 0, 2, 1}, counts.perStep(Operation.NEURON_UPDATES));
        }
    }

    /** A neuron that its bias drives, out of step with those beside it: an event set it back. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 8, 9, 13, 30})
    void shouldFireInItsOwnTimeWhenItsBiasDrivesIt(final int period) {
        // small binary fractions: no rounding
        final float threshold = period / 64.0f;
        final Network network = row(new If(threshold, Reset.hard(0.0f), Firing.AT_THRESHOLD), -1.0f / 64, 1.0f / 64);
        final StepEvents spikes = new StepEvents(network.input());
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            final StepEvents silence = new StepEvents(network.input());
            final StepEvents event = events(100).getFirst();
            for (int step = 0; step < 8 * period; step++) {
                simulator.step(step == 0 ? event : silence);
                simulator.spikes("neurons", spikes);
                final boolean all = (step + 1) % period == 0;
                final boolean late = step > 0 && step % period == 0;
                assertEquals((all ? WIDTH - 1 : 0) + (late ? 1 : 0), spikes.size(), "step " + step);
            }
        }
    }

    /** Room for the first 1024 steps is there from the start; what comes late finds its step behind them too. */
    @Test
    void shouldCountChangesOfLongSilence() {
        final Network network = row(new Plif(-7.0f, true, 1.0f, Reset.hard(0.0f), Firing.AT_THRESHOLD), 0.9f, 0.0f);
        final List<StepEvents> input = new ArrayList<>();
        final Random random = new Random(1);
        for (int step = 0; step < 5_000; step++) {
            input.addAll(events(random.nextInt(300) == 0 ? random.nextInt(WIDTH) : -1));
        }
        final long[] expected = eager(network, input).counts.entries().getFirst().counts()
            .perStep(Operation.MEMBRANE_CHANGES);
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            for (int step = 0; step < input.size(); step++) {
                simulator.step(input.get(step));
                if (step % 1_700 == 1_699) {
                    assertArrayEquals(Arrays.copyOf(expected, step + 1), simulator.counts().entries().getFirst()
                        .counts().perStep(Operation.MEMBRANE_CHANGES));
                }
            }
            assertArrayEquals(expected, simulator.counts().entries().getFirst().counts()
                .perStep(Operation.MEMBRANE_CHANGES));
        }
    }

    /** That neurons are left alone at all is seen at counts from before the silence, which do not know of it yet. */
    @Test
    void shouldLeaveNeuronsAloneUntilSomebodyAsks() {
        final Network network = row(new Plif(-2.0f, true, 1.0f, Reset.hard(0.0f), Firing.AT_THRESHOLD), 0.9f, 0.0f);
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            final LayerCounts before = simulator.counts().entries().getFirst().counts();
            events(3, 4, -1, -1, -1).forEach(simulator::step);
            assertArrayEquals(new long[] {WIDTH, 1, 0, 0, 0}, before.perStep(Operation.MEMBRANE_CHANGES));
            final LayerCounts after = simulator.counts().entries().getFirst().counts();
            assertArrayEquals(new long[] {WIDTH, 2, 2, 2, 2}, after.perStep(Operation.MEMBRANE_CHANGES));
        }
    }
}
