package org.spikemeter.runtime.pipeline;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.ExceptionHandler;

/**
 * A stage of the pipeline: does its work on each batch, and times it. Where a stage has failed, it and those behind it
 * let batches pass untouched, so that the ring runs empty and every batch is accounted for.
 */
abstract class Stage implements EventHandler<PipelineBatch>, ExceptionHandler<PipelineBatch> {
    private final LatencyMeter latency;
    private final Fault fault;

    Stage(final String name, final Fault fault) {
        this.latency = new LatencyMeter(name);
        this.fault = fault;
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
            return;
        }
        final long start = System.nanoTime();
        work(batch, endOfBatch);
        latency.record(System.nanoTime() - start);
        dropInterrupt();
    }

    /** True for a stage that sees abandoned batches, too. */
    boolean passesAlways() {
        return false;
    }

    /** Does the work. */
    abstract void work(PipelineBatch batch, boolean endOfBurst) throws Exception;

    /** The first fault stops the pipeline; the batch is lost, the thread goes on to let the others pass. */
    @Override
    public final void handleEventException(final Throwable thrown, final long sequence, final PipelineBatch batch) {
        fault.set(new PipelineException(name(), batch.number(), thrown));
        batch.abandon();
        dropInterrupt();
    }

    /** Sinks may interrupt their own thread; a stage that goes on waiting for batches must not be woken by it. */
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
