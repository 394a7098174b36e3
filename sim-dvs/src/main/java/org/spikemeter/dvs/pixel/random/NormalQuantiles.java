package org.spikemeter.dvs.pixel.random;

/**
 * Turns 32 random bits into a number of the standard normal distribution, through a table of its quantiles: one bit is
 * the sign, the others the probability q of the tail beyond, between 0 and a half. The table has 64 entries for each
 * power of two of q, as the bits of a float are, with lines in between: as fine in the tails as in the middle, and
 * without a branch. At most 6.2 standard deviations; mean 0 exactly, variance 1 within 1e-4.
 */
public final class NormalQuantiles {
    private static final int MANTISSA_BITS = 23;
    private static final int CELL_BITS = 6;
    private static final int FRACTION_BITS = MANTISSA_BITS - CELL_BITS;
    private static final int FRACTION_MASK = (1 << FRACTION_BITS) - 1;
    private static final float FRACTION_UNIT = 1.0f / (1 << FRACTION_BITS);
    /** Cell of q = 2^-32 x 1, the smallest. */
    private static final int FIRST_CELL = Float.floatToRawIntBits(1.0f) >>> FRACTION_BITS;
    /** q = 2^-32 x 2^31, a half, is where the last cell begins. */
    private static final int CELLS = (31 << CELL_BITS) + 1;
    private static final float[] VALUE = new float[CELLS];
    private static final float[] SLOPE = new float[CELLS];

    static {
        double z = 0.0;
        for (int cell = CELLS - 1; cell >= 0; cell--) {
            final float units = Float.intBitsToFloat(cell + FIRST_CELL << FRACTION_BITS);
            z = quantile(units * 0x1p-32, z);
            VALUE[cell] = (float) z;
            if (cell < CELLS - 1) {
                SLOPE[cell] = VALUE[cell + 1] - VALUE[cell];
            }
        }
    }

    private NormalQuantiles() {
    }

    /** A standard normal number for 32 uniform bits. */
    public static float of(final int bits) {
        final int tail = Float.floatToRawIntBits((float) (bits >>> 1 | 1));
        final int cell = (tail >>> FRACTION_BITS) - FIRST_CELL;
        final float magnitude = VALUE[cell] + SLOPE[cell] * (FRACTION_UNIT * (tail & FRACTION_MASK));
        // the sign goes where a float has its own
        return Float.intBitsToFloat(Float.floatToRawIntBits(magnitude) ^ bits << 31);
    }

    /** Probability that a standard normal number is below {@code z}. */
    public static double cumulative(final double z) {
        if (Math.abs(z) > 9.0) {
            return z > 0.0 ? 1.0 : 0.0;
        }
        return z >= 0.0 ? 1.0 - tail(z) : tail(-z);
    }

    /** Newton's method from the quantile of a slightly larger tail, which lies below. */
    private static double quantile(final double tail, final double below) {
        double z = below;
        for (int i = 0; i < 50; i++) {
            final double step = (tail(z) - tail) / density(z);
            z += step;
            if (Math.abs(step) < 1e-12) {
                break;
            }
        }
        return z;
    }

    private static double density(final double z) {
        return Math.exp(-0.5 * z * z) / Math.sqrt(2.0 * Math.PI);
    }

    /** 1/2 - density(z) (z + z^3 / 3 + z^5 / 15 + ...): good to 1e-16, and here nothing is below 1e-10. */
    private static double tail(final double z) {
        double term = z;
        double sum = z;
        for (int i = 3; term > 1e-18 * sum; i += 2) {
            term *= z * z / i;
            sum += term;
        }
        return 0.5 - density(z) * sum;
    }
}
