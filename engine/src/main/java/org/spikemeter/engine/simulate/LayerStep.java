package org.spikemeter.engine.simulate;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.LayerCounts;
import org.spikemeter.engine.count.Operation;

/**
 * What one projection (synapses and the neurons behind them) did in one step: the batch that a {@link StepListener}
 * gets. What came in are the events of the layer before, or the network's input.
 */
public final class LayerStep {
    private final Projection projection;
    private final EventGrid output;
    private final LayerCounts counts;
    private final StepEvents events;
    private int step;
    private boolean stored;

    LayerStep(final Projection projection, final EventGrid output, final LayerCounts counts) {
        this.projection = projection;
        this.output = output;
        this.counts = counts;
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
            output.store(events);
            stored = true;
        }
        return events;
    }

    /** What was counted in this step: operations, and memory traffic in elements. */
    public long count(final Operation operation) {
        return counts.get(operation, step);
    }
}
