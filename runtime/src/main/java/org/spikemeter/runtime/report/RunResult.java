package org.spikemeter.runtime.report;

import java.util.List;
import java.util.Optional;
import org.spikemeter.engine.convention.ConventionResult;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.energy.EnergyEstimate;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.readout.Vote;
import org.spikemeter.runtime.input.BinnedRecording;
import org.spikemeter.runtime.run.FloatRun;

/**
 * What one window of an input has shown. The counts are live: a result is to be reported before the next window runs.
 *
 * @param input name of the input
 * @param network the network
 * @param execution how it was run
 * @param firstStep the window's first step, counted over the whole input
 * @param steps number of steps
 * @param vote the readout, where the network has one
 * @param expected the true label, where it is known
 * @param density of the input's events: where a sensor made them, without the first step; of a recording, over all
 * @param recording what came of the recording, where the input is one
 * @param counts the counts
 * @param energy the counts, priced
 * @param conventions the same run counted by others; empty where that was not asked for
 * @param floatRun the same input in floating point, where this run was in integers
 */
public record RunResult(
    String input, Network network, String execution, int firstStep, int steps, Optional<Vote> vote,
    Optional<String> expected, Optional<Density> density, Optional<BinnedRecording> recording,
    OperationCounts counts, EnergyEstimate energy, List<ConventionResult> conventions, Optional<FloatRun> floatRun) {
    /**
     * How dense the input's events are.
     *
     * @param positions positions with an event / positions
     * @param channels events / addresses
     */
    public record Density(double positions, double channels) {}

    /** The label, or {@link Vote#TIE}; empty where there is no readout. */
    public Optional<String> label() {
        return vote.map(Vote::label);
    }

    /** Whether the label is the true one, where that is known. */
    public Optional<Boolean> isRight() {
        return expected.flatMap(truth -> label().map(truth::equals));
    }
}
