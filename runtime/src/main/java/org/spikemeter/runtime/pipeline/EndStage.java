package org.spikemeter.runtime.pipeline;

import java.util.concurrent.CountDownLatch;

/** Behind all sinks: keeps the books. Every event that was let into the ring is counted here, once. */
final class EndStage extends Stage {
    static final String NAME = "end";

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long processedEvents;
    private volatile long abandonedEvents;
    private volatile long processedBatches;
    private volatile long steps;

    private final Runnable whenFree;

    /**
     * Nothing has ended.
     *
     * @param whenFree called where a slot of the ring has become free
     */
    EndStage(final Fault fault, final Runnable whenFree) {
        super(NAME, fault);
        this.whenFree = whenFree;
    }

    @Override
    void afterPass() {
        whenFree.run();
    }

    @Override
    boolean passesAlways() {
        return true;
    }

    @Override
    void work(final PipelineBatch batch, final boolean endOfBurst) {
        if (batch.isAbandoned()) {
            abandonedEvents = abandonedEvents + batch.input().size();
        } else {
            processedEvents = processedEvents + batch.input().size();
            processedBatches = processedBatches + 1;
            steps = batch.totalSteps();
        }
        if (batch.isLast()) {
            ended.countDown();
        }
    }

    void await() throws InterruptedException {
        ended.await();
    }

    long processedEvents() {
        return processedEvents;
    }

    long abandonedEvents() {
        return abandonedEvents;
    }

    long processedBatches() {
        return processedBatches;
    }

    long steps() {
        return steps;
    }
}
