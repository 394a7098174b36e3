package org.spikemeter.runtime.pipeline;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;

/** How stages wait for the next batch: what it costs in processor, against what it costs in latency. */
public enum Waiting {
    /** Parked until there is something to do: no processor while idle, some microseconds to wake up. */
    BLOCKING {
        @Override
        WaitStrategy strategy() {
            return new ParkingWaitStrategy();
        }
    },

    /** Spins, yields, then sleeps as shortly as the system can: half of a processor while idle. */
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
}
