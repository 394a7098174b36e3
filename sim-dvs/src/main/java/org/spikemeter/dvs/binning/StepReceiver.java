package org.spikemeter.dvs.binning;

import org.spikemeter.engine.aer.StepEvents;

/** Is given the steps of a stream as they end. */
public interface StepReceiver {
    /**
     * A step with events.
     *
     * @param step reused, so copy what is to be kept
     * @param arrivalNanos when the first of its events arrived
     */
    void onStep(StepEvents step, long arrivalNanos);

    /** So many steps in a row without an event. */
    void onSilence(long steps);
}
