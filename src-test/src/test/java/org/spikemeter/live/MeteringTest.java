package org.spikemeter.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.energy.Boundary;
import org.spikemeter.engine.energy.EnergyEstimate;
import org.spikemeter.engine.energy.Interval;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.runtime.metering.Metering;
import org.spikemeter.runtime.metering.Power;
import org.spikemeter.runtime.metering.RateMeter;
import org.spikemeter.runtime.metering.Rates;
import org.spikemeter.runtime.metering.Work;
import org.spikemeter.runtime.pipeline.LatencyMeter;
import org.spikemeter.runtime.pipeline.Pipeline;
import org.spikemeter.runtime.pipeline.PipelineTotals;

/** What is measured while a pipeline runs is what its simulator has counted when it has ended. */
@Timeout(120)
class MeteringTest {
    private static final long EVENTS = 2_000_000;
    private static final double CLOSE = 1e-9;

    @TempDir
    private Path folder;

    private final RateMeter rates = new RateMeter();
    private final List<Rates> intervals = Collections.synchronizedList(new ArrayList<>());

    private Pipeline pipeline() {
        return new Pipeline(new Pipeline.Context().network(Streams.linear()).binner(Streams.binner(1000))
            .batchEvents(BurstSource.MAX_EVENTS).source(new BurstSource("bursts", 3, EVENTS, 4, 1_000_000))
            .sink(rates));
    }

    @Test
    void shouldAddUpToWhatTheSimulatorCounted() throws Exception {
        final Path log = folder.resolve("latency.hlog");
        try (Pipeline pipeline = pipeline();
            Metering metering = new Metering(new Metering.Context().pipeline(pipeline).rates(rates).log(log)
                .intervalMillis(5).listener(intervals::add))) {
            assertNull(metering.latest());
            metering.start();
            pipeline.start();
            pipeline.await();
            assertThrows(IllegalStateException.class, metering::summary);
            metering.stop();
            final PipelineTotals totals = pipeline.totals();
            final OperationCounts counts = pipeline.simulator().counts();
            final Work work = metering.overall().work();
            assertEquals(totals.processed(), work.events());
            assertEquals(totals.steps(), work.steps());
            for (final Operation operation : Operation.values()) {
                assertEquals(counts.total(operation), work.operations().total(operation), operation.key());
            }
            assertEquals(counts.total(Operation.SPIKES), work.spikes());
            assertTrue(work.accumulates() > EVENTS, work.toString());
            assertEquals(work.events(), intervals.stream().mapToLong(each -> each.work().events()).sum());
            final double picojoules =
                EnergyEstimate.of(counts, PriceModels.byName(PriceModels.DEFAULT)).totalPicojoules().orElseThrow();
            assertEquals(picojoules, energyPicojoules(), picojoules * CLOSE);
            assertTrue(intervals.size() >= 2, "intervals " + intervals.size());
            checkLog(log, pipeline.latencies(), totals);
            metering.summary().forEach(line -> System.out.println("METERING " + line));
            assertEquals(2 + pipeline.latencies().size() - 1 + 4, metering.summary().size());
        }
    }

    /** Power times time, of all intervals. */
    private double energyPicojoules() {
        return intervals.stream()
            .mapToDouble(each -> each.microwatts().map(Interval::low).orElseThrow() * each.seconds() * 1e6).sum();
    }

