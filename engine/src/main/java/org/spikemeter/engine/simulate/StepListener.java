package org.spikemeter.engine.simulate;

import org.spikemeter.engine.aer.StepEvents;

/** Is told what a layer emitted in a step. */
@FunctionalInterface
public interface StepListener {
    /**
     * Called once for each projection of each step, when the layer's events of the step are complete: steps of one
     * layer come in order; in one step, layers come in order.
     *
     * <p>In a pipeline, each layer is reported by the thread that runs it: the steps of one layer still come in order,
     * but those of different layers come at the same time, from different threads.
     *
     * @param layer index of the layer in the network
     * @param step the step, from 0
     * @param events what it emitted; reused, so copy what is to be kept
     */
    void onStep(int layer, int step, StepEvents events);
}
