package org.spikemeter.engine.network;

import java.util.Arrays;

/**
 * Immutable synapses in compressed sparse rows, one row a source: the synapses of source {@code s} are those from
 * {@code start(s)} to {@code start(s + 1)}.
 */
public final class Connections {
    private final int targets;
    private final int[] rowStart;
    private final int[] target;
    private final float[] weight;

    /**
     * Copies the arrays.
     *
     * @param targets number of target neurons
     * @param rowStart [sources + 1], from 0 to the number of synapses, not descending
     * @param target target of each synapse; within a row strictly ascending
     * @param weight weight of each synapse, finite
     * @throws IllegalArgumentException where it is not so
     */
    public Connections(final int targets, final int[] rowStart, final int[] target, final float[] weight) {
        if (rowStart.length < 2 || rowStart[0] != 0 || rowStart[rowStart.length - 1] != target.length
            || target.length != weight.length) {
            throw new IllegalArgumentException("connections: expected row starts from 0 to " + target.length
                + " synapses and as many weights, found " + weight.length);
        }
        for (int source = 0; source + 1 < rowStart.length; source++) {
            if (rowStart[source + 1] < rowStart[source] || rowStart[source + 1] > target.length) {
                throw new IllegalArgumentException("connections: the row of source " + source + " ends at "
                    + rowStart[source + 1] + ": expected " + rowStart[source] + " to " + target.length);
            }
            requireRow(source, targets, rowStart, target, weight);
        }
        this.targets = targets;
        this.rowStart = rowStart.clone();
        this.target = target.clone();
        this.weight = weight.clone();
    }

    private static void requireRow(
        final int source, final int targets, final int[] rowStart, final int[] target, final float[] weight) {
        for (int i = rowStart[source]; i < rowStart[source + 1]; i++) {
            final int before = i == rowStart[source] ? -1 : target[i - 1];
            if (target[i] <= before || target[i] >= targets) {
                throw new IllegalArgumentException("connections: target " + target[i] + " of source " + source
                    + ": expected ascending targets below " + targets);
            }
            if (!Float.isFinite(weight[i])) {
                throw new IllegalArgumentException("connections: weight " + weight[i] + " of source " + source
                    + ": expected a finite number");
            }
        }
    }

    /** Each weight times a factor, computed in float64 and rounded once. */
    public Connections times(final double factor) {
        final float[] products = new float[weight.length];
        for (int i = 0; i < products.length; i++) {
            products[i] = (float) (weight[i] * factor);
        }
        return new Connections(targets, rowStart, target, products);
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

    @Override
    public boolean equals(final Object other) {
        return other instanceof Connections that && targets == that.targets && Arrays.equals(rowStart, that.rowStart)
            && Arrays.equals(target, that.target) && Arrays.equals(weight, that.weight);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new int[] {
            targets, Arrays.hashCode(rowStart), Arrays.hashCode(target), Arrays.hashCode(weight)
        });
    }
}
