package org.spikemeter.runtime.metering;

import org.HdrHistogram.Histogram;

/**
 * The latencies of the last intervals in which there were any: what a long run was like at its start does not hide what
 * it is like now. Used by one thread.
 */
public final class LatencyWindow {
    private final Histogram[] intervals;
    private final Histogram sum;
    private int oldest;

    /**
     * Nothing in it.
     *
     * @param length number of intervals, at least 1
     * @param like a histogram of the precision of those that come
     */
    public LatencyWindow(final int length, final Histogram like) {
        if (length < 1) {
            throw new IllegalArgumentException("length is " + length + ": expected at least 1");
        }
        this.intervals = new Histogram[length];
        for (int i = 0; i < length; i++) {
            intervals[i] = growing(like);
        }
        this.sum = growing(like);
    }

    /** With room for what it once held: the whole range of a meter would be 300 kB each. */
    private static Histogram growing(final Histogram like) {
        return new Histogram(like.getNumberOfSignificantValueDigits());
    }

    /** Adds an interval, and forgets the oldest where there are too many; an empty one changes nothing. */
    public void add(final Histogram interval) {
        if (interval.getTotalCount() == 0) {
            return;
        }
        sum.subtract(intervals[oldest]);
        interval.copyInto(intervals[oldest]);
        sum.add(interval);
        oldest = (oldest + 1) % intervals.length;
    }

    /** All of them together; it changes with the next {@link #add}. */
    public Histogram sum() {
        return sum;
    }
}
