package org.spikemeter.live;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spikemeter.runtime.live.LiveFrame;
import org.spikemeter.runtime.live.run.LiveRun;
import org.spikemeter.runtime.pipeline.Pipeline;

/** A pipeline that is watched allocates no more than one that is not: nothing, once the compiler is done. */
@Timeout(240)
class LiveAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUND_BATCHES = 400;
    private static final int QUIET_ROUNDS = 4;
    private static final int MAX_ROUNDS = 300;
    private static final long SAMPLE_NANOS = 5_000_000;

    @Test
    void shouldAllocateNothingInThePipelineWhenSampledTwoHundredTimesASecond() throws Exception {
        final BurstSource source = new BurstSource("bursts", 1, Long.MAX_VALUE, 1, 2_000_000);
        try (LiveRun run = new LiveRun(new LiveRun.Context().network(Streams.convolutions()).pipeline(
            new Pipeline.Context().binner(Streams.binner(1000)).batchEvents(BurstSource.MAX_EVENTS).window(50)
                .ringSize(16).inputBatches(16).source(source)))) {
            final LiveFrame frame = new LiveFrame(run.feed().description());
            run.start();
            final long[] threads = threads();
            int quiet = 0;
            int samples = 0;
            for (int round = 0; quiet < QUIET_ROUNDS; round++) {
                final long before = allocated(threads);
                final long until = run.pipeline().totals().batches() + ROUND_BATCHES;
                while (run.pipeline().totals().batches() < until) {
                    run.feed().sample(frame);
                    samples++;
                    LockSupport.parkNanos(SAMPLE_NANOS);
                }
                final long bytes = allocated(threads) - before;
                quiet = bytes == 0 ? quiet + 1 : 0;
                assertTrue(round < MAX_ROUNDS, () -> bytes + " bytes in " + ROUND_BATCHES + " batches still");
            }
            assertTrue(samples > QUIET_ROUNDS && frame.step > 0, "samples: " + samples);
            assertNull(run.pipeline().fault());
        }
    }

    private static long allocated(final long[] threads) {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(threads)).sum();
    }

    /** The pipeline's own, and not the one that reads its meters. */
    private static long[] threads() {
        return Arrays.stream(THREADS.getAllThreadIds()).filter(id -> THREADS.getThreadInfo(id) != null
            && THREADS.getThreadInfo(id).getThreadName().matches("spikemeter-(source|intake|stage-\\d+)")).toArray();
    }
}
