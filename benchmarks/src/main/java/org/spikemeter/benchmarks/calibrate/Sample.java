package org.spikemeter.benchmarks.calibrate;

import java.util.Locale;
import org.spikemeter.benchmarks.KernelBenchmark.Form;
import org.spikemeter.engine.cost.CostPart;
import org.spikemeter.engine.kernel.Strategy;

/**
 * How long a step took.
 *
 * @param kernels name in the table
 * @param form the convolution
 * @param percent of the sources that had events
 * @param unit whether all were 1
 * @param strategy how
 * @param loop by which it ran
 * @param counts how often each part was done, in their order; 0 for parts of other loops
 * @param nanos time
 */
record Sample(
    String kernels, Form form, double percent, boolean unit, Strategy strategy, CostPart.Loop loop, double[] counts,
    double nanos) {

    /** The step, whatever the strategy. */
    String step() {
        return String.format(Locale.ROOT, "%s %s %s %% %s", kernels, form,
            percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent),
            unit ? "units" : "values");
    }

    /** What a table of costs says it would take. */
    double predicted(final double[] costs) {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i] * costs[i];
        }
        return sum;
    }
}
