package org.spikemeter.benchmarks.calibrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.benchmarks.KernelBenchmark.Form;
import org.spikemeter.benchmarks.baseline.Reference;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.cost.CostPart;
import org.spikemeter.engine.cost.CostTable;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.synapse.ConvolutionTable;

class CostFitTest {
    private static final double[] COSTS = {0.5, 3, 0.25, 0, 40};

    private static void fit(final long seed, final double noise, final double tolerance) {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<double[]> counts = new ArrayList<>();
        final List<Double> nanos = new ArrayList<>();
        for (int sample = 0; sample < 200; sample++) {
            final double[] count = new double[COSTS.length];
            double time = 0;
            for (int i = 0; i < count.length; i++) {
                count[i] = Math.exp(random.nextDouble(0, 10)) / (1 + COSTS[i]);
                time += count[i] * COSTS[i];
            }
            counts.add(count);
            nanos.add(time * (1 + random.nextDouble(-noise, noise + Double.MIN_NORMAL)));
        }
        final double[] found = CostFit.fit(counts, nanos);
        for (int i = 0; i < found.length; i++) {
            assertEquals(COSTS[i], found[i], tolerance * (COSTS[i] + 0.01), "seed " + seed + ", cost " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldFindTheCostsThatTimesWereMadeOf(final long seed) {
        fit(seed, 0, 1e-6);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldFindThemAboutWhereTimesAreNoisy(final long seed) {
        fit(seed, 0.05, 0.3);
    }

    @Test
    void shouldNotGoBelowZero() {
        // the second would be -1 were it allowed
        final double[] found = CostFit.fit(List.of(new double[] {1, 0}, new double[] {2, 1}), List.of(1.0, 1.0));
        assertEquals(0, found[1]);
        assertEquals(0.6, found[0], 1e-9);
    }

    @Test
    void shouldLeaveOutWhatNoSampleDoes() {
        assertArrayEquals(new double[] {2, 0}, CostFit.fit(List.of(new double[] {1, 0}), List.of(2.0)), 1e-9);
    }

    @ParameterizedTest
    @EnumSource(CostPart.Loop.class)
    void shouldTellTheCostsOfALoopApartByTheForms(final CostPart.Loop loop) {
        // what cannot be told apart by any form and density would be no cost of its own
        final List<double[]> counts = new ArrayList<>();
        final List<Double> nanos = new ArrayList<>();
        for (final Form form : Form.values()) {
            if (form == Form.CHANNELS_1024) {
                continue;
            }
            final ConvolutionTable table = form.table();
            for (final double density : new double[] {0.001, 0.01, 0.1, 0.5, 1}) {
                final EventGrid events = new EventGrid(table.input(), true);
                events.load(Reference.randomEvents(table.input(), density, 1));
                for (final boolean unit : new boolean[] {true, false}) {
                    events.setUnit(unit);
                    final double[] count = CalibrationRun.counts(table, 16, loop, events);
                    double time = 0;
                    for (int i = 0; i < count.length; i++) {
                        time += count[i] * (i + 1);
                    }
                    if (time > 0) {
                        counts.add(count);
                        nanos.add(time);
                    }
                }
            }
        }
        final double[] found = CostFit.fit(counts, nanos);
        for (final CostPart part : CostPart.values()) {
            final double expected = part.loop() == loop ? part.ordinal() + 1 : 0;
            assertEquals(expected, found[part.ordinal()], 0.02 * expected, part.toString());
        }
    }

    @Test
    void shouldSayWhatPredictionsLose() {
        final List<Sample> samples = List.of(sample(1, Strategy.SCATTER, 0, 30), sample(1, Strategy.GATHER, 1, 20),
            sample(5, Strategy.SCATTER, 0, 10), sample(5, Strategy.GATHER, 1, 15));
        final Predictions predictions = new Predictions(samples, new double[] {1, 2});
        assertEquals(1.5, predictions.worst().loss());
        assertEquals(Strategy.SCATTER, predictions.worst().chosen());
        assertEquals(Strategy.GATHER, predictions.worst().best());
        assertTrue(predictions.summary().startsWith("2 steps: "), predictions.summary());
    }

    private static Sample sample(
        final double percent, final Strategy strategy, final int part, final double nanos) {
        final double[] counts = new double[2];
        counts[part] = 1;
        return new Sample(CostTable.VECTOR, Form.CHANNELS_32, percent, true, strategy,
            CostPart.Loop.of(strategy, false), counts, nanos);
    }

    @Test
    void shouldWriteEveryCostOnce() throws IOException {
        final double[] costs = new double[CostPart.values().length];
        final String text = Calibration.table("Measured.", Map.of(CostTable.SCALAR, costs, CostTable.VECTOR, costs));
        final Properties lines = new Properties();
        lines.load(new StringReader(text));
        assertEquals(CostPart.values().length + 15, lines.size());
        assertTrue(text.contains("# Measured.\n"), text);
    }
}
