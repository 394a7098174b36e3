package org.spikemeter.dvs.filter;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and numbers as they are typed: {@code 5ms}, {@code 0.5s}, {@code 200us}, {@code 1M}, {@code 2.5k}. */
public final class Quantities {
    private static final Pattern DURATION = Pattern.compile("(-?\\d{1,18}(?:\\.\\d{1,9})?)(us|ms|s)");
    private static final Pattern COUNT = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)([kMG]?)");
    private static final Pattern MICROS = Pattern.compile("-?\\d{1,18}");
    private static final long MICROS_A_MILLISECOND = 1_000;
    private static final long MICROS_A_SECOND = 1_000_000;
    private static final String FACTORS = "kMG";
    private static final int DIGITS_A_FACTOR = 3;

    private Quantities() {
    }

    /**
     * A time that goes by, with its unit: us, ms or s.
     *
     * @return microseconds, at least 1
     * @throws IllegalArgumentException where it is none
     */
    public static long parseDuration(final String text) {
        final OptionalLong micros = micros(text);
        if (micros.orElse(0) < 1) {
            throw new IllegalArgumentException("'" + text + "': expected a time of whole microseconds, at least one,"
                + " with its unit, such as 500us, 5ms or 0.5s");
        }
        return micros.getAsLong();
    }

    /**
     * A time that goes by, with its unit, or none: 0, which needs no unit.
     *
     * @return microseconds, at least 0
     * @throws IllegalArgumentException where it is none
     */
    public static long parsePause(final String text) {
        final OptionalLong micros = text.equals("0") ? OptionalLong.of(0) : micros(text);
        if (micros.orElse(-1) < 0) {
            throw new IllegalArgumentException("'" + text + "': expected 0, or a time of whole microseconds with its"
                + " unit, such as 500us, 5ms or 0.5s");
        }
        return micros.getAsLong();
    }

    /**
     * A point in time: with its unit, or in microseconds without one.
     *
     * @return microseconds
     * @throws IllegalArgumentException where it is none
     */
    public static long parseMoment(final String text) {
        if (MICROS.matcher(text).matches()) {
            return Long.parseLong(text);
        }
        return micros(text).orElseThrow(() -> new IllegalArgumentException("'" + text
            + "': expected a time of whole microseconds, such as 1500000, 1500ms or 1.5s"));
    }

    /** Empty where the text is no time, no whole number of microseconds, or too large. */
    private static OptionalLong micros(final String text) {
        final Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        final long unit = switch (matcher.group(2)) {
            case "s" -> MICROS_A_SECOND;
            case "ms" -> MICROS_A_MILLISECOND;
            default -> 1;
        };
        try {
            return OptionalLong.of(
                new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact());
        } catch (final ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * A number of things, with k, M or G for thousands, millions, billions.
     *
     * @return at least 1
     * @throws IllegalArgumentException where it is none
     */
    public static long parseCount(final String text) {
        final Matcher matcher = COUNT.matcher(text);
        try {
            if (matcher.matches()) {
                final String factor = matcher.group(2);
                final int digits = factor.isEmpty() ? 0 : DIGITS_A_FACTOR * (FACTORS.indexOf(factor) + 1);
                final long count = new BigDecimal(matcher.group(1)).movePointRight(digits).longValueExact();
                if (count >= 1) {
                    return count;
                }
            }
        } catch (final ArithmeticException e) {
            // said below
        }
        throw new IllegalArgumentException("'" + text + "': expected a whole number, at least 1, such as 500, 20k or"
            + " 1.5M");
    }

    /** A time as {@link #parseDuration} takes it. */
    public static String duration(final long micros) {
        if (micros % MICROS_A_SECOND == 0) {
            return micros / MICROS_A_SECOND + "s";
        }
        return micros % MICROS_A_MILLISECOND == 0 ? micros / MICROS_A_MILLISECOND + "ms" : micros + "us";
    }

    /** A number as {@link #parseCount} takes it. */
    public static String count(final long number) {
        long rest = number;
        int factor = 0;
        while (factor < FACTORS.length() && rest != 0 && rest % 1_000 == 0) {
            rest /= 1_000;
            factor++;
        }
        return rest + (factor == 0 ? "" : FACTORS.substring(factor - 1, factor));
    }

    static long requirePositive(final long micros, final String name) {
        if (micros < 1) {
            throw new IllegalArgumentException(name + " of " + micros + " us: expected at least 1");
        }
        return micros;
    }
}
