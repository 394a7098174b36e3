package org.spikemeter.engine.simulate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.count.OperationCounts;
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
    private static final System.Logger LOGGER = System.getLogger(Simulator.class.getName());

    private final Network network;
    private final String description;
    private final EventGrid input;
    private final ProjectionState[] states;
    private final RowTeam.RowTask[] rowTasks;
    private final RowTeam.RowTask[][] poolTasks;
    private final RowTeam team;
    private final StepListener listener;
    private final StepEvents[] listened;
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
        this.description = Kernels.describe(kernels) + ", "
            + (context.threads == 1 ? "1 thread" : context.threads + " threads");
        this.input = new EventGrid(network.input(), true);
        final List<Projection> projections = NetworkCompiler.compile(network);
        this.states = new ProjectionState[projections.size()];
        this.rowTasks = new RowTeam.RowTask[states.length];
        this.poolTasks = new RowTeam.RowTask[states.length][];
        this.listener = context.listener;
        this.listened = new StepEvents[states.length];
        boolean valued = true;
        for (int i = 0; i < states.length; i++) {
            final ProjectionState state = new ProjectionState(
                projections.get(i), valued, kernels, context.strategy, context.threads, context.recordCurrents);
            states[i] = state;
            valued = state.isValued();
            rowTasks[i] = state::integrateAndFire;
            poolTasks[i] = new RowTeam.RowTask[state.pools()];
            for (int pool = 0; pool < poolTasks[i].length; pool++) {
                final int index = pool;
                poolTasks[i][pool] = (from, to, member) -> state.pool(index, from, to, member);
            }
            listened[i] = listener == null ? null : new StepEvents(projections.get(i).output());
        }
        this.team = new RowTeam(context.threads);
        LOGGER.log(System.Logger.Level.DEBUG, description);
        reset();
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
        for (final ProjectionState state : states) {
            state.reset();
        }
        step = 0;
    }

    /**
     * One clock tick.
     *
     * @param events the input events, on the network's input grid
     * @throws IllegalArgumentException where they are on another grid
     */
    public void step(final StepEvents events) {
        requireGrid(network, events.shape());
        input.load(events);
        EventGrid delivered = input;
        for (int i = 0; i < states.length; i++) {
            final ProjectionState state = states[i];
            state.begin(delivered);
            for (int pool = 0; pool < state.pools(); pool++) {
                team.run(poolTasks[i][pool], state.poolRows(pool));
            }
            state.prepare();
            team.run(rowTasks[i], state.rows());
            state.end();
            delivered = state.output();
            if (listener != null) {
                delivered.store(listened[i]);
                listener.onStep(state.projection().outputLayer(), step, listened[i]);
            }
        }
        step++;
    }

    @Override
    public int run(final StepSource source) throws IOException {
        requireGrid(network, source.shape());
        reset();
        final StepEvents events = new StepEvents(source.shape());
        while (source.next(events)) {
            step(events);
        }
        return step;
    }

    static void requireGrid(final Network network, final org.spikemeter.engine.network.Shape shape) {
        if (!shape.equals(network.input())) {
            throw new IllegalArgumentException("network '" + network.name() + "' takes input of " + network.input()
                + " (channels x height x width), found " + shape);
        }
    }

    /** Number of steps since the start. */
    public int steps() {
        return step;
    }

    @Override
    public OperationCounts counts() {
        return counts(states);
    }

    static OperationCounts counts(final ProjectionState[] states) {
        final List<OperationCounts.Entry> entries = new ArrayList<>();
        for (final ProjectionState state : states) {
            entries.add(new OperationCounts.Entry(
                state.projection().synapticLayer(), state.projection().outputLayer(), state.counts()));
        }
        return new OperationCounts(entries);
    }

    /**
     * What a layer emitted in the last step.
     *
     * @param layer name of a layer of neurons, or of the last layer
     * @param into replaced; on the layer's grid
     * @throws IllegalArgumentException where no such layer emits events, or its grid is another
     */
    public void spikes(final String layer, final StepEvents into) {
        final EventGrid output = state(layer).output();
        if (!into.shape().equals(output.shape())) {
            throw new IllegalArgumentException("layer '" + layer + "' has the grid " + output.shape()
                + " (channels x height x width), found " + into.shape());
        }
        output.store(into);
    }

    /**
     * Copies the potentials of a layer after the last step.
     *
     * @param layer name of a layer of neurons
     * @param into [neurons], by address
     * @throws IllegalArgumentException where there is no such layer of neurons
     */
    public void membrane(final String layer, final float[] into) {
        copy(layer, state(layer).membrane(), into, "has no membrane");
    }

    /**
     * Copies the input currents of a layer in the last step, bias included.
     *
     * @param layer name of a layer of neurons, or of the last layer
     * @param into [neurons], by address
     * @throws IllegalArgumentException where there is no such layer, or currents are not recorded
     */
    public void current(final String layer, final float[] into) {
        copy(layer, state(layer).currents(), into, "was not told to record its currents");
    }

    private static void copy(final String layer, final float[] from, final float[] into, final String lack) {
        if (from == null) {
            throw new IllegalArgumentException("layer '" + layer + "' " + lack);
        }
        if (into.length != from.length) {
            throw new IllegalArgumentException("layer '" + layer + "' has " + from.length + " neurons, the array "
                + into.length + " places");
        }
        System.arraycopy(from, 0, into, 0, from.length);
    }

    private ProjectionState state(final String layer) {
        final int index = network.indexOf(layer);
        for (final ProjectionState state : states) {
            if (state.projection().outputLayer() == index) {
                return state;
            }
        }
        throw new IllegalArgumentException("layer '" + layer + "' emits nothing of its own: its work is done in the "
            + "projection to the next layer of neurons");
    }

    /** Stops the threads. */
    @Override
    public void close() {
        team.close();
    }

    /** What to run and how. */
    public static final class Context {
        private static final int MAX_THREADS = 1024;

        private Network network;
        private Kernels.Choice kernels = Kernels.Choice.AUTO;
        private Strategy strategy;
        private int threads = 1;
        private boolean recordCurrents;
        private StepListener listener;

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

        /** One strategy for all layers and steps; null, the default, picks one by the number of events. */
        public Context strategy(final Strategy value) {
            strategy = value;
            return this;
        }

        /** Threads that share the rows of a layer; default 1. In a pipeline, threads that share the layers. */
        public Context threads(final int value) {
            threads = value;
            return this;
        }

        /** Whether input currents are kept, for {@link Simulator#current}; default false. */
        public Context recordCurrents(final boolean value) {
            recordCurrents = value;
            return this;
        }

        /** Who is told what each layer emits; default nobody. */
        public Context listener(final StepListener value) {
            listener = value;
            return this;
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
        }
    }
}
