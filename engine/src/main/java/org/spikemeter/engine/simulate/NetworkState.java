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
        boolean valued = true;
        for (int i = 0; i < states.length; i++) {
            states[i] = new ProjectionState(
                projections.get(i), valued, kernels, context, threadsALayer);
            valued = states[i].isValued();
            batches[i] = listener == null ? null
                : new LayerStep(projections.get(i), states[i].output(), states[i].counts());
        }
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
            entries.add(new OperationCounts.Entry(
                state.projection().synapticLayer(), state.projection().outputLayer(), state.projection().memory(),
                state.counts()));
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
