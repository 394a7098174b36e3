package org.spikemeter.engine.kernel;

import org.spikemeter.engine.aer.EventGrid;

/** Updates a row of neurons: adds the bias, charges, fires, resets, and writes the row's spikes. */
public interface NeuronKernel {
    /**
     * Takes the row's input sums and leaves its potentials and its spikes, keys and index.
     *
     * @param update the neurons and their bias
     * @param sums input sums, of the row's first neuron at {@code from}; not needed afterwards
     * @param from place of the row's first sum
     * @param membrane potentials of the layer, replaced
     * @param output grid of the layer's spikes
     * @param y the row
     * @return the number of spikes, and in the upper 32 bits the number of neurons whose potential changed in any bit
     */
    long updateRow(NeuronUpdate update, float[] sums, int from, float[] membrane, EventGrid output, int y);
}
