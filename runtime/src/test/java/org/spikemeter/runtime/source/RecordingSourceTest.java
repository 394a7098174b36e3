package org.spikemeter.runtime.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.dvs.binning.Binning;
import org.spikemeter.dvs.binning.EventStepSource;
import org.spikemeter.dvs.binning.Fit;
import org.spikemeter.dvs.binning.Repeated;
import org.spikemeter.dvs.binning.StreamBinner;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.runtime.pipeline.Pipeline;
import org.spikemeter.runtime.pipeline.PipelineException;
import org.spikemeter.runtime.pipeline.PipelineTotals;

@Timeout(60)
class RecordingSourceTest {
    private final Streams.Steps sink = new Streams.Steps(Streams.INPUT);

    private Pipeline pipeline(final RecordingSource source, final long stepMicros) {
        return new Pipeline(new Pipeline.Context().network(Streams.network()).source(source).sink(sink)
            .binner(new StreamBinner(new Binning.Time(stepMicros), Streams.SENSOR, Streams.INPUT, Repeated.COUNT,
                Fit.STRETCH)));
    }

    private static List<TreeMap<Integer, Float>> expected(final EventBatch events, final long stepMicros)
        throws IOException {
        final List<TreeMap<Integer, Float>> steps = new ArrayList<>();
        try (EventStepSource source = new EventStepSource(new EventStepSource.Context()
            .reader(Streams.reader(events)).input(Streams.INPUT).binning(new Binning.Time(stepMicros))
            .repeated(Repeated.COUNT))) {
            final StepEvents step = new StepEvents(Streams.INPUT);
            while (source.next(step)) {
                steps.add(Streams.map(step));
            }
        }
        return steps;
    }

    /** Steps that are shorter and longer than slices, at no pace and at several. */
    @ParameterizedTest
    @CsvSource({"1, 1000, 0", "2, 137, 0", "3, 20000, 0", "4, 1000, 10", "5, 137, 5", "6, 5000, 100", "7, 999, 0.5",
        "8, 1, 1000"})
    void shouldGiveTheStepsOfTheRecordingWhenPlayed(final long seed, final long stepMicros, final double speed)
        throws Exception {
        final EventBatch events = Streams.events(seed, speed == 0.0 ? 50_000 : 20_000);
        try (Pipeline pipeline = pipeline(
            new RecordingSource("array", () -> Streams.reader(events), new Pace(speed), false), stepMicros)) {
            pipeline.start();
            pipeline.await();
            final PipelineTotals totals = pipeline.totals();
            assertEquals(events.size(), totals.accepted());
            assertEquals(events.size(), totals.processed());
        }
        assertEquals(expected(events, stepMicros), sink.steps);
        assertEquals(1, sink.starts);
        assertEquals(1, sink.ends);
    }

    @Test
    void shouldTakeATenthOfTheTimeWhenPlayedTenTimesAsFast() throws Exception {
        final EventBatch events = new EventBatch();
        for (int i = 0; i <= 5000; i++) {
            events.add(i * 1000L, i % 34);
        }
        final long start = System.nanoTime();
        final double seconds;
        try (Pipeline pipeline = pipeline(
            new RecordingSource("array", () -> Streams.reader(events), new Pace(10.0), false), 1000)) {
            pipeline.start();
            pipeline.await();
            seconds = (System.nanoTime() - start) / 1e9;
        }
        assertEquals(5001, sink.steps.size());
        assertTrue(seconds >= 0.5 && seconds < 1.5, seconds + " s");
        // a slice each millisecond, due one after the other at equal distances, however late it is handed over
        assertEquals(501, sink.arrivals.size());
        for (int i = 1; i < sink.arrivals.size(); i++) {
            assertEquals(1e6, sink.arrivals.get(i) - sink.arrivals.get(i - 1), 2.0);
        }
    }

    @Test
    void shouldBeginAnewAtTheEndWhenRepeated() throws Exception {
        final EventBatch events = Streams.events(9, 500);
        try (Pipeline pipeline = pipeline(
            new RecordingSource("array", () -> Streams.reader(events), new Pace(Pace.UNPACED), true), 1000)) {
            pipeline.start();
            while (pipeline.totals().processed() < 5 * events.size()) {
                Thread.sleep(1);
            }
            pipeline.stop();
            pipeline.await();
        }
        assertTrue(sink.ends >= 5, sink.ends + " clips");
        assertTrue(sink.starts - sink.ends <= 1);
        final List<TreeMap<Integer, Float>> once = expected(events, 1000);
        final List<TreeMap<Integer, Float>> five = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            five.addAll(once);
        }
        assertEquals(five, sink.steps.subList(0, five.size()));
    }

    /** A leap back and one forward of more than an hour: nothing is waited for, no event is lost. */
    @Test
    void shouldGoOnAtOnceWhenTimeLeaps() throws Exception {
        final EventBatch events = new EventBatch();
        for (final long micros : new long[] {5_000_000, 5_000_001, 0, 1, 4_000_000_000_000L, Long.MAX_VALUE,
            Long.MAX_VALUE - 5000, 1, Long.MAX_VALUE / 2 + 9, Long.MIN_VALUE, 0}) {
            events.add(micros, 1);
        }
        final long start = System.nanoTime();
        try (Pipeline pipeline = pipeline(
            new RecordingSource("array", () -> Streams.reader(events), new Pace(1.0), false), 1000)) {
            pipeline.start();
            pipeline.await();
            assertEquals(events.size(), pipeline.totals().processed());
        }
        assertTrue(System.nanoTime() - start < 2_000_000_000L);
    }

    @Test
    void shouldSaySoWhenThereIsNoEvent() {
        try (Pipeline pipeline = pipeline(new RecordingSource("empty.csv", () -> Streams.reader(new EventBatch()),
            new Pace(1.0), true), 1000)) {
            pipeline.start();
            final PipelineException failed = assertThrows(PipelineException.class, pipeline::await);
            assertTrue(failed.getMessage().contains("empty.csv: found no event"), failed.getMessage());
        }
    }

    @Test
    void shouldEndSoonWhenStoppedWhileItWaits() throws Exception {
        final EventBatch events = new EventBatch();
        events.add(0, 1);
        events.add(3_000_000_000L, 1);
        final long start;
        try (Pipeline pipeline = pipeline(
            new RecordingSource("array", () -> Streams.reader(events), new Pace(0.001), false), 1000)) {
            pipeline.start();
            Thread.sleep(50);
            start = System.nanoTime();
            pipeline.stop();
            pipeline.await();
        }
        assertTrue(System.nanoTime() - start < 2_000_000_000L);
    }
}
