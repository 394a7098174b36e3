package org.spikemeter.engine.synapse;

/** Folding of a factor and a shift a target into weights and biases. */
public final class Weights {
    private Weights() {
    }

    /**
     * {@code weight * scale[target]}, in float64, rounded once.
     *
     * @throws IllegalArgumentException where the product is beyond float32
     */
    public static float scaled(final float weight, final double[] scale, final int target) {
        if (scale == null) {
            return weight;
        }
        final float folded = (float) (weight * scale[target]);
        if (!Float.isFinite(folded)) {
            throw new IllegalArgumentException("weight " + weight + " times the batch norm's factor " + scale[target]
                + " of channel " + target + " is beyond float32");
        }
        return folded;
    }

    /**
     * A bias a target from shifts in float64, rounded once; null for null.
     *
     * @throws IllegalArgumentException where a shift is beyond float32
     */
    public static float[] bias(final double[] shift) {
        if (shift == null) {
            return null;
        }
        final float[] bias = new float[shift.length];
        for (int c = 0; c < bias.length; c++) {
            bias[c] = (float) shift[c];
            if (!Float.isFinite(bias[c])) {
                throw new IllegalArgumentException("bias " + shift[c] + " of channel " + c + " is beyond float32");
            }
        }
        return bias;
    }
}
