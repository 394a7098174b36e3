package org.spikemeter.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spikemeter.dvs.binning.StreamBinner;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.engine.network.Network;
import org.spikemeter.reference.ReferenceData;
import org.spikemeter.runtime.metering.Metering;
import org.spikemeter.runtime.metering.RateMeter;
import org.spikemeter.runtime.pipeline.InputBatch;
import org.spikemeter.runtime.pipeline.Intake;
import org.spikemeter.runtime.pipeline.LatencyMeter;
import org.spikemeter.runtime.pipeline.Pipeline;
import org.spikemeter.runtime.pipeline.PipelineSource;
import org.spikemeter.runtime.source.ClipSource;
import org.spikemeter.runtime.source.Pace;

/**
 * How long a decision takes behind its events, at a fixed rate of batches. Latency counts from when a batch was due,
 * not from when the source got round to it, so that a pipeline that holds up its source does not look fast. A first run
 * is for the just-in-time compiler. That stages are fast enough is checked on any machine; latencies are printed, and
 * their medians are checked where no others queue for the processors.
 */
@Timeout(120)
class StreamLatencyTest {
    private static final double NANOS_A_MILLI = 1e6;

    /** A batch a millisecond, a step each: some events of a bar that moves, some at random. */
    private static final class Steady implements PipelineSource {
        private static final int EVENTS = 60;

        private final Pace pace;
        private final int batches;
        private final Random random = new Random(4);

        Steady(final int batches, final double speed) {
            this.batches = batches;
            this.pace = new Pace(speed);
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
        final int batches = 5000;
        run("WARM-UP", Streams.convolutions(), Streams.binner(1000), new Steady(batches, Pace.UNPACED));
        final List<LatencyMeter> meters =
            run("LATENCY", Streams.convolutions(), Streams.binner(1000), new Steady(batches, 1.0));
        assertEquals(batches, meters.getFirst().total().getTotalCount());
        assertTrue(workMillis(meters) < 10.0, "work a batch: " + workMillis(meters) + " ms");
        assumeQuiet();
        assertTrue(medianMillis(meters.getFirst()) < 100.0, "median " + medianMillis(meters.getFirst()) + " ms");
    }

    @Test
    void shouldKeepUpWithThirtyFramesASecond() throws Exception {
        final double frameMillis = 1000.0 / 30;
        final Network network = ReferenceData.network("emotion-plif");
        final ClipSource.Clip clip = () -> ReferenceData.clip("clip-9001.mp4");
        run("WARM-UP", network, null, new ClipSource(List.of(clip), frameMillis * 1000, new Pace(Pace.UNPACED)));
        final List<LatencyMeter> meters =
            run("FRAMES", network, null, new ClipSource(List.of(clip, clip), frameMillis * 1000, new Pace(1.0)));
        assertTrue(workMillis(meters) < frameMillis, "work a frame: " + workMillis(meters) + " ms");
        assumeQuiet();
        assertTrue(medianMillis(meters.getFirst()) < 10 * frameMillis, "falls behind");
    }

    private static List<LatencyMeter> run(
        final String what, final Network network, final StreamBinner binner, final PipelineSource source)
        throws Exception {
        final RateMeter rates = new RateMeter();
        try (Pipeline pipeline = new Pipeline(new Pipeline.Context().network(network).binner(binner).window(100)
            .source(source).sink(rates));
            Metering metering = new Metering(new Metering.Context().pipeline(pipeline).rates(rates))) {
            metering.start();
            pipeline.start();
            pipeline.await();
            metering.stop();
            metering.summary().forEach(line -> System.out.println(what + " " + line));
            return pipeline.latencies();
        }
    }

    private static double medianMillis(final LatencyMeter meter) {
        return meter.total().getValueAtPercentile(50) / NANOS_A_MILLI;
    }

    /** Medians of all stages in sequence. */
    private static double workMillis(final List<LatencyMeter> meters) {
        return meters.stream().skip(1).mapToDouble(StreamLatencyTest::medianMillis).sum();
    }

    private static void assumeQuiet() {
        final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        assumeTrue(system.getSystemLoadAverage() < 1.5 * system.getAvailableProcessors(),
            () -> "load " + system.getSystemLoadAverage() + ": latencies say nothing");
    }
}
