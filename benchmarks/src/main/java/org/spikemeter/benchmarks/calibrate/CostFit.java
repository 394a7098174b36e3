package org.spikemeter.benchmarks.calibrate;

import java.util.List;

/**
 * Non-negative least squares of relative errors: the costs {@code c >= 0} that make the sum over all samples of
 * {@code (count * c / nanos - 1)^2} least.
 *
 * <p>Relative, since a choice between strategies is one between ratios, at a microsecond as at a second. Non-negative,
 * since no work takes less than no time; a cost that would be negative becomes 0, and its part is left to the others.
 * Found by coordinate descent: each cost in turn is set to its best value while the others stay, until none moves. The
 * sum is convex, so this ends at its least value.
 */
final class CostFit {
    private static final int SWEEPS = 200_000;
    private static final double SETTLED = 1e-10;

    private CostFit() {
    }

    /**
     * Fits.
     *
     * @param counts of each sample: how often each part was done
     * @param nanos of each sample
     * @return nanoseconds of each part; 0 for those that no sample does
     */
    static double[] fit(final List<double[]> counts, final List<Double> nanos) {
        final int parts = counts.getFirst().length;
        final double[][] products = new double[parts][parts];
        final double[] targets = new double[parts];
        for (int sample = 0; sample < counts.size(); sample++) {
            final double[] count = counts.get(sample);
            final double time = nanos.get(sample);
            for (int i = 0; i < parts; i++) {
                targets[i] += count[i] / time;
                for (int j = 0; j < parts; j++) {
                    products[i][j] += count[i] / time * (count[j] / time);
                }
            }
        }
        final double[] costs = new double[parts];
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            if (sweep(products, targets, costs) < SETTLED) {
                break;
            }
        }
        return costs;
    }

    /** Moves each cost to its best value; the largest move, relative to the cost. */
    private static double sweep(final double[][] products, final double[] targets, final double[] costs) {
        double largest = 0;
        for (int i = 0; i < costs.length; i++) {
            if (products[i][i] == 0) {
                continue;
            }
            double rest = targets[i];
            for (int j = 0; j < costs.length; j++) {
                rest -= j == i ? 0 : products[i][j] * costs[j];
            }
            final double best = Math.max(0, rest / products[i][i]);
            if (best != costs[i]) {
                largest = Math.max(largest, Math.abs(best - costs[i]) / Math.max(best, costs[i]));
            }
            costs[i] = best;
        }
        return largest;
    }
}
