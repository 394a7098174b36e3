package org.spikemeter.engine.convention;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.synapse.Pool;

/**
 * What counters look at in a tensor.
 *
 * @param size number of elements
 * @param nonZero how many are not 0
 * @param sum of all elements, in float64
 * @param isBinary all are 0 or 1 (SpikingJelly: a spike tensor)
 * @param isTernary all are -1, 0 or 1 (NeuroBench: spiking)
 * @param isTwoLevels at most two distinct values, all from 0 to 1 (syops-counter: spike)
 */
public record Facts(int size, int nonZero, double sum, boolean isBinary, boolean isTernary, boolean isTwoLevels) {
    private static final double SPARSE_ZERO_RATIO = 0.5;

    /** Facts about events on their grid: what lies between them is 0. */
    static Facts of(final EventGrid events) {
        final int size = events.shape().size();
        final int count = events.size();
        if (events.isUnit()) {
            return new Facts(size, count, count, true, true, true);
        }
        final Tracker tracker = new Tracker();
        if (count < size) {
            tracker.add(0.0f);
        }
        for (int y = 0; y < events.shape().height(); y++) {
            final int end = events.rowEnd(y);
            for (int event = events.rowStart(y); event < end; event++) {
                tracker.add(events.values()[event]);
            }
        }
        return tracker.facts(size);
    }

    /** Facts about an array. */
    static Facts of(final float[] values) {
        final Tracker tracker = new Tracker();
        for (final float value : values) {
            tracker.add(value);
        }
        return tracker.facts(values.length);
    }

    /**
     * SpikingJelly's {@code is_sparse_access_tensor}: a spike tensor, or at least half of it zero.
     */
    boolean isSparseAccess() {
        return isBinary || 1.0 - (double) nonZero / size >= SPARSE_ZERO_RATIO;
    }

    /** Mean value as PyTorch computes it in float32: syops-counter's spike rate. */
    double meanInFloat32() {
        return (float) sum / size;
    }

    /** Goes once over the values. */
    private static final class Tracker {
        private int nonZero;
        private double sum;
        private boolean binary = true;
        private boolean ternary = true;
        private boolean inUnitRange = true;
        private boolean twoLevels = true;
        private float first = Float.NaN;
        private float second = Float.NaN;

        void add(final float value) {
            if (value != 0.0f) {
                nonZero++;
                sum += value;
            }
            if (ternary && value != 0.0f && value != 1.0f) {
                binary = false;
                ternary = value == -1.0f;
            }
            if (twoLevels && value != first && value != second) {
                if (Float.isNaN(first)) {
                    first = value;
                } else if (Float.isNaN(second)) {
                    second = value;
                } else {
                    twoLevels = false;
                }
            }
            inUnitRange &= value >= 0.0f && value <= 1.0f;
        }

        Facts facts(final int size) {
            return new Facts(size, nonZero, sum, binary, ternary, twoLevels && inUnitRange);
        }
    }

    /** Elements in the window of a pool. */
    static int windowSize(final Pool pool) {
        return pool.window().kernelY() * pool.window().kernelX();
    }
}
