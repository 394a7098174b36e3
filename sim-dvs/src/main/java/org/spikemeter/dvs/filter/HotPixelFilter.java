package org.spikemeter.dvs.filter;

import org.spikemeter.dvs.event.EventBatch;

/**
 * Masks hot pixels: those with more events in a window of time than a rate allows. Windows follow each other from the
 * first event on. An event is left out
 *
 * <ul>
 * <li>if its pixel had more than {@code rate * window} events in the window before, or</li>
 * <li>as soon as it has more than that in this one.</li>
 * </ul>
 *
 * <p>So a pixel is masked from the moment it has shown itself hot until it has kept quiet for a whole window; nothing
 * is learned beforehand, and nothing looks ahead. All events of a pixel count, also those left out. (libcaer and
 * dv-processing learn a list of pixels once, from the start or on command, and keep it.) A window should be long beside
 * the time that an edge takes to pass over a pixel: a second tells hot pixels from busy ones.
 *
 * <p>Where times go backward, events of the window just before count for the pixel's present one; those of earlier
 * windows begin anew.
 */
public final class HotPixelFilter extends CountingFilter {
    /** Window where none is asked for. */
    public static final long DEFAULT_WINDOW_MICROS = 1_000_000;

    private final Windows windows;
    private final PixelTimes window = new PixelTimes();
    /** Events in the pixel's window, and, in the upper half, in the one before; both at most the limit + 1. */
    private final PixelTimes counts = new PixelTimes();

    /**
     * No events yet.
     *
     * @param rate events a second that a pixel may have
     * @param windowMicros time over which they are counted
     * @throws IllegalArgumentException where one is out of range, or no event would be let pass
     */
    public HotPixelFilter(final long rate, final long windowMicros) {
        this.windows = new Windows(rate, windowMicros);
        if (windows.limit() >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException("rate of " + rate + ": expected fewer than 2^31 events a window");
        }
    }

    @Override
    void filter(final EventBatch batch) {
        window.cover(batch);
        counts.cover(batch);
        final long[] micros = batch.microsArray();
        final int[] words = batch.wordArray();
        final int size = batch.size();
        final int stride = window.stride();
        final long limit = windows.limit();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            final long t = micros[i];
            final int word = words[i];
            final boolean cool = count(PixelTimes.place(word, stride), windows.number(t), limit);
            micros[kept] = t;
            words[kept] = word;
            kept += cool ? 1 : 0;
        }
        batch.setSize(kept);
    }

    /** Counts an event of a pixel; true where it is not hot. */
    private boolean count(final int place, final long number, final long limit) {
        final long[] numbers = window.array();
        final long[] both = counts.array();
        final long present = numbers[place];
        long before = 0;
        long count = 0;
        if (number == present || number == present - 1) {
            before = both[place] >>> Integer.SIZE;
            count = both[place] & Integer.MAX_VALUE;
        } else {
            before = number == present + 1 ? both[place] & Integer.MAX_VALUE : 0;
            numbers[place] = number;
        }
        count = Math.min(count + 1, limit + 1);
        both[place] = before << Integer.SIZE | count;
        return count <= limit && before <= limit;
    }

    @Override
    public String describe() {
        return "hot:" + windows.describe();
    }
}
