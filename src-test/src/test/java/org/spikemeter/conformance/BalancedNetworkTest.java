package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.generate.BalancedNetwork;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;

/**
 * The regimes of Brunel (2000), figures 2 and 8, in the paper's own network: mean rate, the coefficient of variation of
 * the intervals between a neuron's spikes, and that of the number of all spikes in bins of 0.5 ms, which is large where
 * neurons fire together. So few neurons never fire independently: the paper's own activity goes up and down as well.
 */
@Tag("slow")
class BalancedNetworkTest {
    /** The first 50 ms: all neurons start at one potential. */
    private static final int SETTLED = 500;
    private static final int BIN = 5;

    /** What was seen after the start. */
    private record Activity(double rate, double irregularity, double synchrony) {}

    private static Activity run(final BalancedNetwork balanced, final int steps) throws IOException {
        final Network network = balanced.network();
        final double[] moments = new double[2];
        final int[] last = new int[balanced.neurons()];
        final double[][] intervals = new double[balanced.neurons()][3];
        final double[] bins = new double[(steps - SETTLED) / BIN];
        long spikes = 0;
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network));
            StepSource input = balanced.input(steps)) {
            final StepEvents events = new StepEvents(network.input());
            final StepEvents fired = new StepEvents(network.input());
            for (int step = 0; input.next(events); step++) {
                simulator.step(events);
                simulator.spikes(BalancedNetwork.NEURONS, fired);
                for (int i = 0; step >= SETTLED && i < fired.size(); i++) {
                    bins[(step - SETTLED) / BIN]++;
                    spikes++;
                    addInterval(intervals[fired.address(i)], last[fired.address(i)], step);
                    last[fired.address(i)] = step;
                }
            }
            requireCounts(network, simulator.counts());
        }
        for (final double[] interval : intervals) {
            if (interval[0] > 2) {
                final double mean = interval[1] / interval[0];
                moments[0]++;
                final double variance = (interval[2] - interval[0] * mean * mean) / (interval[0] - 1.0);
                moments[1] += Math.sqrt(Math.max(variance, 0.0)) / mean;
            }
        }
        return new Activity(balanced.rateHertz(spikes, steps - SETTLED), moments[1] / moments[0], synchrony(bins));
    }

    private static void addInterval(final double[] interval, final int last, final int step) {
        if (last > 0) {
            interval[0]++;
            interval[1] += step - last;
            interval[2] += (double) (step - last) * (step - last);
        }
    }

    private static double synchrony(final double[] bins) {
        double sum = 0.0;
        double squares = 0.0;
        for (final double bin : bins) {
            sum += bin;
            squares += bin * bin;
        }
        final double mean = sum / bins.length;
        return Math.sqrt(squares / bins.length - mean * mean) / mean;
    }

    /** Every spike costs what its neuron has synapses, once it has come there. */
    private static void requireCounts(final Network network, final OperationCounts counts) {
        for (final OperationCounts.Entry entry : counts.entries()) {
            if (network.layers().get(entry.synapticLayer()).name().equals(BalancedNetwork.RECURRENT)) {
                final double each = (double) entry.counts().total(Operation.SYNAPTIC_ACCUMULATES)
                    / entry.counts().total(Operation.INPUT_EVENTS);
                assertEquals(1250.0, each, 5.0, "synapses a spike");
                assertEquals(0, entry.counts().total(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES));
            }
        }
    }

    @ParameterizedTest(name = "{0}: g {1}, eta {2}")
    @CsvSource({
        // regime, g, eta, steps, rate (Hz), of the intervals, of the activity: from and to
        "synchronous regular,           3.0, 2.0, 1500, 300, 400, 0.0, 0.05, 1.2, 9.0",
        "synchronous irregular (fast),  6.0, 4.0, 3000,  54,  66, 0.6, 1.00, 0.7, 1.2",
        "asynchronous irregular,        5.0, 2.0, 3000,  34,  42, 0.3, 0.60, 0.0, 0.65",
        "synchronous irregular (slow),  4.5, 0.9, 6000,   3,   8, 0.4, 1.00, 1.0, 3.0",
    })
    void shouldBeInTheRegimeOfThePaper(
        final String regime, final double g, final double eta, final int steps, final double rateFrom,
        final double rateTo, final double irregularityFrom, final double irregularityTo, final double synchronyFrom,
        final double synchronyTo) throws IOException {
        final Activity seen = run(BalancedNetwork.of(g, eta, 1), steps);
        assertBetween(regime + ", rate of " + seen, rateFrom, rateTo, seen.rate);
        assertBetween(regime + ", irregularity of " + seen, irregularityFrom, irregularityTo, seen.irregularity);
        assertBetween(regime + ", synchrony of " + seen, synchronyFrom, synchronyTo, seen.synchrony);
    }

    private static void assertBetween(final String what, final double from, final double to, final double value) {
        assertTrue(value >= from && value <= to, what + ": expected " + from + " to " + to);
    }
}
