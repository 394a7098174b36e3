package org.spikemeter.runtime.pipeline;

import java.util.concurrent.atomic.AtomicReference;

/** The first thing that went wrong in a pipeline. Safe for use by several threads at once. */
final class Fault {
    private final AtomicReference<PipelineException> first = new AtomicReference<>();
    private final Runnable whenSet;

    /**
     * Nothing yet.
     *
     * @param whenSet called once, by the thread that failed first
     */
    Fault(final Runnable whenSet) {
        this.whenSet = whenSet;
    }

    boolean isSet() {
        return first.get() != null;
    }

    PipelineException get() {
        return first.get();
    }

    /** Keeps it, where it is the first. */
    void set(final PipelineException exception) {
        if (first.compareAndSet(null, exception)) {
            whenSet.run();
        }
    }
}
