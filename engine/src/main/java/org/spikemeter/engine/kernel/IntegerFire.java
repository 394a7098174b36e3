package org.spikemeter.engine.kernel;

import org.spikemeter.engine.count.UpdateTally;
import org.spikemeter.engine.integer.IntegerNeurons;

/** Charges, fires and resets a row of integer neurons; see {@link IntegerNeurons} for the equations. */
public interface IntegerFire {
    /**
     * Replaces the potentials of a row and appends the keys of the neurons that fired.
     *
     * @param neurons the equation
     * @param input integer input of each neuron of the row
     * @param membrane potentials of the layer, replaced
     * @param offset address of the row's first neuron
     * @param size neurons of the row
     * @param keys where the keys of the spikes are written, as in {@link FireKernel}
     * @param place place of the first key
     * @param tally where changed potentials and overflows are added
     * @return the number of spikes
     */
    int fireRow(
        IntegerNeurons neurons, int[] input, int[] membrane, int offset, int size, int[] keys, int place,
        UpdateTally tally);
}
