package org.spikemeter.engine.generate;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.spikemeter.engine.network.Connections;

/**
 * Random synapses with a fixed in-degree: each target draws its sources from each group, all as likely, none twice.
 * Where sources and targets are the same neurons, none has a synapse to itself.
 */
public final class RandomConnections {
    private final int sources;
    private final int targets;
    private final boolean recurrent;
    private final List<SourceGroup> groups;
    private final SplittableRandom random;

    private RandomConnections(
        final int sources, final int targets, final boolean recurrent, final List<SourceGroup> groups,
        final SplittableRandom random) {
        this.sources = sources;
        this.targets = targets;
        this.recurrent = recurrent;
        this.groups = groups;
        this.random = random;
    }

    /**
     * Draws synapses.
     *
     * @param groups of different sources, ascending
     * @throws IllegalArgumentException where a group has fewer sources than a target is to have, or there are more
     *     synapses than an array can hold
     */
    public static Connections between(
        final int sources, final int targets, final List<SourceGroup> groups, final long seed) {
        return new RandomConnections(sources, targets, false, groups, new SplittableRandom(seed)).connections();
    }

    /** Draws synapses among neurons, none to itself; otherwise as {@link #between}. */
    public static Connections among(final int neurons, final List<SourceGroup> groups, final long seed) {
        return new RandomConnections(neurons, neurons, true, groups, new SplittableRandom(seed)).connections();
    }

    private Connections connections() {
        int before = 0;
        for (final SourceGroup group : groups) {
            if (group.from() < before || group.to() > sources
                || group.inDegree() > group.to() - group.from() - (recurrent ? 1 : 0)) {
                throw new IllegalArgumentException(group + ": expected as many of " + sources
                    + " sources, none of a group before");
            }
            before = group.to();
        }
        final int inDegree = groups.stream().mapToInt(SourceGroup::inDegree).sum();
        if ((long) inDegree * targets > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(inDegree + " synapses to each of " + targets
                + " targets: expected fewer than 2^31");
        }
        final int[] incoming = new int[inDegree * targets];
        final boolean[] taken = new boolean[sources];
        int next = 0;
        for (int target = 0; target < targets; target++) {
            for (final SourceGroup group : groups) {
                next = draw(group, target, incoming, next, taken);
            }
        }
        return bySource(incoming, inDegree);
    }

    /** Draws a target's sources of a group: again where one is taken. */
    private int draw(
        final SourceGroup group, final int target, final int[] incoming, final int first, final boolean[] taken) {
        int next = first;
        while (next < first + group.inDegree()) {
            final int source = random.nextInt(group.from(), group.to());
            if (!taken[source] && !(recurrent && source == target)) {
                taken[source] = true;
                incoming[next] = source;
                next++;
            }
        }
        for (int i = first; i < next; i++) {
            taken[incoming[i]] = false;
        }
        return next;
    }

    /** Targets are gone through in ascending order, and so each row has them in this order. */
    private Connections bySource(final int[] incoming, final int inDegree) {
        final int[] rowStart = new int[sources + 1];
        for (final int source : incoming) {
            rowStart[source + 1]++;
        }
        Arrays.parallelPrefix(rowStart, Integer::sum);
        final int[] end = rowStart.clone();
        final int[] target = new int[incoming.length];
        final float[] weight = new float[incoming.length];
        final int[] delay = groups.stream().allMatch(group -> group.maxDelay() == 0) ? null : new int[incoming.length];
        int next = 0;
        for (int to = 0; to < targets; to++) {
            for (final SourceGroup group : groups) {
                for (int i = 0; i < group.inDegree(); i++) {
                    final int synapse = end[incoming[next]];
                    end[incoming[next]]++;
                    next++;
                    target[synapse] = to;
                    weight[synapse] = group.weight();
                    if (delay != null) {
                        delay[synapse] = random.nextInt(group.minDelay(), group.maxDelay() + 1);
                    }
                }
            }
        }
        assert next == inDegree * targets;
        return new Connections(targets, rowStart, target, weight, delay);
    }
}
