package org.spikemeter.engine.kernel;

import org.spikemeter.engine.synapse.ConvolutionTable;

/** What the vector kernels do with grouped convolutions: each event adds to the targets of its own group. */
final class GroupedVector {
    private GroupedVector() {
    }

    /**
     * Adds a range of events to one target pixel.
     *
     * @param values their values, or null where all are 1
     * @param base weights of the event with key k are those of index base + k
     */
    static void add(
        final ConvolutionTable table, final int[] keys, final float[] values, final int from, final int to,
        final int base, final float[] row, final int target) {
        final int channels = table.input().channels();
        final int inGroup = table.inGroup();
        final int outGroup = table.outGroup();
        final int lanes = table.lanes();
        final float[] weights = table.weightArray();
        for (int event = from; event < to; event++) {
            final int first = target + keys[event] % channels / inGroup * outGroup;
            final int weight = (base + keys[event]) * lanes;
            final float value = values == null ? 1.0f : values[event];
            if (outGroup == 1) {
                row[first] += value * weights[weight];
            } else {
                VectorScatter.addScaled(value, weights, weight, lanes, row, first);
            }
        }
    }
}