    /** The library's own reader finds all that the meters hold, by their tags. */
    private void checkLog(final Path log, final List<LatencyMeter> meters, final PipelineTotals totals)
        throws IOException {
        final TreeMap<String, Histogram> sums = new TreeMap<>();
        int lines = 0;
        try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
            for (Histogram next = next(reader); next != null; next = next(reader)) {
                sums.computeIfAbsent(next.getTag(), tag -> new Histogram(1, 3_600_000_000_000L, 3)).add(next);
                assertTrue(Math.abs(next.getEndTimeStamp() - System.currentTimeMillis()) < 120_000, "wall clock");
                lines++;
            }
        }
        assertEquals(intervals.size() * meters.size(), lines);
        assertEquals(List.of("binning", "decision", "rates", "readout", "simulation"), List.copyOf(sums.keySet()));
        for (final LatencyMeter meter : meters) {
            assertEquals(meter.total(), sums.get(meter.name()), meter.name());
        }
        assertEquals(totals.batches(), sums.get("simulation").getTotalCount());
    }

    private static Histogram next(final HistogramLogReader reader) {
        return (Histogram) reader.nextIntervalHistogram();
    }

    @Test
    void shouldLeaveALogThatCanBeReadWhenTheRunGoesOn() throws Exception {
        final Path log = folder.resolve("latency.hlog");
        try (Pipeline pipeline = pipeline();
            Metering metering = new Metering(new Metering.Context().pipeline(pipeline).rates(rates).log(log)
                .intervalMillis(20).listener(intervals::add))) {
            metering.start();
            while (intervals.size() < 5) {
                Thread.sleep(5);
            }
            final Path copy = Files.copy(log, folder.resolve("interrupted.hlog"));
            int lines = 0;
            try (HistogramLogReader reader = new HistogramLogReader(copy.toFile())) {
                while (reader.nextIntervalHistogram() != null) {
                    lines++;
                }
            }
            assertTrue(lines >= 5 * pipeline.latencies().size(), "lines " + lines);
        }
    }

    @Test
    void shouldSayWhenTheLogCannotBeCreated() {
        try (Pipeline pipeline = pipeline()) {
            final Metering metering = new Metering(new Metering.Context().pipeline(pipeline).rates(rates)
                .log(folder.resolve("missing").resolve("latency.hlog")));
            assertThrows(IOException.class, metering::start);
        }
    }

    /** Power times time is the energy that an estimate over the counts gives, memory by its size included. */
    @Test
    void shouldPriceAsTheEstimateOfARunDoes() throws Exception {
        final RateMeter meter = new RateMeter();
        try (Pipeline pipeline = new Pipeline(new Pipeline.Context().network(Streams.convolutions())
            .binner(Streams.binner(1000)).source(new BurstSource("bursts", 5, 50_000, 40, 1_000_000)).sink(meter))) {
            assertEquals(0, meter.work().operations().entries());
            pipeline.start();
            pipeline.await();
            final OperationCounts counts = pipeline.simulator().counts();
            int priced = 0;
            for (final PriceModel model : PriceModels.all()) {
                final Optional<Interval> expected = EnergyEstimate.of(counts, model).total();
                final Optional<Interval> found = Power.microwatts(meter.work(), 2.0, counts.entries(), model);
                assertEquals(expected.isPresent(), found.isPresent(), model.name());
                if (expected.isPresent()) {
                    final Interval energy = found.get().times(2.0 * 1e6);
                    assertTrue(expected.get().low() > 0.0, model.name());
                    assertEquals(expected.get().low(), energy.low(), expected.get().low() * CLOSE, model.name());
                    assertEquals(expected.get().high(), energy.high(), expected.get().high() * CLOSE, model.name());
                    priced++;
                }
            }
            assertTrue(priced > PriceModels.all().size() / 2, "models with all prices: " + priced);
        }
    }

    @Test
    void shouldRefusePricesOfWhatIsKnownAtTheEndAlone() {
        final PriceModel model = new PriceModel("late", "changes of membranes", 45, 32, Boundary.values()[0],
            Set.of(Operation.MEMBRANE_CHANGES), Map.of(), null);
        try (Pipeline pipeline = pipeline()) {
            assertEquals("price model 'late' has 'membraneChanges' in its scope, which is counted at the end of a run:"
                + " no power while it goes on", assertThrows(IllegalArgumentException.class, () -> new Metering(
                    new Metering.Context().pipeline(pipeline).rates(rates).prices(model))).getMessage());
        }
    }

    @Test
    void shouldRecordStepsForTheFlightRecorder() throws Exception {
        final Path file = folder.resolve("steps.jfr");
        final PipelineTotals totals;
        try (Recording recording = new Recording(); Pipeline pipeline = pipeline()) {
            recording.enable("org.spikemeter.Step");
            recording.start();
            pipeline.start();
            pipeline.await();
            totals = pipeline.totals();
            recording.stop();
            recording.dump(file);
        }
        final List<RecordedEvent> steps = RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals("org.spikemeter.Step")).toList();
        assertEquals(totals.steps(), steps.size());
        long acc = 0;
        long spikes = 0;
        for (final RecordedEvent step : steps) {
            acc += step.getLong("acc");
            spikes += step.getLong("spikes");
            assertTrue(!step.getDuration().isNegative() && step.getDuration().toSeconds() < 10, step.toString());
        }
        assertEquals(rates.work().accumulates(), acc);
        assertEquals(rates.work().spikes(), spikes);
        System.out.printf(Locale.ROOT, "JFR %d steps, %d ACC%n", steps.size(), acc);
    }
}
