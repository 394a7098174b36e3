package org.spikemeter.runtime.pipeline;

import java.io.IOException;

/** Gives batches to a sink. */
final class SinkStage extends Stage {
    private final PipelineSink sink;

    SinkStage(final PipelineSink sink, final Fault fault) {
        super(sink.name(), fault);
        this.sink = sink;
    }

    @Override
    void work(final PipelineBatch batch, final boolean endOfBurst) throws IOException {
        sink.onBatch(batch, endOfBurst);
    }
}
