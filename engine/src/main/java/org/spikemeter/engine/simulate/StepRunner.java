package org.spikemeter.engine.simulate;

import java.io.IOException;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.network.Network;

/** Runs a network over a source of steps: {@link Simulator} in sequence, {@link PipelinedSimulator} over rings. */
public sealed interface StepRunner extends AutoCloseable permits Simulator {
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

    /** The counts since the start of the run; live. */
    OperationCounts counts();

    /** One line for people: how this runs. */
    String describe();

    @Override
    void close();
}
