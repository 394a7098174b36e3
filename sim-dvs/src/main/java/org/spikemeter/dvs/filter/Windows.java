package org.spikemeter.dvs.filter;

/**
 * Windows of time, one behind the other, the first of which begins with the first event: how many events are let pass
 * in each, and which one a time is in.
 */
final class Windows {
    private static final long MICROS_A_SECOND = 1_000_000;
    private static final long MAX_RATE = 1_000_000_000;
    private static final long MAX_MICROS = 1_000 * MICROS_A_SECOND;

    private final long rate;
    private final long micros;
    private boolean begun;
    private long first;

    /**
     * Windows that have not begun.
     *
     * @param rate events a second, 1 to 10<sup>9</sup>
     * @param micros length of a window, 1 to 10<sup>9</sup>
     * @throws IllegalArgumentException where one is out of range, or a window would hold no event
     */
    Windows(final long rate, final long micros) {
        if (rate < 1 || rate > MAX_RATE) {
            throw new IllegalArgumentException("rate of " + rate + ": expected 1 to " + MAX_RATE + " events a second");
        }
        if (micros < 1 || micros > MAX_MICROS) {
            throw new IllegalArgumentException("window of " + Quantities.duration(micros) + ": expected 1us to "
                + Quantities.duration(MAX_MICROS));
        }
        if (rate * micros < MICROS_A_SECOND) {
            throw new IllegalArgumentException(rate + " events a second are none in a window of "
                + Quantities.duration(micros) + ": expected a longer window, or more events");
        }
        this.rate = rate;
        this.micros = micros;
    }

    /** Events that a window holds, in whole numbers. */
    long limit() {
        return rate * micros / MICROS_A_SECOND;
    }

    /**
     * Events that a window may let pass so that all windows together pass {@code rate}: what {@link #limit()} leaves
     * over is carried from one to the next, with windows of 1.999 events one has 1, those behind it 2.
     *
     * @param number of the window
     */
    long limit(final long number) {
        final long rest = rate * micros % MICROS_A_SECOND;
        // after so many windows nothing is left over, and it begins anew
        final long turn = Math.floorMod(number, MICROS_A_SECOND);
        return limit() + (turn + 1) * rest / MICROS_A_SECOND - turn * rest / MICROS_A_SECOND;
    }

    /** Number of the window that a time is in; negative before the first event's. */
    long number(final long t) {
        if (!begun) {
            begun = true;
            first = t;
        }
        return Math.floorDiv(t - first, micros);
    }

    /** Rate and length, as they are asked for. */
    String describe() {
        return Quantities.count(rate) + ":" + Quantities.duration(micros);
    }
}
