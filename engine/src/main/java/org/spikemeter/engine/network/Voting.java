package org.spikemeter.engine.network;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Readout by voting: each group of output neurons stands for a label, and the group with the highest mean firing rate
 * wins. Equal rates are a tie.
 *
 * @param groups at least one; they may not overlap
 */
public record Voting(List<Group> groups) {
    /**
     * A group of output neurons.
     *
     * @param label what the group votes for
     * @param from first neuron
     * @param to one beyond the last neuron
     */
    public record Group(String label, int from, int to) {
        /** Checks the range. */
        public Group {
            if (from < 0 || to <= from) {
                throw new IllegalArgumentException("readout group '" + label + "' is " + from + " to " + to
                    + ": expected 0 <= from < to");
            }
        }
    }

    /** Checks that the groups do not overlap and have labels of their own. */
    public Voting {
        groups = List.copyOf(groups);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("readout has no group");
        }
        final Set<String> labels = new HashSet<>();
        for (final Group group : groups) {
            if (!labels.add(group.label())) {
                throw new IllegalArgumentException("readout has two groups '" + group.label() + "'");
            }
        }
        final List<Group> sorted = groups.stream().sorted(Comparator.comparingInt(Group::from)).toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).from() < sorted.get(i - 1).to()) {
                throw new IllegalArgumentException("readout: neuron " + sorted.get(i).from() + " is in two groups");
            }
        }
    }
}
