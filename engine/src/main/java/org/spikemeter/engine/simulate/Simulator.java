package org.spikemeter.engine.simulate;

import java.io.IOException;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.integer.Quantisation;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.network.Network;

/**
 * The clock-driven simulator: one step takes the input events of one clock tick through all layers, in order.
 *
 * <pre>{@code
 * try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
 *     simulator.step(events);
 *     simulator.spikes("plif1", spikes);
 * }
 * }</pre>
 *
 * <p>Driven by one thread. Needs no JVM flag; with {@code --add-modules=jdk.incubator.vector} it uses vector kernels.
 */
public final class Simulator implements StepRunner {
    private final Network network;
    private final String description;
    private final EventGrid input;
    private final NetworkState state;
    private final RowTeam.RowTask[] rowTasks;
    private final RowTeam.RowTask[][] poolTasks;
    private final RowTeam team;
    private int step;

    /**
     * Compiles the network.
     *
     * @param context what to run and how
     * @throws IllegalArgumentException where the context or the network does not hold together
     * @throws IllegalStateException where vector kernels are wanted and this JVM has none
     */
    public Simulator(final Context context) {
        context.conclude();
        this.network = context.network;
        final Kernels kernels = Kernels.of(context.kernels);
        this.description = "in sequence, " + (context.threads == 1 ? "1 thread" : context.threads + " threads") + ", "
            + Kernels.describe(kernels)
            + (context.quantisation() == null ? "" : "; " + context.quantisation());
        this.input = new EventGrid(network.input(), true);
        this.state = new NetworkState(context, kernels, context.threads);
        this.rowTasks = new RowTeam.RowTask[state.size()];
        this.poolTasks = new RowTeam.RowTask[state.size()][];
        for (int i = 0; i < state.size(); i++) {
            final ProjectionState projection = state.projection(i);
            rowTasks[i] = projection::integrateAndFire;
            poolTasks[i] = new RowTeam.RowTask[projection.pools()];
            for (int pool = 0; pool < poolTasks[i].length; pool++) {
                final int index = pool;
                poolTasks[i][pool] = (from, to, member) -> projection.pool(index, from, to, member);
            }
        }
        this.team = new RowTeam(context.threads);
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public String describe() {
        return description;
    }

    /** Goes back to before the first step: potentials, counts, spikes. */
    public void reset() {
        state.reset();
        step = 0;
    }

    /**
     * One clock tick.
     *
     * @param events the input events, on the network's input grid
     * @throws IllegalArgumentException where they are on another grid
     */
    public void step(final StepEvents events) {
        state.requireGrid(events.shape());
        state.reportInput(step, events);
        input.load(events);
        for (int i = 0; i < state.size(); i++) {
            final ProjectionState projection = state.projection(i);
            projection.begin();
            for (int inflow = 0; inflow < projection.inflows(); inflow++) {
                projection.begin(inflow, state.source(i, inflow, input));
            }
            for (int pool = 0; pool < projection.pools(); pool++) {
                team.run(poolTasks[i][pool], projection.poolShares(pool));
            }
            projection.prepare();
            team.run(rowTasks[i], projection.rowShares());
            projection.end();
            state.report(i, step);
        }
        state.endStep(input);
        step++;
    }

    @Override
    public int run(final StepSource source) throws IOException {
        state.requireGrid(source.shape());
        reset();
        final StepEvents events = new StepEvents(source.shape());
        while (source.next(events)) {
            step(events);
        }
        return step;
    }

    /** Number of steps since the start. */
    public int steps() {
        return step;
    }

    @Override
    public OperationCounts counts() {
        return state.counts();
    }

    @Override
    public void spikes(final String layer, final StepEvents into) {
        state.spikes(layer, into);
    }

    @Override
    public void membrane(final String layer, final float[] into) {
        state.membrane(layer, into);
    }

    @Override
    public void current(final String layer, final float[] into) {
        state.current(layer, into);
    }

    /** Stops the threads. */
    @Override
    public void close() {
        team.close();
    }

    /** What to run and how. */
    public static final class Context {
        /** Threads that can be asked for. */
        public static final int MAX_THREADS = 1024;

        private Network network;
        private Kernels.Choice kernels = Kernels.Choice.AUTO;
        private Strategy strategy;
        private int threads = 1;
        private boolean recordCurrents;
        private boolean metered = true;
        private int countedSteps = Integer.MAX_VALUE;
        private StepListener listener;
        private Quantisation quantisation;

        /** The network; required. */
        public Context network(final Network value) {
            network = value;
            return this;
        }

        /** Which kernels; the default takes vector kernels where the JVM has them. */
        public Context kernels(final Kernels.Choice value) {
            kernels = value;
            return this;
        }

        /** One strategy for all layers and steps; null, the default, picks the cheapest as estimated. */
        public Context strategy(final Strategy value) {
            strategy = value;
            return this;
        }

        /** Threads that share the rows of a layer; default 1. In a pipeline, threads that share the layers. */
        public Context threads(final int value) {
            threads = value;
            return this;
        }

        /** Whether input currents are kept, for {@link StepRunner#current}; default false. */
        public Context recordCurrents(final boolean value) {
            recordCurrents = value;
            return this;
        }

        /**
         * Whether operations are counted; default true. Spikes are counted in any case, the other counts are then 0.
         */
        public Context metered(final boolean value) {
            metered = value;
            return this;
        }

        /**
         * Steps, counted back from the last one, whose counts can be told apart; those before are in the totals alone,
         * so that a run without an end needs no more memory. At least 1; default all.
         */
        public Context countedSteps(final int value) {
            countedSteps = value;
            return this;
        }

        /** Who is told what each layer does; default nobody. */
        public Context listener(final StepListener value) {
            listener = value;
            return this;
        }

        /**
         * Integer mode; null, the default, for floating point. Events then reach neurons by {@link Strategy#GATHER}
         * alone: integer sums are the same in any order.
         */
        public Context quantisation(final Quantisation value) {
            quantisation = value;
            return this;
        }

        Quantisation quantisation() {
            return quantisation;
        }

        Network network() {
            return network;
        }

        Kernels.Choice kernels() {
            return kernels;
        }

        Strategy strategy() {
            return strategy;
        }

        int threads() {
            return threads;
        }

        boolean recordCurrents() {
            return recordCurrents;
        }

        boolean metered() {
            return metered;
        }

        int countedSteps() {
            return countedSteps;
        }

        StepListener listener() {
            return listener;
        }

        /** Checks everything. */
        void conclude() {
            if (network == null) {
                throw new IllegalArgumentException("no network was given");
            }
            if (threads < 1 || threads > MAX_THREADS) {
                throw new IllegalArgumentException("threads is " + threads + ": expected 1 to " + MAX_THREADS);
            }
            if (countedSteps < 1) {
                throw new IllegalArgumentException("countedSteps is " + countedSteps + ": expected at least 1");
            }
            if (quantisation != null && strategy != null && strategy != Strategy.GATHER) {
                throw new IllegalArgumentException("strategy is " + strategy
                    + ": integer mode has no other than GATHER");
            }
        }
    }
}
