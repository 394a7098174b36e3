package org.spikemeter.engine.integer;

import java.lang.foreign.ValueLayout;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.CsrTable;
import org.spikemeter.engine.synapse.SlideWeights;
import org.spikemeter.engine.synapse.SynapseTable;

/**
 * A synapse table with integer weights. They are held in 16 bits, so that a kernel adds them without conversion; those
 * of a convolution lie as in {@link ConvolutionTable}, filled up to a multiple of {@link #LANES} where it has one
 * group. Immutable.
 */
public final class IntegerTable {
    /** Targets are filled up to a multiple of this: 16-bit lanes of the widest vector. */
    public static final int LANES = 32;

    private final SynapseTable table;
    private final int lanes;
    private final short[] weights;
    private final long bound;

    /**
     * Rounds the weights of a table.
     *
     * @param table the synapses
     * @param unit value of one integer unit; what is farther from 0 than {@code largest} units stays there
     * @param largest the largest weight
     */
    IntegerTable(final SynapseTable table, final double unit, final int largest) {
        this.table = table;
        switch (table) {
            case ConvolutionTable convolution -> {
                this.lanes = convolution.groups() > 1 ? convolution.outGroup()
                    : (convolution.outGroup() + LANES - 1) / LANES * LANES;
                this.weights = convert(convolution, unit, largest);
                this.bound = bound(convolution);
            }
            case CsrTable csr -> {
                this.lanes = csr.output().channels();
                this.weights = convert(csr.weight(), unit, largest);
                this.bound = bound(csr);
            }
        }
    }

    /** The largest absolute weight of a table. */
    static double largest(final SynapseTable table) {
        final float[] values = switch (table) {
            case ConvolutionTable convolution -> convolution.weightArray();
            case CsrTable csr -> csr.weight();
        };
        double largest = 0.0;
        for (final float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static short round(final float weight, final double unit, final int largest) {
        return (short) Math.clamp(Math.rint(weight / unit), -largest, largest);
    }

    private static short[] convert(final float[] values, final double unit, final int largest) {
        final short[] converted = new short[values.length];
        for (int i = 0; i < converted.length; i++) {
            converted[i] = round(values[i], unit, largest);
        }
        return converted;
    }

    private short[] convert(final ConvolutionTable convolution, final double unit, final int largest) {
        final int rows = convolution.weightArray().length / convolution.lanes();
        if ((long) rows * lanes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the integer synapse table needs " + (long) rows * lanes
                + " weights, more than an array holds");
        }
        final short[] converted = new short[rows * lanes];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < convolution.outGroup(); i++) {
                converted[row * lanes + i] =
                    round(convolution.weightArray()[row * convolution.lanes() + i], unit, largest);
            }
        }
        return converted;
    }

    /** Over all targets, the larger of the sum of positive weights and that of negative ones. */
    private long bound(final ConvolutionTable convolution) {
        final int channels = convolution.input().channels();
        final int rows = weights.length / lanes;
        long largest = 0;
        for (int target = 0; target < convolution.output().channels(); target++) {
            final int group = target / convolution.outGroup();
            long positive = 0;
            long negative = 0;
            for (int row = 0; row < rows; row++) {
                if (row % channels / convolution.inGroup() == group) {
                    final int weight = weights[row * lanes + target % convolution.outGroup()];
                    positive += Math.max(weight, 0);
                    negative -= Math.min(weight, 0);
                }
            }
            largest = Math.max(largest, Math.max(positive, negative));
        }
        return largest;
    }

    private long bound(final CsrTable csr) {
        final long[] positive = new long[csr.output().size()];
        final long[] negative = new long[csr.output().size()];
        long largest = 0;
        for (int i = 0; i < weights.length; i++) {
            final int target = csr.target(i);
            positive[target] += Math.max(weights[i], 0);
            negative[target] -= Math.min(weights[i], 0);
            largest = Math.max(largest, Math.max(positive[target], negative[target]));
        }
        return largest;
    }

    /** The synapses. */
    public SynapseTable table() {
        return table;
    }

    /** The synapses as a convolution; null where they are a list. */
    public ConvolutionTable convolution() {
        return table instanceof ConvolutionTable convolution ? convolution : null;
    }

    /** Weights from one (tap, source channel) to the next, and sums from one pixel to the next. */
    public int lanes() {
        return lanes;
    }

    /** {@code [kernelY][kernelX][inChannels][lanes]}, or one a synapse of a list; not to be changed. */
    public short[] weights() {
        return weights;
    }

    /** The weights of a convolution that slides, turned for sliding. */
    public SlideWeights slideWeights() {
        return new SlideWeights(convolution(), Short.BYTES, (into, place, row, target) ->
            into.set(ValueLayout.JAVA_SHORT, place, weights[row * lanes + target]));
    }

    /** The largest sum that events of value 1 can bring any target to, whichever there are, or its minus. */
    public long bound() {
        return bound;
    }
}
