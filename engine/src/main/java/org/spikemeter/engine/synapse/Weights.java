package org.spikemeter.engine.synapse;

/** Folding of a factor a target into weights. */
final class Weights {
    private Weights() {
    }

    /**
     * {@code weight * scale[target]}, in float64, rounded once.
     *
     * @throws IllegalArgumentException where the product is beyond float32
     */
    static float scaled(final float weight, final double[] scale, final int target) {
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
}
