package org.spikemeter.runtime.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;

/** How stages wait for the next batch: what it costs in processor, against what it costs in latency. */
public enum Waiting {
    /** On a lock: no processor while idle; tens of microseconds to wake up. */
    BLOCKING {
        @Override
        WaitStrategy strategy() {
            return new Undisturbed(new BlockingWaitStrategy());
        }
    },

    /** Spins, yields, then sleeps 100 microseconds at a time: little processor, no lock for the publisher. */
    SLEEPING {
        @Override
        WaitStrategy strategy() {
            return new SleepingWaitStrategy();
        }
    },

    /** Spins and yields: all of a processor where nobody else wants it. */
    YIELDING {
        @Override
        WaitStrategy strategy() {
            return new YieldingWaitStrategy();
        }
    },

    /** Spins: a processor for each stage, the shortest latency; slow where there are fewer processors than stages. */
    BUSY_SPIN {
        @Override
        WaitStrategy strategy() {
            return new BusySpinWaitStrategy();
        }
    };

    abstract WaitStrategy strategy();

    /**
     * Waits on where a thread is interrupted: a Disruptor's stage takes an interrupt for a fault of the batch that it
     * waits for, and goes past a batch that is not there yet.
     */
    private record Undisturbed(WaitStrategy strategy) implements WaitStrategy {
        @Override
        public long waitFor(
            final long sequence, final Sequence cursor, final Sequence before, final SequenceBarrier barrier)
            throws AlertException, TimeoutException {
            while (true) {
                try {
                    return strategy.waitFor(sequence, cursor, before, barrier);
                } catch (final InterruptedException ignored) {
                    barrier.checkAlert();
                }
            }
        }

        @Override
        public void signalAllWhenBlocking() {
            strategy.signalAllWhenBlocking();
        }
    }
}
