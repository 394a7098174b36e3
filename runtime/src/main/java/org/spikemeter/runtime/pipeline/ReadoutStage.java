package org.spikemeter.runtime.pipeline;

import java.util.Arrays;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Voting;

/**
 * Counts votes over the clip so far, or over a window of the last steps, and decides after each batch. What it records
 * for each step with events is the time from the arrival of the first of them to the decision.
 */
final class ReadoutStage extends Stage {
    static final String NAME = "readout";
    static final String DECISION = "decision";

    private final Voting voting;
    private final int window;
    private final Gate gate;
    private final LatencyMeter decisionLatency = new LatencyMeter(DECISION);
    private final StepEvents output;
    private final int[] groupOf;
    private final double[] votes;
    /** Votes of each group in each of the last steps; of the step in row {@link #row} next. */
    private final double[][] history;
    private final Decision decision;
    private int row;
    private long steps;

    /**
     * Nothing decided.
     *
     * @param window steps that a decision is about, 0 for all of the clip
     * @param gate what waited for it is not timed
     */
    ReadoutStage(final Network network, final int window, final Gate gate, final Fault fault) {
        super(NAME, fault);
        this.voting = network.voting().orElse(null);
        this.window = window;
        this.gate = gate;
        this.output = new StepEvents(network.outputOf(network.layers().size() - 1));
        final int groups = voting == null ? 0 : voting.groups().size();
        this.groupOf = new int[output.shape().size()];
        Arrays.fill(groupOf, -1);
        for (int group = 0; group < groups; group++) {
            Arrays.fill(groupOf, voting.groups().get(group).from(), voting.groups().get(group).to(), group);
        }
        this.votes = new double[groups];
        this.history = new double[window][groups];
        this.decision = new Decision(groups);
    }

    LatencyMeter decisionLatency() {
        return decisionLatency;
    }

    @Override
    void work(final PipelineBatch batch, final boolean endOfBurst) {
        if (batch.input().startsClip()) {
            reset();
        }
        final StepList outputs = batch.outputs();
        for (int entry = 0; entry < outputs.entries(); entry++) {
            outputs.get(entry, output);
            for (int repeat = 0; repeat < outputs.repeats(entry); repeat++) {
                add();
            }
        }
        if (voting != null) {
            decision.decide(votes, window == 0 ? steps : Math.min(steps, window), voting);
        }
        batch.decision().set(decision);
        recordLatency(batch.steps());
    }

    private void reset() {
        Arrays.fill(votes, 0.0);
        for (final double[] each : history) {
            Arrays.fill(each, 0.0);
        }
        row = 0;
        steps = 0;
    }

    private void add() {
        final double[] present = window == 0 ? null : history[row];
        for (int group = 0; present != null && group < votes.length; group++) {
            votes[group] -= present[group];
            present[group] = 0.0;
        }
        for (int i = 0; i < output.size(); i++) {
            final int group = groupOf[output.address(i)];
            if (group >= 0) {
                votes[group] += output.value(i);
                if (present != null) {
                    present[group] += output.value(i);
                }
            }
        }
        row = window == 0 ? 0 : (row + 1) % window;
        steps++;
    }

    private void recordLatency(final StepList inputs) {
        final long now = System.nanoTime();
        for (int entry = 0; entry < inputs.entries(); entry++) {
            if (!inputs.isSilent(entry) && gate.isTimed(inputs.arrivalNanos(entry))) {
                decisionLatency.record(now - inputs.arrivalNanos(entry));
            }
        }
    }
}
