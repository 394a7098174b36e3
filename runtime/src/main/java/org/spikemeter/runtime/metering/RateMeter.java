package org.spikemeter.runtime.metering;

import org.spikemeter.runtime.pipeline.PipelineBatch;
import org.spikemeter.runtime.pipeline.PipelineSink;

/**
 * Adds up what batches say of themselves. The sink's thread writes, without waiting and without allocation; any thread
 * reads.
 */
public final class RateMeter implements PipelineSink {
    private volatile long events;
    private volatile long steps;
    private volatile long spikes;
    private volatile long accumulates;
    private volatile long multiplyAccumulates;

    @Override
    public String name() {
        return "rates";
    }

    @Override
    public void onBatch(final PipelineBatch batch, final boolean endOfBurst) {
        events = events + batch.input().size();
        steps = steps + batch.outputs().steps();
        spikes = spikes + batch.spikes();
        accumulates = accumulates + batch.accumulates();
        multiplyAccumulates = multiplyAccumulates + batch.multiplyAccumulates();
    }

    /** The sums since the start; those of one batch may be in some of them and not yet in others. */
    public Work work() {
        return new Work(events, steps, spikes, accumulates, multiplyAccumulates);
    }
}
