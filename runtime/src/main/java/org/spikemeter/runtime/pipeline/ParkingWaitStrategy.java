package org.spikemeter.runtime.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Parks a stage until what it waits for is there, from the producer or from the stage before it. The Disruptor's own
 * {@code BlockingWaitStrategy} blocks for the producer alone: while one stage works, all stages behind it spin, and
 * with fewer processors than stages they take the processor from the one that they wait for.
 *
 * <p>A stage must therefore signal, too, after each batch. A signal wakes those that can go on, and no others.
 *
 * <p>An interrupt is dropped: the Disruptor takes it for a fault of the batch that a stage waits for, and goes past a
 * batch that is not there yet.
 */
final class ParkingWaitStrategy implements WaitStrategy {
    /** What a stage's thread waits for. */
    private static final class Waiter {
        private final Thread thread = Thread.currentThread();
        private Sequence before;
        private long sequence;
        private SequenceBarrier barrier;
        private volatile boolean waits;

        private boolean canGoOn() {
            return before.get() >= sequence || barrier.isAlerted();
        }
    }

    private final ThreadLocal<Waiter> own = ThreadLocal.withInitial(this::register);
    private volatile Waiter[] waiters = {};

    private synchronized Waiter register() {
        final Waiter waiter = new Waiter();
        final Waiter[] more = Arrays.copyOf(waiters, waiters.length + 1);
        more[waiters.length] = waiter;
        waiters = more;
        return waiter;
    }

    @Override
    public long waitFor(
        final long sequence, final Sequence cursor, final Sequence before, final SequenceBarrier barrier)
        throws AlertException {
        if (before.get() < sequence) {
            park(own.get(), sequence, before, barrier);
        }
        return before.get();
    }

    private void park(
        final Waiter waiter, final long sequence, final Sequence before, final SequenceBarrier barrier)
        throws AlertException {
        waiter.before = before;
        waiter.sequence = sequence;
        waiter.barrier = barrier;
        waiter.waits = true;
        // either this thread sees the new sequence, or the one that signals sees that this thread waits
        VarHandle.fullFence();
        try {
            while (before.get() < sequence) {
                barrier.checkAlert();
                LockSupport.park(this);
                Thread.interrupted();
            }
        } finally {
            waiter.waits = false;
        }
    }

    @Override
    public void signalAllWhenBlocking() {
        VarHandle.fullFence();
        for (final Waiter waiter : waiters) {
            if (waiter.waits && waiter.canGoOn()) {
                LockSupport.unpark(waiter.thread);
            }
        }
    }
}
