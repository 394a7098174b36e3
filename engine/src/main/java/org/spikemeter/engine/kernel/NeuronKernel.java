package org.spikemeter.engine.kernel;

import org.spikemeter.engine.aer.EventGrid;

/** Updates neurons of a row: adds the bias, charges, fires, resets, and writes the row's spikes. */
public interface NeuronKernel {
    /**
     * Takes the input sums of pixels {@code fromX} to {@code toX - 1} and leaves their potentials and spikes, keys and
     * index, and the bits of vectors where {@link #bitLanes} says so.
     *
     * @param update the neurons and their bias
     * @param sums input sums, of the first neuron at {@code from}; not needed afterwards
     * @param from place of the first sum
     * @param membrane potentials of the layer, replaced
     * @param output grid of the layer's spikes; whoever updates the last pixels of a row ends it
     * @param y the row
     * @param place where the first spike goes
     * @return the number of spikes, and in the upper 32 bits the number of neurons whose potential changed in any bit
     */
    long update(
        NeuronUpdate update, float[] sums, int from, float[] membrane, EventGrid output, int y, int fromX, int toX,
        int place);

    /** Lanes of the vectors whose bits the kernel leaves on a grid; 0 for none. See {@link EventGrid#vectorBits}. */
    int bitLanes(EventGrid output);

    /**
     * Lets neurons go through steps without events in which none of them fires: what {@link #update} would do, again
     * and again.
     *
     * @param update the neurons and their bias
     * @param membrane potentials of the layer
     * @param first address of the first neuron of a pixel
     * @param channels neurons of the pixel
     * @param steps 1 or more
     * @param changes at {@code step}, and so on for each step, the number of potentials that changed is added
     * @param scratch at least {@code channels} numbers
     */
    void pass(
        NeuronUpdate update, float[] membrane, int first, int channels, int steps, long[] changes, int step,
        float[] scratch);

    /** True where each potential, from {@code first} on, is at least its lowest and at most its highest. */
    boolean isWithin(float[] membrane, int first, float[] lowest, float[] highest);
}
