package org.spikemeter.runtime.pipeline;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.WaitStrategy;

/**
 * A stage of the pipeline: does its work on each batch, and times it. A batch goes on to the next stage as soon as its
 * work is done, also where more batches wait. Where a stage has failed, it and those behind it let batches pass
 * untouched, so that the ring runs empty and every batch is accounted for.
 */
abstract class Stage implements EventHandler<PipelineBatch>, ExceptionHandler<PipelineBatch> {
    private final LatencyMeter latency;
    private final Fault fault;
    private WaitStrategy waiting;
    private Sequence done;
    private long leftOutNanos;

    Stage(final String name, final Fault fault) {
        this.latency = new LatencyMeter(name);
        this.fault = fault;
    }

    /** How the stages wait that have to be told of each batch; before the pipeline starts. */
    final void setWaiting(final WaitStrategy strategy) {
        waiting = strategy;
    }

    @Override
    public final void setSequenceCallback(final Sequence sequence) {
        done = sequence;
    }

    final String name() {
        return latency.name();
    }

    final LatencyMeter latency() {
        return latency;
    }

    final Fault fault() {
        return fault;
    }

    @Override
    public final void onEvent(final PipelineBatch batch, final long sequence, final boolean endOfBatch)
        throws Exception {
        if (fault.isSet() && !passesAlways()) {
            batch.abandon();
        } else {
            dropInterrupt();
            leftOutNanos = 0;
            final long start = System.nanoTime();
            work(batch, endOfBatch);
            latency.record(System.nanoTime() - start - leftOutNanos);
            dropInterrupt();
        }
        passOn(sequence);
    }

    private void passOn(final long sequence) {
        done.set(sequence);
        waiting.signalAllWhenBlocking();
        afterPass();
    }

    /** A batch has gone on. */
    void afterPass() {
    }

    /** True for a stage that sees abandoned batches, too. */
    boolean passesAlways() {
        return false;
    }

    /** Time of the work that was a wait for somebody to let it go on is not counted. */
    final void leaveOut(final long nanos) {
        leftOutNanos += nanos;
    }

    /** Does the work. */
    abstract void work(PipelineBatch batch, boolean endOfBurst) throws Exception;

    /** The first fault stops the pipeline; the batch is lost, the thread goes on to let the others pass. */
    @Override
    public final void handleEventException(final Throwable thrown, final long sequence, final PipelineBatch batch) {
        fault.set(new PipelineException(name(), batch.number(), thrown));
        batch.abandon();
        dropInterrupt();
        passOn(sequence);
    }

    /** Interrupts are for nobody here: work must not fail by one, nor a wait for the next batch end. */
    private static void dropInterrupt() {
        Thread.interrupted();
    }

    @Override
    public final void handleOnStartException(final Throwable thrown) {
        fault.set(new PipelineException(name(), PipelineException.NO_BATCH, thrown));
    }

    @Override
    public final void handleOnShutdownException(final Throwable thrown) {
        fault.set(new PipelineException(name(), PipelineException.NO_BATCH, thrown));
    }
}
