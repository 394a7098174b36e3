package org.spikemeter.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spikemeter.runtime.pipeline.TestPipelines.assertEnded;
import static org.spikemeter.runtime.pipeline.TestPipelines.context;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spikemeter.runtime.pipeline.TestPipelines.Events;
import org.spikemeter.runtime.pipeline.TestPipelines.Keeping;
import org.spikemeter.runtime.pipeline.TestPipelines.Slow;

@Timeout(60)
class ParkingWaitStrategyTest {
    private static final long BUSY_MILLIS = 400;

    /** A stage that spins takes as much time of a processor as passes, or its share where there are too few. */
    @Test
    void shouldTakeNoProcessorWhileAnotherStageWorks() throws Exception {
        final Slow slow = new Slow(3 * BUSY_MILLIS);
        final Pipeline pipeline = new Pipeline(context().source(new Events("a", 1, 5)).sink(slow)
            .sink(new Keeping("quick")));
        pipeline.start();
        while (slow.numbers().isEmpty()) {
            Thread.sleep(1);
        }
        // "end" waits for the slow sink now, all others for the next batch
        Thread.sleep(BUSY_MILLIS / 4);
        final long taken = processorMillis("spikemeter-stage");
        assertTrue(taken < BUSY_MILLIS / 10, taken + " ms of a processor in " + BUSY_MILLIS + " ms");
        pipeline.await();
        pipeline.close();
        assertEnded(pipeline);
    }

    /** The network is behind: source and intake wait for room, stages for the network. */
    @Test
    void shouldTakeNextToNoProcessorWhileThePipelineIsFull() throws Exception {
        final Gate gate = new Gate();
        gate.pause();
        final Pipeline pipeline = new Pipeline(context().gate(gate).source(new Events("a", 1000, 5)));
        pipeline.start();
        Thread.sleep(BUSY_MILLIS / 2);
        final long taken = processorMillis("spikemeter-");
        assertTrue(taken < BUSY_MILLIS / 8, taken + " ms of a processor in " + BUSY_MILLIS + " ms");
        gate.resume();
        pipeline.await();
        pipeline.close();
        assertEnded(pipeline);
        assertEquals(5000, pipeline.totals().processed());
    }

    /** What threads of such names take of a processor in {@link #BUSY_MILLIS}. */
    private static long processorMillis(final String prefix) throws InterruptedException {
        final List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith(prefix)).toList();
        assertFalse(threads.isEmpty());
        final long before = nanos(threads);
        Thread.sleep(BUSY_MILLIS);
        return TimeUnit.NANOSECONDS.toMillis(nanos(threads) - before);
    }

    private static long nanos(final List<Thread> threads) {
        final ThreadMXBean times = ManagementFactory.getThreadMXBean();
        return threads.stream().mapToLong(thread -> times.getThreadCpuTime(thread.threadId())).sum();
    }

    /** With one slot every batch is waited for by every stage: one wake-up that got lost, and it would never end. */
    @Test
    void shouldLoseNoWakeUp() throws Exception {
        final int batches = 20_000;
        final Keeping sink = new Keeping("keeping");
        final Pipeline pipeline = new Pipeline(context().ringSize(1).inputBatches(2)
            .source(new Events("a", batches / 2, 1)).source(new Events("b", batches / 2, 1)).sink(sink));
        pipeline.start();
        pipeline.await();
        pipeline.close();
        assertEnded(pipeline);
        assertEquals(batches, sink.events());
    }
}
