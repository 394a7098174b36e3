package org.spikemeter.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.reference.ReferenceData;
import org.spikemeter.runtime.metering.Metering;
import org.spikemeter.runtime.metering.RateMeter;
import org.spikemeter.runtime.pipeline.InputBatch;
import org.spikemeter.runtime.pipeline.Intake;
import org.spikemeter.runtime.pipeline.Pipeline;
import org.spikemeter.runtime.pipeline.PipelineBatch;
import org.spikemeter.runtime.pipeline.PipelineSink;
import org.spikemeter.runtime.pipeline.PipelineSource;
import org.spikemeter.runtime.source.ClipSource;
import org.spikemeter.runtime.source.Pace;

/**
 * How long a decision takes behind its events, at a fixed rate of batches. Latency counts from when a batch was due,
 * not from when the source got round to it, so that a pipeline that holds up its source does not look fast. Percentiles
 * above the median are printed, and hold on a machine that has nothing else to do.
 */
@Timeout(120)
class StreamLatencyTest {
    private static final double NANOS_A_MILLI = 1e6;

    /** A batch a millisecond, a step each: some events of a bar that moves, some at random. */
    private static final class Steady implements PipelineSource {
        private static final int EVENTS = 60;

        private final Pace pace = new Pace(1.0);
        private final int batches;
        private final Random random = new Random(4);

        Steady(final int batches) {
            this.batches = batches;
        }

        @Override
        public String name() {
            return "steady";
        }

        @Override
        public void run(final Intake intake) throws InterruptedException {
            for (int number = 0; number < batches; number++) {
                final long micros = 1000L * number;
                final long due = pace.await(micros);
                final InputBatch batch = intake.claim();
                if (batch == null) {
                    return;
                }
                for (int i = 0; i < EVENTS; i++) {
                    final int x = i % 2 == 0 ? number / 20 % Streams.SIDE : random.nextInt(Streams.SIDE);
                    batch.events().add(micros, EventWord.of(x, random.nextInt(Streams.SIDE), i / 2 % 2));
                }
                batch.setArrivalNanos(due);
                // the step ends now: the decision need not wait for the next batch
                batch.setUntilMicros(micros + 1000);
                intake.accept(batch);
            }
        }

        @Override
        public void close() {
            pace.close();
        }
    }

    @Test
    void shouldDecideInMillisecondsAtAThousandBatchesASecond() throws Exception {
        final int batches = 8000;
        final RateMeter rates = new RateMeter();
        try (Pipeline pipeline = new Pipeline(new Pipeline.Context().network(Streams.convolutions())
            .binner(Streams.binner(1000)).window(100).source(new Steady(batches)).sink(rates));
            Metering metering = new Metering(new Metering.Context().pipeline(pipeline).rates(rates))) {
            metering.start();
            pipeline.start();
            pipeline.await();
            metering.stop();
            metering.summary().forEach(line -> System.out.println("LATENCY " + line));
            final Histogram decision = pipeline.latencies().getFirst().total();
            assertEquals(batches, pipeline.totals().steps());
            assertEquals(batches, decision.getTotalCount());
            assertTrue(decision.getValueAtPercentile(50) < 5 * NANOS_A_MILLI,
                "median " + decision.getValueAtPercentile(50) / NANOS_A_MILLI + " ms");
        }
    }

    /** How far behind its arrival each frame is when it has gone through. */
    private static final class Lag implements PipelineSink {
        private final List<Long> nanos = new ArrayList<>();

        @Override
        public String name() {
            return "lag";
        }

        @Override
        public void onBatch(final PipelineBatch batch, final boolean endOfBurst) {
            if (!batch.isLast()) {
                nanos.add(System.nanoTime() - batch.input().arrivalNanos());
            }
        }

        double medianMillis(final int from, final int to) {
            return nanos.subList(from, to).stream().mapToLong(each -> each).sorted().toArray()[(to - from) / 2]
                / NANOS_A_MILLI;
        }
    }

    @Test
    void shouldKeepUpWithThirtyFramesASecond() throws Exception {
        final double frameMillis = 1000.0 / 30;
        final RateMeter rates = new RateMeter();
        final Lag lag = new Lag();
        final ClipSource.Clip clip = () -> ReferenceData.clip("clip-9001.mp4");
        final ClipSource source = new ClipSource(List.of(clip, clip), frameMillis * 1000, new Pace(1.0));
        try (Pipeline pipeline = new Pipeline(new Pipeline.Context().network(ReferenceData.network("emotion-plif"))
            .source(source).sink(rates).sink(lag));
            Metering metering = new Metering(new Metering.Context().pipeline(pipeline).rates(rates))) {
            metering.start();
            pipeline.start();
            pipeline.await();
            metering.stop();
            metering.summary().forEach(line -> System.out.println("FRAMES " + line));
            final int frames = lag.nanos.size();
            assertEquals(136, frames);
            System.out.printf(Locale.ROOT, "FRAMES median lag of the first and last second: %.2f ms, %.2f ms%n",
                lag.medianMillis(0, 30), lag.medianMillis(frames - 30, frames));
            assertTrue(lag.medianMillis(frames - 30, frames) < frameMillis, "falls behind: " + lag.nanos);
        }
    }
}
