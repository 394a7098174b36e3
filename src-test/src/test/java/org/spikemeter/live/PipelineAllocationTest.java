package org.spikemeter.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.engine.network.Network;
import org.spikemeter.runtime.metering.RateMeter;
import org.spikemeter.runtime.pipeline.Backpressure;
import org.spikemeter.runtime.pipeline.Pipeline;
import org.spikemeter.runtime.pipeline.Waiting;

/**
 * In steady state no thread of a pipeline allocates: source, intake, stages, sinks. As for the simulator alone, that
 * holds once the just-in-time compiler is done: batches go through until several hundred in a row, four times over,
 * allocate nothing. Code that allocates for each batch, or now and then, never gets there.
 */
@Timeout(240)
class PipelineAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUND_BATCHES = 400;
    private static final int QUIET_ROUNDS = 4;
    private static final int MAX_ROUNDS = 300;

    @ParameterizedTest
    @CsvSource({"BLOCKING, BLOCK, false", "SLEEPING, BLOCK, true", "BLOCKING, DROP_OLDEST, true",
        "YIELDING, BLOCK, true", "BUSY_SPIN, BLOCK, true"})
    void shouldAllocateNothingWhenWarm(
        final Waiting waiting, final Backpressure backpressure, final boolean convolutions) throws Exception {
        final Network network = convolutions ? Streams.convolutions() : Streams.linear();
        // steps so short that a batch has several, with pauses, so that the ring runs empty, too
        final BurstSource source =
            new BurstSource("bursts", 1, Long.MAX_VALUE, convolutions ? 1 : 16, convolutions ? 2_000_000 : 100_000);
        final Pipeline pipeline = new Pipeline(new Pipeline.Context().network(network)
            .binner(Streams.binner(1000)).batchEvents(BurstSource.MAX_EVENTS).waiting(waiting).window(50)
            .backpressure(backpressure).ringSize(16).inputBatches(16).source(source).sink(new RateMeter())
            .sink(new RateMeter()));
        try (pipeline) {
            pipeline.start();
            final long[] threads = threads();
            // source, intake, binning, simulation, readout, two sinks, end
            assertEquals(8, threads.length, () -> "threads " + names(threads));
            int quiet = 0;
            int rounds = 0;
            while (quiet < QUIET_ROUNDS) {
                final TreeMap<String, Long> allocated = allocated(pipeline, threads);
                quiet = allocated.isEmpty() ? quiet + 1 : 0;
                rounds++;
                assertTrue(rounds < MAX_ROUNDS, () -> "still allocates: bytes by thread " + allocated);
            }
            System.out.printf(Locale.ROOT, "ALLOCATION %s, %s: 0 bytes in %d batches, after %d batches%n", waiting,
                backpressure, QUIET_ROUNDS * ROUND_BATCHES, (rounds - QUIET_ROUNDS) * ROUND_BATCHES);
            assertEquals(null, pipeline.fault());
        }
    }

    /** Bytes that threads allocate while a number of batches goes through, of those that allocate any. */
    private static TreeMap<String, Long> allocated(final Pipeline pipeline, final long[] threads) {
        final long[] before = THREADS.getThreadAllocatedBytes(threads);
        final long until = pipeline.totals().batches() + ROUND_BATCHES;
        while (pipeline.totals().batches() < until) {
            LockSupport.parkNanos(1_000_000);
        }
        final long[] after = THREADS.getThreadAllocatedBytes(threads);
        final List<String> names = names(threads);
        final TreeMap<String, Long> allocated = new TreeMap<>();
        for (int i = 0; i < threads.length; i++) {
            if (after[i] != before[i]) {
                allocated.put(names.get(i), after[i] - before[i]);
            }
        }
        return allocated;
    }

    private static long[] threads() {
        return Arrays.stream(THREADS.getAllThreadIds()).filter(id -> THREADS.getThreadInfo(id) != null
            && THREADS.getThreadInfo(id).getThreadName().startsWith("spikemeter-")).toArray();
    }

    private static List<String> names(final long[] threads) {
        return Arrays.stream(threads).mapToObj(id -> THREADS.getThreadInfo(id).getThreadName()).toList();
    }
}
