package org.spikemeter.engine.kernel;

import org.spikemeter.engine.integer.IntegerTable;

/** Weight by weight: the oracle of the vector twin, and what grouped convolutions take. */
final class ScalarIntegerGather extends IntegerGather {
    @Override
    void add(
        final IntegerTable table, final int[] keys, final short[] values, final int from, final int to,
        final int base, final short[] sums, final int target) {
        final int channels = table.convolution().input().channels();
        final int inGroup = table.convolution().inGroup();
        final int outGroup = table.convolution().outGroup();
        final int lanes = table.lanes();
        final short[] weights = table.weights();
        for (int event = from; event < to; event++) {
            final int value = values == null ? 1 : values[event];
            final int weight = (base + keys[event]) * lanes;
            final int first = target + keys[event] % channels / inGroup * lanes;
            for (int i = 0; i < outGroup; i++) {
                sums[first + i] += (short) (value * weights[weight + i]);
            }
        }
    }

    @Override
    void add(
        final IntegerTable table, final int[] keys, final short[] values, final int from, final int to,
        final int base, final int[] sums, final int target) {
        final int channels = table.convolution().input().channels();
        final int inGroup = table.convolution().inGroup();
        final int outGroup = table.convolution().outGroup();
        final int lanes = table.lanes();
        final short[] weights = table.weights();
        for (int event = from; event < to; event++) {
            final int value = values == null ? 1 : values[event];
            final int weight = (base + keys[event]) * lanes;
            final int first = target + keys[event] % channels / inGroup * lanes;
            for (int i = 0; i < outGroup; i++) {
                sums[first + i] += value * weights[weight + i];
            }
        }
    }

    @Override
    void addShifted(
        final short[] sums, final int first, final int size, final int shift, final int[] row, final int target) {
        addShiftedFrom(sums, first, 0, size, shift, row, target);
    }

    /** The sums {@code from} to {@code to - 1}. */
    static void addShiftedFrom(
        final short[] sums, final int first, final int from, final int to, final int shift, final int[] row,
        final int target) {
        for (int i = from; i < to; i++) {
            row[target + i] += shift >= 0 ? sums[first + i] << shift
                : sums[first + i] + (1 << -shift - 1) >> -shift;
        }
    }
}
