package org.spikemeter.engine.simulate;

import org.spikemeter.engine.aer.StepEvents;

/**
 * Is told what goes on in a run: what comes in, and what each layer did in each step, with addresses, counts and memory
 * traffic. Without a listener nothing is collected for one.
 *
 * <p>In a pipeline the input is reported by the thread that feeds it and each layer by the thread that runs it: the
 * steps of one layer still come in order, but those of different layers come at the same time, from different threads.
 */
@FunctionalInterface
public interface StepListener {
    /**
     * Called once for each step, before any layer has run it. Does nothing unless it is overridden.
     *
     * @param step the step, from 0
     * @param events the input; reused, so copy what is to be kept
     */
    default void onInput(final int step, final StepEvents events) {
    }

    /**
     * Called once for each projection of each step, when the step of the layer is complete: steps of one layer come in
     * order; in one step, layers come in order.
     *
     * @param batch what the layer did; reused, so copy what is to be kept
     */
    void onLayer(LayerStep batch);
}
