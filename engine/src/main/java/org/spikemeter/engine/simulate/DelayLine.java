package org.spikemeter.engine.simulate;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.StepEvents;

/** Events on their way for some steps: a ring of as many grids. Before anything has come through it gives no events. */
final class DelayLine {
    private final int source;
    private final EventGrid[] ring;
    private final StepEvents copy;
    private int next;

    /**
     * @param inflow with a delay of at least 1
     * @param valued whether the events may have values
     */
    DelayLine(final Inflow inflow, final boolean valued) {
        this.source = inflow.source();
        this.ring = new EventGrid[inflow.delay()];
        for (int i = 0; i < ring.length; i++) {
            ring[i] = new EventGrid(inflow.input(), valued);
        }
        this.copy = new StepEvents(inflow.input());
    }

    /** Projection whose events these are, or {@link Inflow#INPUT}. */
    int source() {
        return source;
    }

    /** The events that come out in this step. */
    EventGrid out() {
        return ring[next];
    }

    /** Takes this step's events in the place of those that came out. */
    void in(final EventGrid events) {
        events.store(copy);
        ring[next].load(copy);
        next = (next + 1) % ring.length;
    }

    void clear() {
        for (final EventGrid grid : ring) {
            grid.clear();
        }
        next = 0;
    }
}
