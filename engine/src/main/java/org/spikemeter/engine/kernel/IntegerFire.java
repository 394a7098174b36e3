package org.spikemeter.engine.kernel;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.count.UpdateTally;
import org.spikemeter.engine.integer.IntegerNeurons;

/** Charges, fires and resets a row of integer neurons; see {@link IntegerNeurons} for the equations. */
public interface IntegerFire {
    /**
     * Replaces the potentials of a row and writes its spikes, keys and index.
     *
     * @param neurons the equation
     * @param input integer input of each neuron of the row
     * @param membrane potentials of the layer, replaced
     * @param output grid of the layer's spikes
     * @param y the row
     * @param tally where spikes, changed potentials and overflows are added
     */
    void fireRow(
        IntegerNeurons neurons, int[] input, int[] membrane, EventGrid output, int y, UpdateTally tally);

    /**
     * The same for inputs that are a bias and sums that a slide made: what {@link IntegerSlide#addTo} would add to the
     * bias. The sums are zero then.
     *
     * @param slide asked for row {@code y} last
     * @param shift of the sums
     * @param bias integer bias of each neuron of the row
     * @param input scratch, as large as the row
     */
    default void fireSums(
        final IntegerNeurons neurons, final IntegerSlide slide, final int shift, final int[] bias, final int[] input,
        final int[] membrane, final EventGrid output, final int y, final UpdateTally tally) {
        System.arraycopy(bias, 0, input, 0, output.shape().width() * output.shape().channels());
        slide.addTo(y, shift, input);
        fireRow(neurons, input, membrane, output, y, tally);
    }
}
