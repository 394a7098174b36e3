package org.spikemeter.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spikemeter.runtime.pipeline.TestPipelines.assertEnded;
import static org.spikemeter.runtime.pipeline.TestPipelines.context;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spikemeter.dvs.binning.Binning;
import org.spikemeter.dvs.binning.Fit;
import org.spikemeter.dvs.binning.Repeated;
import org.spikemeter.dvs.binning.StreamBinner;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.runtime.pipeline.TestPipelines.Events;
import org.spikemeter.runtime.pipeline.TestPipelines.Keeping;
import org.spikemeter.runtime.pipeline.TestPipelines.Slow;

/** What goes in comes out, in order, however stages wait and whoever is slow. */
@Timeout(60)
class PipelineTest {
    @ParameterizedTest
    @EnumSource(Waiting.class)
    void shouldGiveEachSinkEveryBatchInOrder(final Waiting waiting) throws Exception {
        final int batches = 200;
        final Keeping first = new Keeping("first");
        final Keeping second = new Keeping("second");
        final Pipeline pipeline = new Pipeline(context().waiting(waiting).sink(first).sink(second)
            .source(new Events("a", batches, 10)).source(new Events("b", batches, 3))
            .source(new Events("c", batches, 0)));
        try (pipeline) {
            pipeline.start();
            pipeline.await();
            assertEquals(13L * batches, pipeline.totals().processed());
            assertEquals(3L * batches + 1, pipeline.totals().batches());
        }
        assertEnded(pipeline);
        // the last number is that of the batch behind which none comes
        final List<Long> numbers = LongStream.rangeClosed(0, 3L * batches).boxed().toList();
        for (final Keeping sink : List.of(first, second)) {
            assertEquals(numbers, sink.numbers());
            assertEquals(13L * batches, sink.events());
            assertEquals(pipeline.totals().steps(), sink.steps());
            for (final int events : new int[] {10, 3}) {
                final long micros = (long) events * TestPipelines.STEP_MICROS;
                final List<Long> ofSource = LongStream.rangeClosed(1, batches).map(i -> i * micros).boxed().toList();
                assertTrue(sink.until().containsAll(ofSource));
            }
        }
    }

    @Test
    void shouldCountAStepForEachEventAndVoteForIt() throws Exception {
        final Decision[] decision = new Decision[1];
        final Keeping sink = new Keeping("keeping") {
            @Override
            public void onBatch(final PipelineBatch batch, final boolean endOfBurst) {
                decision[0] = batch.decision();
            }
        };
        try (Pipeline pipeline = new Pipeline(context().source(new Events("a", 5, 9)).sink(sink))) {
            pipeline.start();
            pipeline.await();
            // an event a step, the last one ended by the promised time
            assertEquals(45, pipeline.totals().steps());
        }
        // a batch has five OFF and four ON, a spike needs two: 25 and 20 in all
        assertEquals(10.0 / 45, decision[0].rate(0));
        assertEquals(12.0 / 45, decision[0].rate(1));
        assertEquals(1, decision[0].winner());
    }

    @Test
    void shouldWorkWithoutSinks() throws Exception {
        final Pipeline pipeline = new Pipeline(context().source(new Events("a", 100, 10)));
        try (pipeline) {
            pipeline.start();
            pipeline.await();
            assertEquals(1000, pipeline.totals().processed());
        }
        assertEnded(pipeline);
    }

    @Test
    void shouldLoseNothingWhenASinkIsSlowAndSourcesWait() throws Exception {
        final Slow slow = new Slow(2);
        final Pipeline pipeline = new Pipeline(context().sink(slow).sink(new Keeping("fast"))
            .source(new Events("a", 60, 10)).source(new Events("b", 60, 5)));
        try (pipeline) {
            pipeline.start();
            pipeline.await();
            assertEquals(900, pipeline.totals().processed());
            assertEquals(0, pipeline.totals().droppedBatches());
        }
        assertEquals(900, slow.events());
        assertEnded(pipeline);
    }

    @Test
    void shouldDropTheOldestInOrderWhenASinkIsSlow() throws Exception {
        final int batches = 5000;
        final Slow slow = new Slow(2);
        final Pipeline pipeline = new Pipeline(context().backpressure(Backpressure.DROP_OLDEST).sink(slow)
            .source(new Events("a", batches, 10)));
        try (pipeline) {
            pipeline.start();
            pipeline.await();
        }
        assertEnded(pipeline);
        final PipelineTotals totals = pipeline.totals();
        assertEquals(10L * batches, totals.accepted());
        assertEquals(slow.events(), totals.processed());
        assertEquals(batches, slow.until().size() + totals.droppedBatches());
        assertEquals(10 * totals.droppedBatches(), totals.dropped());
        assertTrue(totals.droppedBatches() > batches / 2, totals.toString());
        assertEquals(totals.processed(), totals.steps(), "an event a step, and none for what was dropped");
        assertEquals(slow.until().stream().sorted().distinct().toList(), slow.until(), "order");
        assertEquals(10L * batches * TestPipelines.STEP_MICROS, slow.until().getLast(), "the newest");
    }

    @Test
    void shouldNeverHaveMoreOutThanInWhenLookedAtMeanwhile() throws Exception {
        try (Pipeline pipeline = new Pipeline(context().backpressure(Backpressure.DROP_OLDEST)
            .source(new Events("a", 30_000, 7)).source(new Events("b", 30_000, 5)))) {
            pipeline.start();
            PipelineTotals totals = pipeline.totals();
            while (totals.underWay() > 0 || totals.accepted() < 360_000) {
                assertTrue(totals.underWay() >= 0, totals.toString());
                totals = pipeline.totals();
            }
            pipeline.await();
        }
    }

    @Test
    void shouldRefuseWhatDoesNotHoldTogether() {
        final Events source = new Events("a", 1, 1);
        assertEquals("no source was given",
            assertThrows(IllegalArgumentException.class, () -> new Pipeline(context())).getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Pipeline(context().source(source).ringSize(12)));
        assertThrows(IllegalArgumentException.class,
            () -> new Pipeline(context().source(source).ringSize(Integer.MIN_VALUE)));
        assertThrows(IllegalArgumentException.class, () -> new Pipeline(context().source(source).inputBatches(1)));
        final StreamBinner other = new StreamBinner(new Binning.Time(10), new SensorSize(4, 4), new Shape(3, 3, 2),
            Repeated.COUNT, Fit.STRETCH);
        assertThrows(IllegalArgumentException.class, () -> new Pipeline(context().source(source).binner(other)));
    }

    @Test
    void shouldStartOnce() throws Exception {
        try (Pipeline pipeline = new Pipeline(context().source(new Events("a", 1, 1)))) {
            assertThrows(IllegalStateException.class, pipeline::await);
            pipeline.start();
            assertThrows(IllegalStateException.class, pipeline::start);
            pipeline.await();
            assertNull(pipeline.fault());
        }
    }
}
