package org.spikemeter.engine.readout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Voting;

/**
 * Counts the votes of output neurons, step by step: each spike is one vote for its neuron's group. Analog outputs vote
 * with their value.
 */
public final class VotingReadout {
    private final Voting voting;
    private final double[] votes;
    private int steps;

    /** No votes yet. */
    public VotingReadout(final Voting voting) {
        this.voting = voting;
        this.votes = new double[voting.groups().size()];
    }

    /** Forgets all votes. */
    public void reset() {
        Arrays.fill(votes, 0.0);
        steps = 0;
    }

    /** Counts one step of the output layer. */
    public void add(final StepEvents output) {
        for (int event = 0; event < output.size(); event++) {
            final int neuron = output.address(event);
            for (int group = 0; group < votes.length; group++) {
                if (neuron >= voting.groups().get(group).from() && neuron < voting.groups().get(group).to()) {
                    votes[group] += output.value(event);
                }
            }
        }
        steps++;
    }

    /** The result of the steps so far. */
    public Vote vote() {
        final List<Vote.GroupRate> rates = new ArrayList<>();
        for (int group = 0; group < votes.length; group++) {
            final Voting.Group g = voting.groups().get(group);
            final double places = (double) steps * (g.to() - g.from());
            rates.add(new Vote.GroupRate(g.label(), steps == 0 ? 0.0 : votes[group] / places));
        }
        return new Vote(rates);
    }
}
