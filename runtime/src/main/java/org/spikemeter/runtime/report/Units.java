package org.spikemeter.runtime.report;

import java.util.Locale;
import org.spikemeter.engine.energy.Interval;

/** Numbers with units, the same in every language of the user. */
public final class Units {
    private static final String[] ENERGY = {"pJ", "nJ", "uJ", "mJ", "J"};
    private static final String[] EVENT_RATES = {"events/s", "kevents/s", "Mevents/s", "Gevents/s"};

    private Units() {
    }

    /** An integer with its thousands apart. */
    public static String grouped(final long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number that is not whole, with its thousands apart and one decimal. */
    public static String grouped(final double number) {
        return String.format(Locale.ROOT, "%,.1f", number);
    }

    /** A fraction as percentage with two decimals. */
    public static String percent(final double fraction) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
    }

    /** An energy in the unit in which it is at least 0.1 and below 100: two decimals. */
    public static String energy(final double picojoules) {
        double value = picojoules;
        int unit = 0;
        while (value >= 100 && unit < ENERGY.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.2f %s", value, ENERGY[unit]);
    }

    /** An energy that may be known only as an interval. */
    public static String energy(final Interval interval) {
        return interval.isPoint() ? energy(interval.low())
            : energy(interval.low()) + " to " + energy(interval.high());
    }

    /** A number of bytes. */
    public static String bytes(final long bytes) {
        return bytes < 1 << 20 ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
            : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /** A number with a given count of decimals. */
    public static String decimal(final double value, final int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** A rate of events. */
    public static String eventRate(final double perSecond) {
        double value = perSecond;
        int unit = 0;
        while (value >= 1000 && unit < EVENT_RATES.length - 1) {
            value /= 1000;
            unit++;
        }
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f %s", value, EVENT_RATES[unit]);
    }

    /** A time span of microseconds in the unit that suits it. */
    public static String duration(final long micros) {
        if (micros < 1000) {
            return micros + " us";
        }
        return micros < 1_000_000 ? String.format(Locale.ROOT, "%.1f ms", micros / 1e3)
            : String.format(Locale.ROOT, "%,.2f s", micros / 1e6);
    }
}
