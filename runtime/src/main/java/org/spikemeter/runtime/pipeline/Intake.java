package org.spikemeter.runtime.pipeline;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;

/**
 * Where any number of sources hand over their batches: a fixed number of batches that are free, being filled, or
 * waiting. Where none is free, {@link Backpressure} decides. Safe for use by several threads at once.
 */
public final class Intake {
    private static final int SPINS = 100;
    private static final long PARK_NANOS = 200_000;

    private final Backpressure backpressure;
    private final MpmcVarHandleArrayQueue<InputBatch> free;
    private final MpmcVarHandleArrayQueue<InputBatch> waiting;
    private final AtomicLong acceptedEvents = new AtomicLong();
    private final AtomicLong droppedEvents = new AtomicLong();
    private final AtomicLong droppedBatches = new AtomicLong();
    /** Whoever takes the oldest batch holds this, so that the batch behind those that are dropped knows of it. */
    private final Object oldest = new Object();
    private boolean droppedBefore;
    private boolean clipStartDropped;
    private volatile boolean closed;
    /** Takes what is handed over. */
    private volatile Thread taker;

    Intake(final Backpressure backpressure, final int batches, final int batchEvents) {
        this.backpressure = backpressure;
        this.free = new MpmcVarHandleArrayQueue<>(batches);
        this.waiting = new MpmcVarHandleArrayQueue<>(batches);
        for (int i = 0; i < batches; i++) {
            free.add(new InputBatch(batchEvents));
        }
    }

    /**
     * A batch to fill, empty.
     *
     * @return null where the pipeline takes no more
     * @throws InterruptedException where the thread is interrupted while it waits
     */
    public InputBatch claim() throws InterruptedException {
        int tries = 0;
        while (!closed) {
            InputBatch batch = free.poll();
            if (batch == null && backpressure == Backpressure.DROP_OLDEST) {
                batch = dropOldest();
            }
            if (batch != null) {
                batch.clear();
                return batch;
            }
            tries = pause(tries);
        }
        return null;
    }

    /** Hands over a batch that was claimed; its events count as accepted from here on. */
    public void accept(final InputBatch batch) {
        acceptedEvents.addAndGet(batch.size());
        waiting.add(batch);
        wakeTaker();
    }

    /** Gives back a batch that was claimed and has nothing in it. */
    public void release(final InputBatch batch) {
        free.add(batch);
    }

    /** The batch that has waited longest; null for none. */
    InputBatch poll() {
        if (backpressure == Backpressure.BLOCK) {
            return waiting.poll();
        }
        synchronized (oldest) {
            final InputBatch batch = waiting.poll();
            if (batch != null && droppedBefore) {
                batch.setBehindDropped(batch.startsClip() || clipStartDropped);
                droppedBefore = false;
                clipStartDropped = false;
            }
            return batch;
        }
    }

    /** Says whose thread polls; it is told of each batch, and of the end. */
    void setTaker(final Thread thread) {
        taker = thread;
    }

    /**
     * Lets the taker look again. Where it is not parked, its next {@link #park} returns at once: between a poll in
     * vain and that nothing gets lost.
     */
    void wakeTaker() {
        LockSupport.unpark(taker);
    }

    /** Waits, as the taker, for the next batch, room, or the end; it may return for nothing. Drops interrupts. */
    void park() {
        LockSupport.park(this);
        Thread.interrupted();
    }

    /** Gives up the batch that has waited longest; null for none. */
    private InputBatch dropOldest() {
        synchronized (oldest) {
            final InputBatch batch = waiting.poll();
            if (batch != null) {
                droppedBefore = true;
                clipStartDropped |= batch.startsClip();
                droppedEvents.addAndGet(batch.size());
                droppedBatches.incrementAndGet();
            }
            return batch;
        }
    }

    /** No more batches are given out. */
    void close() {
        closed = true;
        wakeTaker();
    }

    /**
     * Waits for a free batch, longer where it was in vain often.
     *
     * @param tries how often it was in vain
     * @return how often with this time
     */
    private static int pause(final int tries) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (tries < SPINS) {
            Thread.onSpinWait();
            return tries + 1;
        }
        LockSupport.parkNanos(PARK_NANOS);
        return SPINS;
    }

    /** Events in all batches that were accepted. */
    public long acceptedEvents() {
        return acceptedEvents.get();
    }

    /** Events in batches that were given up. */
    public long droppedEvents() {
        return droppedEvents.get();
    }

    /** Batches that were given up. */
    public long droppedBatches() {
        return droppedBatches.get();
    }
}
