package org.spikemeter.engine.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;

/**
 * Neurons that are left alone against neurons that are updated in each step: a simulator that records currents leaves
 * none alone. Spikes, potentials and counts are the same, whoever asks for them, and when.
 */
class LazyNeuronsTest {
    private static final long SEEDS = 40;
    private static final int VARIANTS = 4;

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

    /** All that there is to see, of neurons that are updated in each step. */
    private static Trace eager(final Network network, final List<StepEvents> input) {
        final Trace trace = new Trace(network, true);
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network)
            .kernels(Kernels.Choice.SCALAR).recordCurrents(true).listener(trace))) {
            for (int step = 0; step < input.size(); step++) {
                simulator.step(input.get(step));
                trace.keepPotentials(simulator, step);
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
                    if (variant.asking == Asking.FOR_POTENTIALS && random.nextInt(8) == 0) {
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
}
