package org.spikemeter.conformance;

import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Voting;

/** The readout by hand: mean firing rate of each group of output neurons; the larger wins. */
final class Votes {
    private final Voting voting;
    private final long[] spikes;
    private int steps;

    Votes(final Voting voting) {
        this.voting = voting;
        this.spikes = new long[voting.groups().size()];
    }

    void add(final StepEvents output) {
        for (int i = 0; i < output.size(); i++) {
            for (int group = 0; group < spikes.length; group++) {
                final Voting.Group g = voting.groups().get(group);
                spikes[group] += output.address(i) >= g.from() && output.address(i) < g.to() ? 1 : 0;
            }
        }
        steps++;
    }

    double rate(final String label) {
        return rate(index(label));
    }

    private double rate(final int group) {
        final Voting.Group g = voting.groups().get(group);
        return (double) spikes[group] / ((double) (g.to() - g.from()) * steps);
    }

    private int index(final String label) {
        for (int group = 0; group < spikes.length; group++) {
            if (voting.groups().get(group).label().equals(label)) {
                return group;
            }
        }
        throw new IllegalArgumentException("no group '" + label + "'");
    }

    String winner() {
        int best = 0;
        boolean tie = false;
        for (int group = 1; group < spikes.length; group++) {
            tie = rate(group) == rate(best) || tie && rate(group) < rate(best);
            best = rate(group) > rate(best) ? group : best;
        }
        return tie ? "tie" : voting.groups().get(best).label();
    }
}
