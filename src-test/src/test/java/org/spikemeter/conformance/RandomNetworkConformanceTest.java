package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.PipelinedSimulator;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.engine.simulate.StepRunner;

/**
 * Random networks: every kernel, strategy, number of threads and way to run gives the bits and the counts of
 * {@link DenseOracle}.
 *
 * <p>Potentials, currents and emitted values are compared by their raw bits, so +0 and -0 are not the same: a sum that
 * starts at +0 never becomes -0, and where a reset potential is -0 it has to stay so. Only a value that is not emitted
 * has no bits: both zeros mean no event.
 */
class RandomNetworkConformanceTest {
    private static final long SEEDS = 200;
    private static final long SILENT_SEEDS = 40;

    /** Where currents are recorded, neurons are updated in each step; else some are left alone. */
    private record Variant(
        Kernels.Choice kernels, Strategy strategy, int threads, boolean pipelined, boolean currents) {
        StepRunner start(final Simulator.Context context) {
            context.kernels(kernels).strategy(strategy).threads(threads).recordCurrents(currents);
            return pipelined ? new PipelinedSimulator(context) : new Simulator(context);
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    static LongStream silentSeeds() {
        return LongStream.range(0, SILENT_SEEDS);
    }

    /** Half of them with currents, the other half for the next seed. */
    private static List<Variant> variants(final long seed) {
        final List<Variant> variants = new ArrayList<>();
        boolean currents = seed % 2 == 0;
        for (final Kernels.Choice kernels : List.of(Kernels.Choice.SCALAR, Kernels.Choice.VECTOR)) {
            for (int threads = 1; threads <= 3; threads++) {
                variants.add(new Variant(kernels, null, threads, false, currents));
                variants.add(new Variant(kernels, null, threads, true, !currents));
                for (final Strategy strategy : Strategy.values()) {
                    variants.add(new Variant(kernels, strategy, threads, false, currents));
                    currents = !currents;
                }
            }
        }
        return variants;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldGiveTheBitsAndCountsOfTheOracleWhenNetworkIsRandom(final long seed) throws IOException {
        final Network network = RandomNetwork.of(seed);
        final List<StepEvents> input = RandomNetwork.input(seed, network.input());
        final OracleTrace expected = OracleTrace.of(network, input);
        for (final Variant variant : variants(seed)) {
            expected.check("seed " + seed + ", " + variant, variant::start, input, variant.currents);
        }
    }

    /** Long enough for rows to be left alone, woken, and left alone again; potentials asked for or not in between. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("silentSeeds")
    void shouldGiveTheBitsAndCountsOfTheOracleWhenInputIsSilentMostly(final long seed) throws IOException {
        final Network network = RandomNetwork.of(seed);
        final List<StepEvents> input = RandomNetwork.silentInput(seed, network.input());
        final OracleTrace expected = OracleTrace.of(network, input);
        final EventRecord record = new EventRecord(network);
        for (final Kernels.Choice kernels : List.of(Kernels.Choice.SCALAR, Kernels.Choice.VECTOR)) {
            final int threads = 1 + (int) (seed % 3);
            final String run = "seed " + seed + ", " + kernels + ", " + threads + " threads";
            expected.check(run, new Variant(kernels, null, threads, false, false)::start, input, false);
            record.clear();
            try (Simulator simulator = new Simulator(
                new Simulator.Context().network(network).kernels(kernels).threads(threads).listener(record))) {
                input.forEach(simulator::step);
                expected.checkEvents(run, record);
                expected.checkCounts(run, simulator.counts());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldGiveTheSameBitsWhenRunAgainAfterReset(final long seed) throws IOException {
        final Network network = RandomNetwork.of(seed);
        final List<StepEvents> input = RandomNetwork.input(seed, network.input());
        final OracleTrace expected = OracleTrace.of(network, input);
        final EventRecord record = new EventRecord(network);
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network).listener(record))) {
            // leaves potentials and spikes of other input behind
            RandomNetwork.input(seed + SEEDS, network.input()).forEach(simulator::step);
            for (int run = 0; run < 2; run++) {
                simulator.reset();
                record.clear();
                input.forEach(simulator::step);
                expected.checkEvents("seed " + seed + ", run " + run, record);
                expected.checkCounts("seed " + seed + ", run " + run, simulator.counts());
            }
        }
    }

    /** The property is worth what the networks are: all kinds of layers, some of them firing, none firing always. */
    @Test
    void shouldMeetEveryKindOfLayerWhenSeedsAreTaken() {
        final Map<String, Integer> layers = new TreeMap<>();
        final Map<Operation, Integer> counted = new TreeMap<>();
        int lively = 0;
        int stages = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            final Network network = RandomNetwork.of(seed);
            network.layers().forEach(layer -> layers.merge(kind(layer), 1, Integer::sum));
            final List<StepEvents> input = RandomNetwork.input(seed, network.input());
            for (final DenseStage stage : OracleTrace.of(network, input).stages()) {
                final long spikes = stage.count(Operation.SPIKES).stream().mapToLong(Long::longValue).sum();
                stages++;
                lively += spikes > 0 && spikes < (long) input.size() * stage.output().size() ? 1 : 0;
                for (final Operation operation : Operation.values()) {
                    final boolean any = stage.count(operation).stream().anyMatch(count -> count > 0);
                    counted.merge(operation, any ? 1 : 0, Integer::sum);
                }
            }
        }
        assertEquals(List.of("AVERAGE", "BatchNorm", "Conv2d", "Flatten", "If", "Lif", "Linear", "MAX", "Plif", "SUM",
            "Sparse"), List.copyOf(layers.keySet()));
        layers.forEach((kind, count) -> assertTrue(count >= 20, kind + " came " + count + " times"));
        counted.forEach((operation, count) -> assertTrue(count >= 20, operation + " was counted " + count + " times"));
        assertTrue(lively >= 0.6 * stages, lively + " of " + stages + " stages fire in part");
    }

    private static String kind(final Layer layer) {
        return switch (layer) {
            case Layer.Euler _, Layer.Sum _, Layer.Concat _, Layer.Relu _, Layer.Scale _ ->
                throw new AssertionError("not among the random layers");
            case Layer.Neurons neurons -> neurons.model().getClass().getSimpleName();
            case Layer.Pool2d pool -> pool.pooling().name();
            case Layer.Conv2d _, Layer.Linear _, Layer.Sparse _, Layer.BatchNorm _, Layer.Flatten _ ->
                layer.getClass().getSimpleName();
        };
    }
}
