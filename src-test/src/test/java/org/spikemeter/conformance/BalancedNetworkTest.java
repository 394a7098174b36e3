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
 * The four regimes of Brunel (2000), figure 8, in the paper's own network. Rates and oscillations are held against
 * those of the paper's simulations (table 1); docs/sparse.md says where the numbers are from, how far ten seeds are
 * apart, and why irregularity is what it is.
 */
@Tag("slow")
class BalancedNetworkTest {
    /** 0.5 s. */
    private static final int WINDOW = 5_000;

    private static PopulationActivity run(final BalancedNetwork balanced, final int settled, final int steps)
        throws IOException {
        final Network network = balanced.network();
        final PopulationActivity activity =
            new PopulationActivity(balanced.excitatory(), balanced.neurons(), steps);
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network));
            StepSource input = balanced.input(settled + steps)) {
            final StepEvents events = new StepEvents(network.input());
            final StepEvents fired = new StepEvents(network.input());
            for (int step = -settled; input.next(events); step++) {
                simulator.step(events);
                simulator.spikes(BalancedNetwork.NEURONS, fired);
                if (step >= 0) {
                    activity.add(step, fired);
                }
            }
            requireCounts(balanced, network, simulator.counts());
        }
        return activity;
    }

    /** Every spike costs what its neuron has synapses, once it has come there. */
    private static void requireCounts(
        final BalancedNetwork balanced, final Network network, final OperationCounts counts) {
        for (final OperationCounts.Entry entry : counts.entries()) {
            if (network.layers().get(entry.synapticLayer()).name().equals(BalancedNetwork.RECURRENT)) {
                final double each = (double) entry.counts().total(Operation.SYNAPTIC_ACCUMULATES)
                    / entry.counts().total(Operation.INPUT_EVENTS);
                assertEquals(balanced.connectivity() * balanced.neurons(), each, 5.0, "synapses a spike");
                assertEquals(0, entry.counts().total(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES));
            }
        }
    }

    /**
     * A rate and an oscillation may be as far from the paper's as the mean of ten seeds is, and three standard
     * deviations of a seed; the others are within three of the mean of ten seeds. Two have no published number: in the
     * first regime two halves of the neurons fire in turn, each 1.5 ms after the other (40 times here; a stronger
     * excitation changes nothing); in the third the paper's theory has an oscillation of 124 Hz that dies away, and
     * chance keeps it up.
     */
    @ParameterizedTest(name = "{0}: g {1}, eta {2}")
    @CsvSource({
        // g, eta, settled, steps, rate (Hz) and tolerance, irregularity, synchrony, oscillation (Hz) and tolerance
        "synchronous regular,          3.0, 2.0,  500,  1200, 333.3, 0.3, 0.00, 0.01, 1990, 2210, 666.7,  1.0",
        "synchronous irregular (fast), 6.0, 4.0, 1000,  5000,  60.7, 2.2, 0.63, 0.96,  390,  810, 180.0, 17.0",
        "asynchronous irregular,       5.0, 2.0, 1000,  5000,  37.7, 1.3, 0.39, 0.41,   80,  170, 124.0, 25.0",
        "synchronous irregular (slow), 4.5, 0.9, 2000, 20000,   5.5, 0.5, 0.65, 0.69,  160,  300,  22.0,  5.5",
    })
    void shouldBeInTheRegimeOfThePaper(
        final String regime, final double g, final double eta, final int settled, final int steps, final double rate,
        final double rateTolerance, final double irregularityFrom, final double irregularityTo,
        final double synchronyFrom, final double synchronyTo, final double oscillation,
        final double oscillationTolerance) throws IOException {
        final PopulationActivity seen = run(BalancedNetwork.of(g, eta, 1), settled, steps);
        final String what = regime + ": " + seen;
        assertEquals(rate, seen.rateHertz(), rateTolerance, what);
        assertBetween(what, irregularityFrom, irregularityTo, seen.irregularity());
        assertBetween(what, synchronyFrom, synchronyTo, seen.synchrony());
        assertEquals(oscillation, seen.oscillationHertz(Math.min(WINDOW, steps)), oscillationTolerance, what);
    }

    /**
     * What asynchronous means: as many synapses a neuron in a network four times the size, and the synchrony, which
     * there is in any finite network, does not grow; that of a regime where neurons oscillate together does. (Ten
     * seeds: 159 to 125, standard deviations 20 and 14; 306 to 599, 18 and 68.)
     */
    @ParameterizedTest(name = "{0}: g {1}, eta {2}")
    @CsvSource({
        "asynchronous irregular,       5.0, 2.0, 0.4, 1.2",
        "synchronous irregular (fast), 6.0, 4.0, 1.3, 2.7",
    })
    void shouldGrowInSynchronyWithSizeOnlyWhereSynchronous(
        final String regime, final double g, final double eta, final double growthFrom, final double growthTo)
        throws IOException {
        final BalancedNetwork whole = BalancedNetwork.of(g, eta, 1);
        final BalancedNetwork quarter = new BalancedNetwork(whole.excitatory() / 4, whole.inhibitory() / 4,
            4.0 * whole.connectivity(), whole.weightMillivolts(), g, eta, whole.minDelay(), whole.maxDelay(), 1);
        final double growth = run(whole, 1_000, WINDOW).synchrony() / run(quarter, 1_000, WINDOW).synchrony();
        assertBetween(regime + ": grows by " + growth, growthFrom, growthTo, growth);
    }

    private static void assertBetween(final String what, final double from, final double to, final double value) {
        assertTrue(value >= from && value <= to, what + ": expected " + from + " to " + to);
    }
}
