package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.LayerCounts;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.integer.Quantisation;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Reset;
import org.spikemeter.engine.simulate.PipelinedSimulator;
import org.spikemeter.engine.simulate.Simulator;

/** Random networks in integers: every kernel and number of threads gives the bits and counts of an oracle. */
class IntegerConformanceTest {
    private static final long SEEDS = 200;
    private static final int[] WIDTHS = {16, 24, 32};
    private static final List<Operation> COMPARED = List.of(Operation.INPUT_EVENTS, Operation.SYNAPTIC_ACCUMULATES,
        Operation.SYNAPTIC_MULTIPLY_ACCUMULATES, Operation.ZERO_WEIGHT_ACCUMULATES, Operation.POOLED_OPERATIONS);

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    private static Quantisation quantisation(final long seed) {
        return new Quantisation(seed % 2 == 0 ? 8 : (int) (2 + seed / 2 % 7), WIDTHS[(int) (seed % 3)]);
    }

    private static List<IntegerStage> stages(final Network network, final Quantisation quantisation) {
        final List<IntegerStage> stages = new ArrayList<>();
        boolean valued = true;
        for (final DenseStage stage : new DenseOracle(network).stages()) {
            stages.add(new IntegerStage(stage, valued, quantisation));
            valued = !stage.hasNeurons();
        }
        return stages;
    }

