package org.spikemeter.engine.simulate;

import java.io.IOException;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.network.Network;

/** Runs a network over a source of steps: {@link Simulator} in sequence, {@link PipelinedSimulator} over rings. */
public sealed interface StepRunner extends AutoCloseable permits Simulator, PipelinedSimulator {
    /** The network. */
    Network network();

    /**
     * Starts anew and steps until the source ends.
     *
     * @param source steps on the network's input grid; not closed
     * @return the number of steps
     * @throws IOException where the source cannot be read
     * @throws IllegalArgumentException where its grid is not the network's
     */
    int run(StepSource source) throws IOException;

    /**
     * The counts since the start of the run; live, but for {@link Operation#MEMBRANE_CHANGES}: those of neurons that
     * are left alone while nothing reaches them are complete up to the last step at each call.
     */
    OperationCounts counts();

    /**
     * What a layer emitted in the last step.
     *
     * @param layer name of a layer of neurons, or of the last layer
     * @param into replaced; on the layer's grid
     * @throws IllegalArgumentException where no such layer emits events, or its grid is another
     */
    void spikes(String layer, StepEvents into);

    /**
     * Copies the potentials of a layer after the last step.
     *
     * @param layer name of a layer of neurons
     * @param into [neurons], by address
     * @throws IllegalArgumentException where there is no such layer of neurons
     */
    void membrane(String layer, float[] into);

    /**
     * Copies the input currents of a layer in the last step, bias included; of neurons with a synaptic current that.
     *
     * @param layer name of a layer of neurons, or of the last layer
     * @param into [neurons], by address
     * @throws IllegalArgumentException where there is no such layer, or currents are not recorded
     */
    void current(String layer, float[] into);

    /** One line for people: how this runs. */
    String describe();

    @Override
    void close();
}
