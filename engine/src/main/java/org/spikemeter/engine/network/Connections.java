package org.spikemeter.engine.network;

import java.util.Arrays;

/**
 * Immutable synapses in compressed sparse rows, one row a source: the synapses of source {@code s} are those from
 * {@code start(s)} to {@code start(s + 1)}. Each may have a delay of its own, in steps.
 */
public final class Connections {
    /** Steps that a synapse may take. */
    public static final int MAX_DELAY = 1 << 16;

    private final int targets;
    private final int[] rowStart;
    private final int[] target;
    private final float[] weight;
    /** Null where all are 0. */
    private final int[] delay;

    /**
     * Synapses without delays; copies the arrays.
     *
     * @param targets number of target neurons
     * @param rowStart [sources + 1], from 0 to the number of synapses, not descending
     * @param target target of each synapse; within a row strictly ascending
     * @param weight weight of each synapse, finite
     * @throws IllegalArgumentException where it is not so
     */
    public Connections(final int targets, final int[] rowStart, final int[] target, final float[] weight) {
        this(targets, rowStart, target, weight, null);
    }

    /**
     * Copies the arrays.
     *
     * @param targets number of target neurons
     * @param rowStart [sources + 1], from 0 to the number of synapses, not descending
     * @param target target of each synapse; within a row ascending, the same target again only with a longer delay
     * @param weight weight of each synapse, finite
     * @param delay steps that each synapse takes, 0 to {@link #MAX_DELAY}; null where all are 0
     * @throws IllegalArgumentException where it is not so
     */
    public Connections(
        final int targets, final int[] rowStart, final int[] target, final float[] weight, final int[] delay) {
        if (rowStart.length < 2 || rowStart[0] != 0 || rowStart[rowStart.length - 1] != target.length
            || target.length != weight.length) {
            throw new IllegalArgumentException("connections: expected row starts from 0 to " + target.length
                + " synapses and as many weights, found " + weight.length);
        }
        if (delay != null && delay.length != target.length) {
            throw new IllegalArgumentException("connections: expected a delay for each of " + target.length
                + " synapses, found " + delay.length);
        }
        for (int source = 0; source + 1 < rowStart.length; source++) {
            if (rowStart[source + 1] < rowStart[source] || rowStart[source + 1] > target.length) {
                throw new IllegalArgumentException("connections: the row of source " + source + " ends at "
                    + rowStart[source + 1] + ": expected " + rowStart[source] + " to " + target.length);
            }
            requireRow(source, targets, rowStart, target, weight);
            requireOrder(source, targets, rowStart, target, delay);
        }
        this.targets = targets;
        this.rowStart = rowStart.clone();
        this.target = target.clone();
        this.weight = weight.clone();
        this.delay = delay == null || Arrays.stream(delay).allMatch(steps -> steps == 0) ? null : delay.clone();
    }

    private static void requireRow(
        final int source, final int targets, final int[] rowStart, final int[] target, final float[] weight) {
        for (int i = rowStart[source]; i < rowStart[source + 1]; i++) {
            final int before = i == rowStart[source] ? 0 : target[i - 1];
            if (target[i] < before || target[i] >= targets) {
                throw new IllegalArgumentException("connections: target " + target[i] + " of source " + source
                    + ": expected ascending targets below " + targets);
            }
            if (!Float.isFinite(weight[i])) {
                throw new IllegalArgumentException("connections: weight " + weight[i] + " of source " + source
                    + ": expected a finite number");
            }
        }
    }

    private static void requireOrder(
        final int source, final int targets, final int[] rowStart, final int[] target, final int[] delay) {
        for (int i = rowStart[source]; i < rowStart[source + 1]; i++) {
            if (delay != null && (delay[i] < 0 || delay[i] > MAX_DELAY)) {
                throw new IllegalArgumentException("connections: delay " + delay[i] + " of source " + source
                    + ": expected 0 to " + MAX_DELAY + " steps");
            }
            if (i > rowStart[source] && target[i] == target[i - 1] && (delay == null || delay[i] <= delay[i - 1])) {
                throw new IllegalArgumentException("connections: target " + target[i] + " of source " + source
                    + (delay == null ? ": expected ascending targets below " + targets
                        : " again with delay " + delay[i] + ": expected one longer than " + delay[i - 1]));
            }
        }
    }

    /** Each weight times a factor, computed in float64 and rounded once. */
    public Connections times(final double factor) {
        final float[] products = new float[weight.length];
        for (int i = 0; i < products.length; i++) {
            products[i] = (float) (weight[i] * factor);
        }
        return new Connections(targets, rowStart, target, products, delay);
    }

    /** A copy of the row starts: [sources + 1]. */
    public int[] rowStarts() {
        return rowStart.clone();
    }

    /** A copy of the targets: [synapses]. */
    public int[] allTargets() {
        return target.clone();
    }

    /** A copy of the weights: [synapses]. */
    public float[] weights() {
        return weight.clone();
    }

    /** A copy of the delays: [synapses]; null where all are 0. */
    public int[] delays() {
        return delay == null ? null : delay.clone();
    }

    /** True where a synapse takes a step or more. */
    public boolean hasDelays() {
        return delay != null;
    }

    /** Number of source neurons. */
    public int sources() {
        return rowStart.length - 1;
    }

    /** Number of target neurons. */
    public int targets() {
        return targets;
    }

    /** Number of synapses. */
    public int synapses() {
        return target.length;
    }

    /** Index of the first synapse of {@code source}. */
    public int start(final int source) {
        return rowStart[source];
    }

    /** Target of a synapse. */
    public int target(final int synapse) {
        return target[synapse];
    }

    /** Weight of a synapse. */
    public float weight(final int synapse) {
        return weight[synapse];
    }

    /** Steps that a synapse takes. */
    public int delay(final int synapse) {
        return delay == null ? 0 : delay[synapse];
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Connections that && targets == that.targets && Arrays.equals(rowStart, that.rowStart)
            && Arrays.equals(target, that.target) && Arrays.equals(weight, that.weight)
            && Arrays.equals(delay, that.delay);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new int[] {
            targets, Arrays.hashCode(rowStart), Arrays.hashCode(target), Arrays.hashCode(weight),
            Arrays.hashCode(delay)
        });
    }
}