    private static void step(final List<IntegerStage> stages, final StepEvents events) {
        float[][][] values = Grids.of(events);
        for (final IntegerStage stage : stages) {
            stage.step(values);
            values = stage.emitted;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldGiveTheBitsAndCountsOfTheOracleWhenNetworkIsRandom(final long seed) throws IOException {
        final Network network = RandomNetwork.of(seed);
        final List<StepEvents> input = RandomNetwork.input(seed, network.input());
        for (final Kernels.Choice kernels : List.of(Kernels.Choice.SCALAR, Kernels.Choice.VECTOR)) {
            for (int threads = 1; threads <= 3; threads++) {
                final String run = "seed " + seed + ", " + kernels + ", " + threads + " threads";
                final Simulator.Context context = new Simulator.Context().network(network).kernels(kernels)
                    .threads(threads).quantisation(quantisation(seed)).recordCurrents(true);
                final List<IntegerStage> stages = stages(network, quantisation(seed));
                try (Simulator simulator = new Simulator(context)) {
                    // leaves potentials of other input behind
                    RandomNetwork.input(seed + SEEDS, network.input()).forEach(simulator::step);
                    simulator.reset();
                    for (int step = 0; step < input.size(); step++) {
                        simulator.step(input.get(step));
                        step(stages, input.get(step));
                        check(run + ", step " + step, simulator, stages, step);
                    }
                }
            }
        }
    }

    private static void check(
        final String run, final Simulator simulator, final List<IntegerStage> stages, final int step) {
        for (int i = 0; i < stages.size(); i++) {
            final IntegerStage stage = stages.get(i);
            final Shape shape = stage.stage().output();
            final String layer = simulator.network().layers().get(stage.stage().outputLayer()).name();
            final String where = run + ", layer '" + layer + "'";
            final float[] actual = new float[shape.size()];
            simulator.current(layer, actual);
            assertArrayEquals(Grids.flat(stage.current), actual, where + ", input");
            final StepEvents spikes = new StepEvents(shape);
            simulator.spikes(layer, spikes);
            assertArrayEquals(Grids.flat(stage.emitted), Grids.flat(Grids.of(spikes)), where + ", emitted");
            final LayerCounts counts = simulator.counts().entries().get(i).counts();
            if (stage.stage().hasNeurons()) {
                simulator.membrane(layer, actual);
                assertArrayEquals(stage.potentials(), actual, where + ", potential");
                assertEquals(stage.updates.get(step), counts.get(Operation.NEURON_UPDATES, step), where + ", updates");
                assertEquals(stage.skipped.get(step), counts.get(Operation.SKIPPED_UPDATES, step), where + ", skipped");
            }
            assertEquals(stage.overflows.get(step), counts.overflowsPerStep()[step], where + ", overflows");
            for (final Operation operation : COMPARED) {
                assertEquals(stage.stage().count(operation).get(step), counts.get(operation, step),
                    where + ", " + operation);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldGiveTheSameCountsWhenRunAsPipeline(final long seed) throws IOException {
        final Network network = RandomNetwork.of(seed);
        final List<StepEvents> input = RandomNetwork.input(seed, network.input());
        final Simulator.Context context = new Simulator.Context().network(network).threads(2)
            .quantisation(quantisation(seed));
        try (Simulator sequence = new Simulator(context); PipelinedSimulator pipeline =
            new PipelinedSimulator(context)) {
            sequence.run(new ListStepSource(network.input(), input));
            pipeline.run(new ListStepSource(network.input(), input));
            for (int i = 0; i < sequence.counts().entries().size(); i++) {
                final LayerCounts expected = sequence.counts().entries().get(i).counts();
                final LayerCounts actual = pipeline.counts().entries().get(i).counts();
                for (final Operation operation : Operation.values()) {
                    assertArrayEquals(expected.perStep(operation), actual.perStep(operation), operation.key());
                }
                assertArrayEquals(expected.overflowsPerStep(), actual.overflowsPerStep());
            }
        }
    }

    /** Several ways in, delays, sums, rectified units; neurons with parameters of their own are refused by name. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldGiveTheSameEventsWithAnyKernelWhenNetworkIsAGraph(final long seed) {
        final Network network = RandomGraph.of(new SplittableRandom(seed));
        final List<StepEvents> input = RandomNetwork.input(seed, network.input());
        final Simulator.Context context = new Simulator.Context().network(network)
            .quantisation(quantisation(seed));
        final Optional<Layer> euler =
            network.layers().stream().filter(layer -> layer instanceof Layer.Euler).findFirst();
        if (euler.isPresent()) {
            assertEquals("layer '" + euler.get().name()
                + "': neurons with parameters of their own have no integer mode",
                assertThrows(IllegalArgumentException.class, () -> new Simulator(context)).getMessage());
            return;
        }
        final EventRecord expected = new EventRecord(network);
        final EventRecord actual = new EventRecord(network);
        try (Simulator scalar = new Simulator(context.kernels(Kernels.Choice.SCALAR).listener(expected));
            Simulator vector = new Simulator(context.kernels(Kernels.Choice.VECTOR).threads(3).listener(actual))) {
            input.forEach(scalar::step);
            input.forEach(vector::step);
        }
        assertEquals(expected.size(), actual.size());
        for (int layer = 0; layer < network.layers().size(); layer++) {
            for (int step = 0; step < input.size(); step++) {
                assertArrayEquals(expected.emitted(layer, step), actual.emitted(layer, step),
                    "layer " + layer + ", step " + step);
            }
        }
    }

    /** 0.5 and 1 a step, one unit for both, with the bias of 0.25 once: 1.75 reaches 1.7, 1.25 does not. */
    @Test
    void shouldAddAllWaysInWhenThereAreSeveral() {
        final Network network = Network.builder("two ways", Shape.flat(1))
            .add(new Layer.Linear("half", Tensor.of(new float[] {0.5f}, 1, 1), null))
            .add(new Layer.Linear("one", Tensor.of(new float[] {1.0f}, 1, 1),
                Tensor.of(new float[] {0.25f}, 1)), List.of(new Edge(Edge.INPUT, 0)))
            .add(new Layer.Neurons("if", new If(1.7f, Reset.soft(), Firing.AT_THRESHOLD)),
                List.of(new Edge(0, 1), new Edge(1, 0)))
            .build();
        final StepEvents spike = new StepEvents(network.input());
        spike.add(0);
        final StepEvents spikes = new StepEvents(network.output());
        try (Simulator simulator = new Simulator(
            new Simulator.Context().network(network).quantisation(new Quantisation(8, 16)))) {
            simulator.step(spike);
            simulator.spikes("if", spikes);
            assertEquals(0, spikes.size());
            simulator.step(spike);
            simulator.spikes("if", spikes);
            assertEquals(1, spikes.size());
            final float[] potential = new float[1];
            simulator.membrane("if", potential);
            assertEquals(1.25 + 1.75 - 1.7, potential[0], 0.01);
        }
    }

    /** The property is worth what the networks are: some saturate, and some do not. */
    @Test
    void shouldMeetOverflowsWhenSeedsAreTaken() {
        int overflowing = 0;
        int firing = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            final Network network = RandomNetwork.of(seed);
            try (Simulator simulator = new Simulator(
                new Simulator.Context().network(network).quantisation(quantisation(seed)))) {
                RandomNetwork.input(seed, network.input()).forEach(simulator::step);
                overflowing += simulator.counts().overflows() > 0 ? 1 : 0;
                firing += simulator.counts().total(Operation.SPIKES) > 0 ? 1 : 0;
            }
        }
        assertTrue(overflowing >= 10 && overflowing <= SEEDS / 2, overflowing + " networks saturate");
        assertTrue(firing >= SEEDS / 2, firing + " networks fire");
    }

    /** -1 a step into a neuron whose threshold is 1: a membrane of 8 times the threshold is full after 8 steps. */
    @Test
    void shouldCountASaturationAStepWhenInhibitionDoesNotEnd() {
        final Network network = Network.builder("inhibited", Shape.flat(1))
            .add(new Layer.Linear("fc", Tensor.of(new float[] {-1.0f}, 1, 1), null))
            .add(new Layer.Neurons("if", new If(1.0f, Reset.soft(), Firing.AT_THRESHOLD)))
            .build();
        final StepEvents spike = new StepEvents(network.input());
        spike.add(0);
        try (Simulator simulator = new Simulator(
            new Simulator.Context().network(network).quantisation(new Quantisation(8, 16)))) {
            for (int step = 0; step < 12; step++) {
                simulator.step(spike);
            }
            // 127 * 2^5 = 4,064 a step: 32,768 holds 8 of them
            assertArrayEquals(new long[] {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1},
                simulator.counts().entries().getFirst().counts().overflowsPerStep());
            final float[] potential = new float[1];
            simulator.membrane("if", potential);
            assertEquals(-32768.0 / 4064, potential[0], 1e-6);
        }
    }

    @Test
    void shouldCountValuesThatSaturate() {
        final Network network = Network.builder("bright", Shape.flat(2))
            .add(new Layer.Linear("fc", Tensor.of(new float[] {0.5f, 0.5f}, 1, 2), null))
            .add(new Layer.Neurons("if", new If(1.0f, Reset.hard(0.0f), Firing.AT_THRESHOLD)))
            .build();
        final StepEvents events = new StepEvents(network.input());
        events.add(0, 127.9f);
        events.add(1, 128.1f);
        try (Simulator simulator = new Simulator(
            new Simulator.Context().network(network).quantisation(new Quantisation(8, 32)))) {
            simulator.step(events);
            assertEquals(1, simulator.counts().overflows());
        }
    }

    @Test
    void shouldRejectStrategiesThatIntegersDoNotHave() {
        final Simulator.Context context = new Simulator.Context().network(RandomNetwork.of(0))
            .quantisation(new Quantisation(8, 16)).strategy(Strategy.DENSE);
        assertEquals("strategy is DENSE: integer mode has no other than GATHER",
            assertThrows(IllegalArgumentException.class, () -> new Simulator(context)).getMessage());
    }
}
