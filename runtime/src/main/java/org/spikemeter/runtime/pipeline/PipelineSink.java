package org.spikemeter.runtime.pipeline;

import java.io.IOException;

/** Takes what the readout has decided; each sink has a thread of its own, and all see every batch, in order. */
public interface PipelineSink {
    /** What messages call it. */
    String name();

    /**
     * Called once for each batch.
     *
     * @param batch not to be kept: it goes round
     * @param endOfBurst true where no further batch is ready, so that what is written can be flushed
     * @throws IOException where it cannot be taken; the pipeline then stops, and says so
     */
    void onBatch(PipelineBatch batch, boolean endOfBurst) throws IOException;
}
