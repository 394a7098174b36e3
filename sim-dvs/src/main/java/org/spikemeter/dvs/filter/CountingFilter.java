package org.spikemeter.dvs.filter;

import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.engine.FormatException;

/**
 * Changes events on their way: leaves some out, moves others; never adds any. Keeps what it must know from batch to
 * batch, so that the result does not depend on where batches end. Knows what it is called and how many events it let
 * pass. Used by one thread.
 */
public abstract class CountingFilter {
    private long passed;
    private long removed;

    CountingFilter() {
    }

    /**
     * Changes a batch in place; the order of what is left stays.
     *
     * @throws FormatException where events lie too far apart to remember their pixels
     */
    public final void apply(final EventBatch batch) throws FormatException {
        final int events = batch.size();
        filter(batch);
        passed += batch.size();
        removed += events - batch.size();
    }

    /** Changes a batch in place; what it leaves out is counted by what is missing. */
    abstract void filter(EventBatch batch) throws FormatException;

    /** What it is, as it is asked for: {@code ba:5ms}. */
    public abstract String describe();

    /** Events that went on, so far. */
    public final long passed() {
        return passed;
    }

    /** Events that were left out, so far. */
    public final long removed() {
        return removed;
    }
}
