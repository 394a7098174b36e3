package org.spikemeter.engine.readout;

import java.util.List;

/**
 * The outcome of a vote.
 *
 * @param groups the groups in the network's order, at least one
 */
public record Vote(List<GroupRate> groups) {
    /**
     * A group's votes.
     *
     * @param label what it votes for
     * @param rate votes a neuron and step
     */
    public record GroupRate(String label, double rate) {}

    /** What stands for the label where groups tie. */
    public static final String TIE = "tie";

    /** Copies the list. */
    public Vote {
        groups = List.copyOf(groups);
    }

    /** Labels of the groups with the highest rate: one, or several where they tie. */
    public List<String> winners() {
        final double highest = groups.stream().mapToDouble(GroupRate::rate).max().orElseThrow();
        return groups.stream().filter(group -> group.rate() == highest).map(GroupRate::label).toList();
    }

    /** The winner, or {@link #TIE}. */
    public String label() {
        return isTie() ? TIE : winners().getFirst();
    }

    /** True where no group is alone in having the highest rate. */
    public boolean isTie() {
        return winners().size() > 1;
    }
}
