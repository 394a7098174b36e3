package org.spikemeter.engine.kernel;

import org.spikemeter.engine.neuron.NeuronModel;

/** Fires and resets a row of charged neurons, and writes their spikes. */
public interface FireKernel {
    /**
     * Compares charged potentials with the threshold, stores the potentials after reset, and appends the keys of the
     * neurons that fired.
     *
     * @param model threshold, reset and firing rule
     * @param charged charged potentials of the row
     * @param membrane potentials of the layer, replaced
     * @param offset address of the row's first neuron
     * @param size neurons of the row
     * @param keys where the keys (index in the row) of the spikes are written, ascending, with room for
     *     {@link org.spikemeter.engine.aer.EventGrid#SLACK} more than the row's neurons
     * @param place place of the first key
     * @return the number of spikes, and in the upper 32 bits the number of neurons whose potential changed in any bit
     */
    long fireRow(NeuronModel model, float[] charged, float[] membrane, int offset, int size, int[] keys, int place);
}
