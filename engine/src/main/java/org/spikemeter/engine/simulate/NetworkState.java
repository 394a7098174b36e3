package org.spikemeter.engine.simulate;

import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;

/** A network in simulation: the states of its projections, and what can be asked about them. */
final class NetworkState {
    private final Network network;
    private final ProjectionState[] states;
    private final StepListener listener;
    private final LayerStep[] batches;
    private final DelayLine[] delays;
    private final DelayLine[][] delay;

    /**
     * Compiles the network.
     *
     * @param context concluded
     * @param kernels what runs it
     * @param threadsALayer threads that share the rows of one layer
     */
    NetworkState(final Simulator.Context context, final Kernels kernels, final int threadsALayer) {
        this.network = context.network();
        this.listener = context.listener();
        final List<Projection> projections = NetworkCompiler.compile(network);
        this.states = new ProjectionState[projections.size()];
        this.batches = new LayerStep[states.length];
        this.delay = new DelayLine[states.length][];
        final boolean[] movesOnly = Moves.of(projections);
        final IntegerCompiler integers =
            new IntegerCompiler(network, projections, movesOnly, context.quantisation());
        final List<DelayLine> lines = new ArrayList<>();
        for (int i = 0; i < states.length; i++) {
            final List<Inflow> inflows = projections.get(i).inflows();
            final boolean[] valued = integers.valued(i);
            states[i] = new ProjectionState(
                projections.get(i), movesOnly[i], valued, kernels, context, integers.layer(i, valued),
                threadsALayer);
            batches[i] = listener == null ? null
                : new LayerStep(states[i]);
            delay[i] = new DelayLine[inflows.size()];
            for (int j = 0; j < valued.length; j++) {
                if (inflows.get(j).delay() > 0) {
                    delay[i][j] = new DelayLine(inflows.get(j), valued[j]);
                    lines.add(delay[i][j]);
                }
            }
        }
        this.delays = lines.toArray(DelayLine[]::new);
    }

    int size() {
        return states.length;
    }

    ProjectionState projection(final int index) {
        return states[index];
    }

    void reset() {
        for (final ProjectionState state : states) {
            state.reset();
        }
        for (final DelayLine line : delays) {
            line.clear();
        }
    }

    /** The events that an inflow takes in a step, with the network's input of the step. */
    EventGrid source(final int projection, final int inflow, final EventGrid input) {
        final Inflow way = states[projection].inflow(inflow).inflow();
        if (delay[projection][inflow] != null) {
            return delay[projection][inflow].out();
        }
        return way.source() == Inflow.INPUT ? input : states[way.source()].output();
    }

    /** Lets the step's events into the delays; after all projections have run. */
    void endStep(final EventGrid input) {
        for (final DelayLine line : delays) {
            line.in(line.source() == Inflow.INPUT ? input : states[line.source()].output());
        }
    }

    /** Tells the listener, if there is one, what comes in. */
    void reportInput(final int step, final StepEvents events) {
        if (listener != null) {
            listener.onInput(step, events);
        }
    }

    /** Tells the listener, if there is one, what a projection did. */
    void report(final int index, final int step) {
        if (listener != null) {
            listener.onLayer(batches[index].at(step));
        }
    }

    void requireGrid(final Shape shape) {
        if (!shape.equals(network.input())) {
            throw new IllegalArgumentException("network '" + network.name() + "' takes input of " + network.input()
                + " (channels x height x width), found " + shape);
        }
    }

    OperationCounts counts() {
        final List<OperationCounts.Entry> entries = new ArrayList<>();
        for (final ProjectionState state : states) {
            state.settle();
            for (int i = 0; i < state.inflows(); i++) {
                final Inflow inflow = state.inflow(i).inflow();
                entries.add(new OperationCounts.Entry(inflow.synapticLayer(),
                    i == 0 ? state.projection().outputLayer() : OperationCounts.NO_LAYER,
                    state.projection().memory(inflow), state.inflow(i).counts()));
            }
        }
        return new OperationCounts(entries);
    }

    void spikes(final String layer, final StepEvents into) {
        final EventGrid output = state(layer).output();
        if (!into.shape().equals(output.shape())) {
            throw new IllegalArgumentException("layer '" + layer + "' has the grid " + output.shape()
                + " (channels x height x width), found " + into.shape());
        }
        output.store(into);
    }

    void membrane(final String layer, final float[] into) {
        copy(layer, state(layer).membrane(), into, "has no membrane");
    }

    void current(final String layer, final float[] into) {
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
}
