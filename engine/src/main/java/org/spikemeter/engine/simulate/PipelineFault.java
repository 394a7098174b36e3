package org.spikemeter.engine.simulate;

import java.util.concurrent.atomic.AtomicReference;

/** The first fault of any agent of a pipeline. */
final class PipelineFault {
    private final AtomicReference<Throwable> first = new AtomicReference<>();

    void record(final Throwable thrown) {
        first.compareAndSet(null, thrown);
    }

    boolean isRecorded() {
        return first.get() != null;
    }

    void rethrow() {
        final Throwable thrown = first.get();
        if (thrown != null) {
            throw new IllegalStateException("an agent of the pipeline failed: " + thrown, thrown);
        }
    }
}
