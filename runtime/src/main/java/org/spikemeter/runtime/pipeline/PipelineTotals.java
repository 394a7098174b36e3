package org.spikemeter.runtime.pipeline;

/**
 * The books of a pipeline. When it has ended, {@code accepted = processed + dropped + abandoned}; before that, the
 * difference is under way.
 *
 * @param accepted events that sources handed over
 * @param processed events that went through all stages and sinks
 * @param dropped events given up because the pipeline was behind
 * @param abandoned events that were under way when a stage failed
 * @param droppedBatches batches given up because the pipeline was behind
 * @param batches batches processed
 * @param steps steps of the network
 */
public record PipelineTotals(
    long accepted, long processed, long dropped, long abandoned, long droppedBatches, long batches, long steps) {
    /** Events that are neither processed nor given up yet. */
    public long underWay() {
        return accepted - processed - dropped - abandoned;
    }
}
