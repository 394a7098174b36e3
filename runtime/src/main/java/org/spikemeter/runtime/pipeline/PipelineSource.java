package org.spikemeter.runtime.pipeline;

import java.io.IOException;

/** Where batches come from; each has a thread of its own. */
public interface PipelineSource extends AutoCloseable {
    /** What messages call it. */
    String name();

    /**
     * Fills batches until there is no more, or until {@link Intake#claim} gives null.
     *
     * @throws IOException where the input cannot be read; the pipeline then stops, and says so
     * @throws InterruptedException where the thread was told to stop while it waited
     */
    void run(Intake intake) throws IOException, InterruptedException;

    /** Ends {@link #run} soon, also where it waits for input; called from any thread. */
    @Override
    void close() throws IOException;
}
