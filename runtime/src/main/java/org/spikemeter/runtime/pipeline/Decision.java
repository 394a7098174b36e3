package org.spikemeter.runtime.pipeline;

import org.spikemeter.engine.network.Voting;

/** What a readout says after a step: mean rate of each group, and the group with the highest. */
public final class Decision {
    /** Groups are equal, or there are none. */
    public static final int TIE = -1;

    private final double[] rates;
    private int winner = TIE;
    private long steps;

    Decision(final int groups) {
        rates = new double[groups];
    }

    void set(final Decision other) {
        System.arraycopy(other.rates, 0, rates, 0, rates.length);
        winner = other.winner;
        steps = other.steps;
    }

    /**
     * Sets rates and winner.
     *
     * @param votes a group
     * @param ofSteps number of steps that the votes are of
     */
    void decide(final double[] votes, final long ofSteps, final Voting voting) {
        steps = ofSteps;
        winner = TIE;
        double highest = Double.NEGATIVE_INFINITY;
        for (int group = 0; group < rates.length; group++) {
            final Voting.Group g = voting.groups().get(group);
            rates[group] = ofSteps == 0 ? 0.0 : votes[group] / ((double) ofSteps * (g.to() - g.from()));
            if (rates[group] > highest) {
                highest = rates[group];
                winner = group;
            } else if (rates[group] == highest) {
                winner = TIE;
            }
        }
    }

    /** Number of groups; 0 where the network has no readout. */
    public int groups() {
        return rates.length;
    }

    /** Votes of a group a neuron and step. */
    public double rate(final int group) {
        return rates[group];
    }

    /** Index of the group with the highest rate, or {@link #TIE}. */
    public int winner() {
        return winner;
    }

    /** Steps that it is about. */
    public long steps() {
        return steps;
    }
}
