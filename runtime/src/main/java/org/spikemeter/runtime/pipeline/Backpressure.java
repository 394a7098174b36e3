package org.spikemeter.runtime.pipeline;

/** What a source does where the pipeline is behind and all batches are under way. */
public enum Backpressure {
    /** It waits: nothing is lost, and a stream from outside waits or is lost before it. */
    BLOCK,

    /**
     * The batch that has waited longest is given up, and counted; the newest events are always taken.
     * The network's clock skips the time that it took, and a clip that began with it begins with the next one.
     */
    DROP_OLDEST
}
