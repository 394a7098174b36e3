package org.spikemeter.benchmarks.calibrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.spikemeter.benchmarks.KernelBenchmark.Form;
import org.spikemeter.benchmarks.KernelRun;
import org.spikemeter.benchmarks.baseline.Reference;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.cost.CostPart;
import org.spikemeter.engine.cost.CostTable;
import org.spikemeter.engine.cost.StrategyCosts;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.synapse.ConvolutionTable;

/**
 * Measures all strategies on all forms of convolutions at several densities, in this JVM: first a pass in which the
 * compiler sees everything, then two that count. JMH would start a JVM for each of a thousand figures; and in a
 * simulator, too, kernels run for one layer after the other. A figure is the lower quartile of its runs in the better
 * of both passes, since what else goes on can only make a run longer, and does so for seconds.
 */
final class CalibrationRun {
    private static final double[] PERCENTS = {0.1, 1, 5, 20, 50, 100};
    private static final int PASSES = 3;
    private static final long LEAST_NANOS = 20_000_000;
    private static final int LEAST_RUNS = 4;
    private static final int MOST_RUNS = 1000;
    private static final double PERCENT = 100;

    private final long[] times = new long[MOST_RUNS];
    private final Consumer<String> progress;

    CalibrationRun(final Consumer<String> progress) {
        this.progress = progress;
    }

    /** Measures. */
    List<Sample> measure(final String name) {
        final Kernels kernels =
            Kernels.of(CostTable.SCALAR.equals(name) ? Kernels.Choice.SCALAR : Kernels.Choice.VECTOR);
        final List<Sample> samples = new ArrayList<>();
        for (int pass = 0; pass < PASSES; pass++) {
            int next = 0;
            for (final Form form : Form.values()) {
                // scalar kernels would take minutes for this one, and say nothing that others do not
                if (kernels.lanes() == 1 && form == Form.CHANNELS_1024) {
                    continue;
                }
                for (final Sample sample : measure(name, kernels, form)) {
                    if (pass == 0) {
                        samples.add(sample);
                    } else if (pass == 1 || sample.nanos() < samples.get(next).nanos()) {
                        // what was measured while the compiler was at work is replaced in any case
                        samples.set(next, sample);
                    }
                    next++;
                }
            }
            progress.accept(name + " kernels: pass " + (pass + 1) + " of " + PASSES);
        }
        return samples;
    }

    private List<Sample> measure(final String name, final Kernels kernels, final Form form) {
        final ConvolutionTable table = form.table();
        final List<KernelRun> runs = new ArrayList<>();
        for (final Strategy strategy : Strategy.values()) {
            runs.add(new KernelRun(table, kernels, strategy));
        }
        final List<Sample> samples = new ArrayList<>();
        for (final double percent : PERCENTS) {
            for (final boolean unit : new boolean[] {true, false}) {
                final EventGrid events = events(table, percent, unit);
                for (final Strategy strategy : Strategy.values()) {
                    final KernelRun run = runs.get(strategy.ordinal());
                    final double nanos = strategy == Strategy.DENSE && !unit ? last(samples, Strategy.DENSE)
                        : time(run, events);
                    samples.add(new Sample(name, form, percent, unit, strategy,
                        CostPart.Loop.of(strategy, run.slides()),
                        counts(table, kernels.lanes(), CostPart.Loop.of(strategy, run.slides()), events), nanos));
                }
            }
        }
        return samples;
    }

    /** The dense kernel does not ask what events are: what it took for units it takes for values. */
    private static double last(final List<Sample> samples, final Strategy strategy) {
        return samples.reversed().stream().filter(sample -> sample.strategy() == strategy).findFirst().orElseThrow()
            .nanos();
    }

    private static EventGrid events(final ConvolutionTable table, final double percent, final boolean unit) {
        final StepEvents spikes = Reference.randomEvents(table.input(), percent / PERCENT, 1);
        final SplittableRandom random = new SplittableRandom(2);
        final EventGrid events = new EventGrid(table.input(), !unit);
        events.open(unit);
        for (int i = 0; i < spikes.size(); i++) {
            events.append(spikes.address(i), (float) random.nextDouble(0.1, 1));
        }
        events.close();
        return events;
    }

    /** How often each part is done; 0 for those of other loops. */
    static double[] counts(
        final ConvolutionTable table, final int lanes, final CostPart.Loop loop, final EventGrid events) {
        final StrategyCosts costs = new StrategyCosts(table, false, lanes,
            new CostTable(new double[CostPart.values().length]));
        final double[] counts = new double[CostPart.values().length];
        for (final CostPart part : CostPart.values()) {
            counts[part.ordinal()] = part.loop() != loop ? 0 : part.factor(table, lanes)
                * costs.number(part.number(), events.size(), events.occupiedPixels(), events.isUnit());
        }
        return counts;
    }

    private double time(final KernelRun run, final EventGrid events) {
        int runs = 0;
        long total = 0;
        while (total < LEAST_NANOS && runs < MOST_RUNS || runs < LEAST_RUNS && total < LEAST_RUNS * LEAST_NANOS) {
            final long start = System.nanoTime();
            run.take(events);
            run.rows();
            run.release();
            times[runs] = System.nanoTime() - start;
            total += times[runs];
            runs++;
        }
        Arrays.sort(times, 0, runs);
        return times[runs / 4];
    }
}
