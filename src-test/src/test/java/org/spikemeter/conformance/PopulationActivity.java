package org.spikemeter.conformance;

import java.util.Arrays;
import org.spikemeter.engine.aer.StepEvents;

/**
 * Spikes of excitatory and inhibitory neurons over a number of steps of 0.1 ms, and what tells regimes of a network
 * apart. Slow and plain.
 */
final class PopulationActivity {
    private static final double STEP_SECONDS = 1e-4;
    /** Steps of which the number of spikes is taken together: 1 ms. */
    private static final int BIN = 10;
    /** Fewer intervals than that say nothing of a neuron's irregularity. */
    private static final int INTERVALS = 3;
    private static final double LOWEST_HERTZ = 5.0;
    private static final double HIGHEST_HERTZ = 1_000.0;

    private final int excitatory;
    private final int[] lastSpike;
    private final int[] intervals;
    private final double[] intervalSum;
    private final double[] intervalSquares;
    /** Spikes of all neurons in each step. */
    private final double[] counts;
    private long excitatorySpikes;

    PopulationActivity(final int excitatory, final int neurons, final int steps) {
        this.excitatory = excitatory;
        this.lastSpike = new int[neurons];
        this.intervals = new int[neurons];
        this.intervalSum = new double[neurons];
        this.intervalSquares = new double[neurons];
        this.counts = new double[steps];
        Arrays.fill(lastSpike, -1);
    }

    /** Takes in the spikes of a step. */
    void add(final int step, final StepEvents fired) {
        counts[step] = fired.size();
        for (int i = 0; i < fired.size(); i++) {
            final int neuron = fired.address(i);
            if (neuron < excitatory) {
                excitatorySpikes++;
            }
            if (lastSpike[neuron] >= 0) {
                final double interval = step - lastSpike[neuron];
                intervals[neuron]++;
                intervalSum[neuron] += interval;
                intervalSquares[neuron] += interval * interval;
            }
            lastSpike[neuron] = step;
        }
    }

    /** Spikes a second of an excitatory neuron. */
    double rateHertz() {
        return excitatorySpikes / (excitatory * counts.length * STEP_SECONDS);
    }

    /** Coefficient of variation of the intervals between a neuron's spikes: 0 of a clock, 1 of a Poisson process. */
    double irregularity() {
        double sum = 0.0;
        int neurons = 0;
        for (int neuron = 0; neuron < intervals.length; neuron++) {
            if (intervals[neuron] >= INTERVALS) {
                final double mean = intervalSum[neuron] / intervals[neuron];
                final double squares = intervalSquares[neuron] - intervals[neuron] * mean * mean;
                sum += Math.sqrt(Math.max(squares, 0.0) / (intervals[neuron] - 1)) / mean;
                neurons++;
            }
        }
        return sum / neurons;
    }

    /**
     * Variance of the number of spikes in 1 ms over that of as many independent neurons with this rate, which is the
     * mean.
     */
    double synchrony() {
        final int bins = counts.length / BIN;
        double sum = 0.0;
        double squares = 0.0;
        for (int bin = 0; bin < bins; bin++) {
            double spikes = 0.0;
            for (int step = bin * BIN; step < (bin + 1) * BIN; step++) {
                spikes += counts[step];
            }
            sum += spikes;
            squares += spikes * spikes;
        }
        final double mean = sum / bins;
        return (squares / bins - mean * mean) / mean;
    }

    /** Where the power of the number of spikes is greatest, a mean over windows of so many steps. */
    double oscillationHertz(final int window) {
        final double resolution = 1.0 / (window * STEP_SECONDS);
        int greatest = 0;
        double greatestPower = 0.0;
        for (int k = (int) Math.ceil(LOWEST_HERTZ / resolution); k * resolution <= HIGHEST_HERTZ; k++) {
            double power = 0.0;
            for (int start = 0; start + window <= counts.length; start += window) {
                power += power(start, window, k);
            }
            if (power > greatestPower) {
                greatestPower = power;
                greatest = k;
            }
        }
        return greatest * resolution;
    }

    /** Of k periods in a window: of the discrete Fourier transform, as it is defined. */
    private double power(final int start, final int window, final int k) {
        double real = 0.0;
        double imaginary = 0.0;
        for (int i = 0; i < window; i++) {
            final double angle = 2.0 * Math.PI * k * i / window;
            real += counts[start + i] * Math.cos(angle);
            imaginary += counts[start + i] * Math.sin(angle);
        }
        return real * real + imaginary * imaginary;
    }

    @Override
    public String toString() {
        return "%.2f Hz, irregularity %.3f, synchrony %.1f".formatted(rateHertz(), irregularity(), synchrony());
    }
}
