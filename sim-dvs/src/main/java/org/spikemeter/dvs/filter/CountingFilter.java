package org.spikemeter.dvs.filter;

import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventFilter;

/** A filter that knows what it is called and how many events it let pass. */
public abstract class CountingFilter implements EventFilter {
    private long passed;
    private long removed;

    CountingFilter() {
    }

    @Override
    public final void apply(final EventBatch batch) {
        final int events = batch.size();
        filter(batch);
        passed += batch.size();
        removed += events - batch.size();
    }

    /** Changes a batch in place. */
    abstract void filter(EventBatch batch);

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
