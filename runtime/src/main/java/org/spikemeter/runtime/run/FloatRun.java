package org.spikemeter.runtime.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.energy.EnergyEstimate;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.engine.integer.Quantisation;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.readout.Vote;
import org.spikemeter.engine.simulate.IntegerCompiler;
import org.spikemeter.engine.simulate.Simulator;

/**
 * The same input in floating point, beside a run in integers.
 *
 * @param quantisation widths of the run in integers
 * @param notes what integers change beyond rounding
 * @param vote the readout, where the network has one
 * @param counts the counts
 * @param energy the counts, at the prices that most papers take
 * @param differing spikes that one of the two runs has alone
 */
public record FloatRun(
    Quantisation quantisation, List<String> notes, Optional<Vote> vote, OperationCounts counts,
    EnergyEstimate energy, long differing) {
    /**
     * Runs a network in floating point.
     *
     * @param context how to run it; its quantisation is that of the run in integers, and is taken away
     * @param steps the input
     * @param integers log of the run in integers
     */
    public static FloatRun of(
        final Network network, final Simulator.Context context, final Quantisation quantisation,
        final List<StepEvents> steps, final EventLog integers) throws IOException {
        final RunListener listener = new RunListener(network, true);
        try (Simulator simulator = new Simulator(context.quantisation(null).listener(listener))) {
            simulator.run(new ListStepSource(network.input(), steps));
            return new FloatRun(quantisation, IntegerCompiler.notes(network, quantisation), listener.vote(),
                simulator.counts(),
                EnergyEstimate.of(simulator.counts(), PriceModels.byName(PriceModels.DEFAULT)),
                listener.log().differing(integers));
        }
    }

    /** The label, or {@link Vote#TIE}; empty where there is no readout. */
    public Optional<String> label() {
        return vote.map(Vote::label);
    }
}
