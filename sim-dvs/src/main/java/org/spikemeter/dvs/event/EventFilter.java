package org.spikemeter.dvs.event;

/**
 * Changes events on their way: leaves some out, moves others; never adds any. Keeps what it must know from batch to
 * batch, so that the result does not depend on where batches end. Used by one thread.
 */
@FunctionalInterface
public interface EventFilter {
    /** Changes a batch in place; the order of what is left stays. */
    void apply(EventBatch batch);
}
