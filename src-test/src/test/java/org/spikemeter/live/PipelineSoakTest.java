package org.spikemeter.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spikemeter.runtime.metering.Metering;
import org.spikemeter.runtime.metering.RateMeter;
import org.spikemeter.runtime.pipeline.Backpressure;
import org.spikemeter.runtime.pipeline.Pipeline;
import org.spikemeter.runtime.pipeline.PipelineBatch;
import org.spikemeter.runtime.pipeline.PipelineException;
import org.spikemeter.runtime.pipeline.PipelineSink;
import org.spikemeter.runtime.pipeline.PipelineTotals;

/**
 * Every event of a hundred million is accounted for: {@code accepted = processed + dropped + abandoned}, with
 * bursts, consumers that are slow now and then, and a consumer that fails; and the heap does not grow.
 */
@Timeout(300)
class PipelineSoakTest {
    private static final long EVENTS = 100_000_000;
    private static final int SOURCES = 2;
    private static final int HEAP_SAMPLES = 4;
    private static final long HEAP_GROWTH_BYTES = 8 << 20;

    /** Slow, now and then or at each batch; counts for itself; fails once it has seen so many events. */
    private static final class Consumer implements PipelineSink {
        private final SplittableRandom random = new SplittableRandom(5);
        private final int slowOneIn;
        private final long pauseNanos;
        private final long failsAfter;
        private long events;
        private long number = -1;

        Consumer(final int slowOneIn, final long pauseNanos, final long failsAfter) {
            this.slowOneIn = slowOneIn;
            this.pauseNanos = pauseNanos;
            this.failsAfter = failsAfter;
        }

        @Override
        public String name() {
            return "consumer";
        }

        @Override
        public void onBatch(final PipelineBatch batch, final boolean endOfBurst) throws IOException {
            assertEquals(++number, batch.number());
            if (events >= failsAfter) {
                throw new IOException("no more than " + events);
            }
            events += batch.input().size();
            if (random.nextInt(slowOneIn) == 0) {
                LockSupport.parkNanos(pauseNanos);
            }
        }
    }

    /** Two sources, a network, a sink that counts and one that may be slow. */
    private static final class Soak {
        private final List<BurstSource> sources = new ArrayList<>();
        private final RateMeter rates = new RateMeter();
        private final Consumer consumer;
        private final Pipeline pipeline;
        private final Metering metering;
        private final List<Long> heap = Collections.synchronizedList(new ArrayList<>());

        Soak(final Backpressure backpressure, final long pauseNanos, final Consumer consumer) {
            this.consumer = consumer;
            final Pipeline.Context context = new Pipeline.Context().network(Streams.linear())
                .binner(Streams.binner(1000)).batchEvents(BurstSource.MAX_EVENTS).ringSize(16).inputBatches(16)
                .backpressure(backpressure).sink(rates).sink(consumer);
            for (int i = 0; i < SOURCES; i++) {
                sources.add(new BurstSource("source " + i, i, EVENTS / SOURCES, 16, pauseNanos));
                context.source(sources.get(i));
            }
            pipeline = new Pipeline(context);
            metering = new Metering(new Metering.Context().pipeline(pipeline).rates(rates));
        }

        void start() throws IOException {
            metering.start();
            pipeline.start();
        }

        long given() {
            return sources.stream().mapToLong(BurstSource::given).sum();
        }

        /** Looks at the heap while events flow: every so many of them. */
        void watchHeap() {
            for (int sample = 1; sample <= HEAP_SAMPLES; sample++) {
                while (given() < EVENTS * sample / (HEAP_SAMPLES + 1)) {
                    LockSupport.parkNanos(1_000_000);
                }
                System.gc();
                heap.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }
        }

        PipelineTotals books(final String what, final long startNanos) throws IOException {
            final PipelineTotals totals = pipeline.totals();
            metering.stop();
            metering.summary().forEach(line -> System.out.println("SOAK " + line));
            System.out.printf(Locale.ROOT, "SOAK %s: %s, %.1f s, heap in MB %s%n", what, totals,
                (System.nanoTime() - startNanos) / 1e9, heap.stream().map(bytes -> bytes >> 20).toList());
            assertEquals(given(), totals.accepted(), "what the sources counted");
            assertEquals(totals.accepted(), totals.processed() + totals.dropped() + totals.abandoned());
            assertEquals(0, totals.underWay());
            for (final long bytes : heap) {
                assertTrue(bytes - heap.getFirst() < HEAP_GROWTH_BYTES, "heap grows: " + heap);
            }
            return totals;
        }
    }

    @Test
    void shouldLoseNothingWhenSourcesWait() throws Exception {
        final long start = System.nanoTime();
        final Soak soak = new Soak(Backpressure.BLOCK, 0, new Consumer(64, 1_000_000, Long.MAX_VALUE));
        try (Pipeline pipeline = soak.pipeline) {
            soak.start();
            soak.watchHeap();
            pipeline.await();
            final PipelineTotals totals = soak.books("sources wait", start);
            assertTrue(totals.accepted() >= EVENTS);
            assertEquals(totals.accepted(), totals.processed());
            assertEquals(totals.processed(), soak.consumer.events);
            assertEquals(totals.processed(), soak.rates.work().events());
        }
    }

    @Test
    void shouldCountWhatIsDroppedWhenTheOldestGo() throws Exception {
        final long start = System.nanoTime();
        final Soak soak = new Soak(Backpressure.DROP_OLDEST, 2_000_000, new Consumer(2, 1_000_000, Long.MAX_VALUE));
        try (Pipeline pipeline = soak.pipeline) {
            soak.start();
            soak.watchHeap();
            pipeline.await();
            final PipelineTotals totals = soak.books("the oldest go", start);
            assertTrue(totals.accepted() >= EVENTS);
            assertTrue(totals.dropped() > 0 && totals.abandoned() == 0, totals.toString());
            assertEquals(totals.processed(), soak.consumer.events);
            assertEquals(totals.processed(), soak.rates.work().events());
        }
    }

    @Test
    void shouldCountWhatIsAbandonedWhenASinkFails() throws Exception {
        for (final Backpressure backpressure : Backpressure.values()) {
            final long start = System.nanoTime();
            final Soak soak = new Soak(backpressure, 0, new Consumer(32, 1_000_000, EVENTS / 1000));
            try (Pipeline pipeline = soak.pipeline) {
                soak.start();
                final PipelineException failed = assertThrows(PipelineException.class, pipeline::await);
                final PipelineTotals totals = soak.books("a sink fails, " + backpressure, start);
                assertEquals("consumer", failed.stage());
                assertEquals(soak.consumer.number, failed.batch());
                assertTrue(totals.abandoned() > 0, totals.toString());
                assertTrue(totals.processed() <= soak.consumer.events, totals.toString());
            }
        }
    }
}
