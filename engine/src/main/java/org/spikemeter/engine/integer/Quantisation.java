package org.spikemeter.engine.integer;

/**
 * Widths of the numbers in integer mode.
 *
 * @param weightBits bits of a weight, sign included: 2 to 8
 * @param membraneBits bits of a membrane, sign included: 16, 24 or 32
 */
public record Quantisation(int weightBits, int membraneBits) {
    /** Fewest bits of a weight. */
    public static final int MIN_WEIGHT_BITS = 2;
    /** Most bits of a weight. */
    public static final int MAX_WEIGHT_BITS = 8;

    /** Checks the ranges. */
    public Quantisation {
        if (weightBits < MIN_WEIGHT_BITS || weightBits > MAX_WEIGHT_BITS) {
            throw new IllegalArgumentException("weights of " + weightBits + " bits: expected " + MIN_WEIGHT_BITS
                + " to " + MAX_WEIGHT_BITS);
        }
        if (membraneBits != 16 && membraneBits != 24 && membraneBits != 32) {
            throw new IllegalArgumentException("a membrane of " + membraneBits + " bits: expected 16, 24 or 32");
        }
    }

    /** The largest weight; the smallest is its negative. */
    public int largestWeight() {
        return (1 << weightBits - 1) - 1;
    }

    /** The largest membrane; the smallest is one below its negative. */
    public int largestMembrane() {
        return (int) ((1L << membraneBits - 1) - 1);
    }

    @Override
    public String toString() {
        return "int" + weightBits + " weights, int" + membraneBits + " membranes";
    }
}
