package org.spikemeter.engine.simulate;

import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;

/**
 * What one projection (synapses and the neurons behind them) did in one step: the batch that a {@link StepListener}
 * gets. What came in are the events of the layer before, or the network's input.
 */
public final class LayerStep {
    private final ProjectionState state;
    private final Projection projection;
    private final StepEvents events;
    private int step;
    private boolean stored;

    LayerStep(final ProjectionState state) {
        this.state = state;
        this.projection = state.projection();
        this.events = new StepEvents(projection.output());
    }

    LayerStep at(final int newStep) {
        step = newStep;
        stored = false;
        return this;
    }

    /** Index in the network of the layer that emits: the neurons, or the synapses where no neurons follow. */
    public int layer() {
        return projection.outputLayer();
    }

    /** Index in the network of the layer whose synapses did the work. */
    public int synapticLayer() {
        return projection.synapticLayer();
    }

    /** The step, from 0. */
    public int step() {
        return step;
    }

    /** What the layer emitted, by ascending address; copied out when it is first asked for. */
    public StepEvents events() {
        if (!stored) {
            state.output().store(events);
            stored = true;
        }
        return events;
    }

    /**
     * What was counted in this step: operations, and memory traffic in elements. Who asks for
     * {@link Operation#MEMBRANE_CHANGES} brings all neurons up to date, also those that could be left alone.
     */
    public long count(final Operation operation) {
        if (operation == Operation.MEMBRANE_CHANGES) {
            state.settle();
        }
        return state.counts().get(operation, step);
    }
}
