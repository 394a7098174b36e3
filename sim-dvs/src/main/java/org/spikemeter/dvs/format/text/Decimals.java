package org.spikemeter.dvs.format.text;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Decimal numbers of any length and exponent, to whole ones without a double between. */
final class Decimals {
    /** Digits of the largest numbers, so that a long holds them with room to spare. */
    static final int MAX_DIGITS = 18;
    /** What numbers lie within, and what stands for none: ten to the power of {@link #MAX_DIGITS}. */
    static final long LIMIT = 1_000_000_000_000_000_000L;

    /** Below a half, and not zero. */
    private static final BigDecimal TINY = BigDecimal.ONE.movePointLeft(2);

    private Decimals() {
    }

    /**
     * A number to the nearest whole one, halves away from zero.
     *
     * @param decimals how far the point moves to the right before that
     * @return {@link #LIMIT} where it is none or too large
     */
    static long rounded(final String text, final int decimals) {
        return whole(number(text, decimals), RoundingMode.HALF_UP);
    }

    /**
     * A whole number, however it is written.
     *
     * @return {@link #LIMIT} where it is none or too large
     */
    static long whole(final String text) {
        final BigDecimal number = number(text, 0);
        final long down = whole(number, RoundingMode.DOWN);
        return number != null && number.compareTo(BigDecimal.valueOf(down)) == 0 ? down : LIMIT;
    }

    private static long whole(final BigDecimal number, final RoundingMode mode) {
        return number == null ? LIMIT : number.setScale(0, mode).longValueExact();
    }

    /**
     * A number with its point moved; null where it is none or too large. Its exponent may ask for more digits than
     * there is memory: where it is far below one, a small number stands for it.
     */
    private static BigDecimal number(final String text, final int decimals) {
        final BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (final NumberFormatException e) {
            return null;
        }
        final long digits = (long) number.precision() - number.scale() + decimals;
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        if (digits < 0) {
            return TINY;
        }
        return digits > MAX_DIGITS ? null : number.movePointRight(decimals);
    }
}
