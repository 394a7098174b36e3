package org.spikemeter.engine.kernel;

import org.spikemeter.engine.synapse.ConvolutionTable;

/** What the vector kernels do with grouped convolutions: each event adds to the targets of its own group. */
final class GroupedVector {
    private GroupedVector() {
    }

    /**
     * Adds the events of one source pixel to one target pixel.
     *
     * @param values their values, or null where all are 1
     * @param firstKey key of the source pixel's first channel
     * @param tapRow row of the weights of that channel under the tap
     */
    static void add(
        final ConvolutionTable table, final int[] keys, final float[] values, final int from, final int to,
        final int firstKey, final int tapRow, final float[] row, final int target) {
        final int[] firstTarget = table.firstTargets();
        final int outGroup = table.outGroup();
        final int lanes = table.lanes();
        final float[] weights = table.weightArray();
        for (int event = from; event < to; event++) {
            final int channel = keys[event] - firstKey;
            final int first = target + firstTarget[channel];
            final int weight = (tapRow + channel) * lanes;
            final float value = values == null ? 1.0f : values[event];
            if (outGroup == 1) {
                row[first] += value * weights[weight];
            } else {
                VectorScatter.addScaled(value, weights, weight, lanes, row, first);
            }
        }
    }
}
