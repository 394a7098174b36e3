package org.spikemeter.runtime.metering;

import java.util.concurrent.locks.StampedLock;
import org.spikemeter.engine.count.OperationTotals;
import org.spikemeter.runtime.pipeline.PipelineBatch;
import org.spikemeter.runtime.pipeline.PipelineSink;

/** Adds up what batches say of themselves. The sink's thread writes, without allocation; any thread reads. */
public final class RateMeter implements PipelineSink {
    /** Read optimistically alone, so that the one who writes never waits. */
    private final StampedLock lock = new StampedLock();
    private long events;
    private long steps;
    private OperationTotals operations = Work.NONE.operations();

    @Override
    public String name() {
        return "rates";
    }

    @Override
    public void onBatch(final PipelineBatch batch, final boolean endOfBurst) {
        final long stamp = lock.writeLock();
        try {
            if (operations.entries() == 0) {
                operations = new OperationTotals(batch.operations().entries());
            }
            events += batch.input().size();
            steps += batch.outputs().steps();
            operations.add(batch.operations());
        } finally {
            lock.unlockWrite(stamp);
        }
    }

    /** The sums since the start, all of the same batches. */
    public Work work() {
        while (true) {
            final long stamp = lock.tryOptimisticRead();
            if (stamp != 0) {
                final Work work = new Work(events, steps, operations.copy());
                if (lock.validate(stamp)) {
                    return work;
                }
            }
            Thread.onSpinWait();
        }
    }
}
