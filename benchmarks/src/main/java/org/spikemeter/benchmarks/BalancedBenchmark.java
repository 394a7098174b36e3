package org.spikemeter.benchmarks;

import java.io.IOException;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.generate.BalancedNetwork;
import org.spikemeter.engine.kernel.CsrScatter;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.engine.synapse.CsrTable;

/**
 * Half a second of the random network of Brunel (2000), g = 5, eta = 2: 12,500 neurons, 15,625,000 synapses, one
 * thread. {@code synapticEvents} is the rate of accumulates through the synapses among the neurons; the work beside
 * them (Poisson input, its synapses, neurons, counts) takes its part of the time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
public class BalancedBenchmark {
    private static final int STEPS = 5_000;
    private static final int SEED = 1;
    private static final int MAX_DELAY = 29;
    private static final int GRIDS = 256;
    private static final int SPIKES_A_STEP = 48;

    /** What to run. */
    public enum Variant {
        /** An object a synapse: what to compare with. */
        BASELINE,
        /** Delays of 1.5 ms, which the edge takes. */
        EDGE_DELAY,
        /** Nothing counted but spikes. */
        UNMETERED,
        /** Each synapse its own delay, 0.1 to 2.9 ms. */
        SYNAPSE_DELAYS
    }

    /** Counted by what is run. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Events {
        /** Accumulates through the synapses among the neurons. */
        public long synapticEvents;
    }

    /** The balanced network. */
    @State(Scope.Thread)
    public static class Run {
        @Param
        private Variant variant;

        private BalancedNetwork balanced;
        private Network network;
        private Simulator simulator;
        private NaiveBalancedNetwork naive;
        private long synapticEvents;

        /** Compares the spikes of a part of the run with those of the baseline. */
        @Setup
        public void setUp() throws IOException {
            balanced = BalancedNetwork.of(5.0, 2.0, SEED);
            balanced = variant == Variant.SYNAPSE_DELAYS ? balanced.withDelays(1, MAX_DELAY) : balanced;
            network = balanced.network();
            simulator = new Simulator(
                new Simulator.Context().network(network).metered(variant != Variant.UNMETERED));
            final int steps = STEPS / 10;
            naive = new NaiveBalancedNetwork(balanced);
            runNaive(steps);
            simulate(steps);
            final long found = spikes();
            if (found != naive.spikes()) {
                throw new IllegalStateException(variant + " gives " + found + " spikes, not " + naive.spikes());
            }
            naive = variant == Variant.BASELINE ? naive : null;
            // unmetered, it has to be known beforehand
            try (Simulator metered = new Simulator(new Simulator.Context().network(network))) {
                metered.run(balanced.input(STEPS));
                synapticEvents = accumulates(metered.counts());
            }
        }

        private void runNaive(final int steps) throws IOException {
            naive.reset();
            final StepEvents events = new StepEvents(network.input());
            try (StepSource input = balanced.input(steps)) {
                for (int step = 0; input.next(events); step++) {
                    naive.step(step, events);
                }
            }
        }

        private void simulate(final int steps) throws IOException {
            simulator.run(balanced.input(steps));
        }

        private long spikes() {
            return simulator.counts().entries().stream()
                .filter(entry -> entry.outputLayer() == network.indexOf(BalancedNetwork.NEURONS))
                .mapToLong(entry -> entry.counts().total(Operation.SPIKES)).sum();
        }

        private long accumulates(final OperationCounts counts) {
            return counts.entries().stream()
                .filter(entry -> entry.synapticLayer() == network.indexOf(BalancedNetwork.RECURRENT))
                .mapToLong(entry -> entry.counts().total(Operation.SYNAPTIC_ACCUMULATES)).sum();
        }

        /** Stops the threads. */
        @TearDown
        public void tearDown() {
            simulator.close();
        }
    }

    /** The synapses alone, with as many random spikes a step as the network has. */
    @State(Scope.Thread)
    public static class Delivery {
        private CsrTable table;
        private final EventGrid[] grids = new EventGrid[GRIDS];
        private final long[] synapses = new long[GRIDS];
        private float[] current;
        private int next;

        /** Other spikes in each of many steps, so that no row is still in a cache. */
        @Setup
        public void setUp() {
            final BalancedNetwork balanced = BalancedNetwork.of(5.0, 2.0, SEED);
            final Network network = balanced.network();
            final Layer.Sparse layer =
                (Layer.Sparse) network.layers().get(network.indexOf(BalancedNetwork.RECURRENT));
            table = CsrTable.of(network.input(), layer.connections(), null);
            current = new float[balanced.neurons()];
            final SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < GRIDS; i++) {
                final StepEvents events = new StepEvents(network.input());
                random.ints(SPIKES_A_STEP, 0, balanced.neurons()).distinct().sorted().forEach(events::add);
                grids[i] = new EventGrid(network.input(), false);
                grids[i].load(events);
                for (int event = 0; event < events.size(); event++) {
                    final int source = events.address(event);
                    synapses[i] += table.rowStart()[source + 1] - table.rowStart()[source];
                }
            }
        }
    }

    /** Half a second. */
    @Benchmark
    public long run(final Run run, final Events events) throws IOException {
        if (run.variant == Variant.BASELINE) {
            run.runNaive(STEPS);
            events.synapticEvents += run.naive.synapticEvents();
            return run.naive.spikes();
        }
        run.simulate(STEPS);
        events.synapticEvents += run.synapticEvents;
        return run.spikes();
    }

    /** One step's spikes through their synapses. */
    @Benchmark
    public float[] deliver(final Delivery delivery, final Events events) {
        delivery.next = (delivery.next + 1) % GRIDS;
        CsrScatter.accumulate(delivery.table, delivery.grids[delivery.next], 0, delivery.current);
        events.synapticEvents += delivery.synapses[delivery.next];
        return delivery.current;
    }
}
