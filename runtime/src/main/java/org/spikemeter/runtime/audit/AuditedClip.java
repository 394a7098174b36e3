package org.spikemeter.runtime.audit;

import java.util.List;
import java.util.Optional;
import org.spikemeter.engine.convention.ConventionResult;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.runtime.input.BinnedRecording;
import org.spikemeter.runtime.run.FloatRun;

/**
 * One clip's run, counted in every way.
 *
 * @param name of the clip
 * @param expected its true label, where it is known
 * @param label the network's label, or "tie"; empty without a readout
 * @param steps number of steps
 * @param groupVotes [steps][groups]: votes of each group in each step, a neuron; empty without a readout
 * @param counts what was executed
 * @param conventions what everybody counts, {@code executed} first
 * @param recording what came of the recording that it was made from, where it was one
 * @param floatRun the same clip in floating point, where this run was in integers
 */
public record AuditedClip(
    String name, Optional<String> expected, Optional<String> label, int steps, double[][] groupVotes,
    OperationCounts counts, List<ConventionResult> conventions, Optional<BinnedRecording> recording,
    Optional<FloatRun> floatRun) {
    /** The same clip, made from a recording. */
    public AuditedClip of(final BinnedRecording from) {
        return new AuditedClip(
            name, expected, label, steps, groupVotes, counts, conventions, Optional.of(from), floatRun);
    }

    /** A convention's result. */
    public ConventionResult convention(final String convention) {
        return conventions.stream().filter(r -> r.convention().name().equals(convention)).findFirst().orElseThrow();
    }

    /** Density of the input's events: events / addresses, over all steps but the first. */
    public double inputDensity() {
        return convention("paper").figure("inputDensity");
    }

    /** Synaptic operations that were executed, a layer. */
    static long operations(final OperationCounts.Entry entry) {
        return entry.counts().total(Operation.SYNAPTIC_ACCUMULATES)
            + entry.counts().total(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES);
    }

    /** Mean vote of each group over the first {@code steps} steps. */
    public double[] rates(final int upTo) {
        final double[] rates = new double[groupVotes[0].length];
        for (int step = 0; step < upTo; step++) {
            for (int group = 0; group < rates.length; group++) {
                rates[group] += groupVotes[step][group] / upTo;
            }
        }
        return rates;
    }
}
