package org.spikemeter.dvs.filter;

import org.spikemeter.dvs.event.EventBatch;

/**
 * Limits the rate of all events together, as the event rate controller of Prophesee's sensors does: windows of time
 * follow each other from the first event on, and in none more than {@code n = rate * window} events pass. Where n is no
 * whole number, what is left over is carried to the next window, so that the rate is right over many.
 *
 * <p>Which ones: where the last window that had events had {@code m > n}, events are thinned evenly from the start, the
 * k-th passes where {@code floor(k n / m)} steps up; so what is lost is spread over the window, not its end, which in
 * recordings made from frames would be the lower part of each image. Whatever comes once n have passed is left out. So
 * the first window of a burst loses its end, and the first window behind a burst may lose more than it must. Nothing is
 * random, and nothing looks ahead.
 *
 * <p>Where times go backward, events of the window just before count for the present one; those of earlier windows
 * begin a new one.
 */
final class RateFilter extends CountingFilter {
    /** Window where none is asked for. */
    static final long DEFAULT_WINDOW_MICROS = 1_000;

    private final Windows windows;
    private long present = PixelTimes.NEVER;
    /** Events in the last window that had some, and in the present one. */
    private long lastEvents;
    private long events;
    /** Events that the present window may let pass, and those that it has. */
    private long limit;
    private long let;
    /** What is left of {@code k n} above a multiple of m. */
    private long due;

    /**
     * No events yet.
     *
     * @param rate events a second
     * @param windowMicros time over which they are counted
     * @throws IllegalArgumentException where one is out of range, or no event would be let pass
     */
    RateFilter(final long rate, final long windowMicros) {
        this.windows = new Windows(rate, windowMicros);
    }

    @Override
    void filter(final EventBatch batch) {
        final long[] micros = batch.microsArray();
        final int[] words = batch.wordArray();
        final int size = batch.size();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            final long t = micros[i];
            final int word = words[i];
            final long number = windows.number(t);
            if (number != present && number != present - 1) {
                begin(number);
            }
            micros[kept] = t;
            words[kept] = word;
            kept += passes() ? 1 : 0;
        }
        batch.setSize(kept);
    }

    private void begin(final long number) {
        present = number;
        limit = windows.limit(number);
        lastEvents = events;
        events = 0;
        let = 0;
        due = 0;
    }

    private boolean passes() {
        events++;
        if (lastEvents > limit) {
            due += limit;
            if (due < lastEvents) {
                return false;
            }
            due -= lastEvents;
        }
        let++;
        return let <= limit;
    }

    @Override
    public String describe() {
        return "rate:" + windows.describe();
    }
}
