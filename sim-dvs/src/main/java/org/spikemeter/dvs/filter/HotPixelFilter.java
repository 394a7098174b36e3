package org.spikemeter.dvs.filter;

import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.engine.FormatException;

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
final class HotPixelFilter extends CountingFilter {
    /** Window where none is asked for. */
    static final long DEFAULT_WINDOW_MICROS = 1_000_000;

    private final Windows windows;
    private final PixelTimes window;
    /** Events in the pixel's window, and, in the upper half, in the one before; both at most the limit + 1. */
    private final PixelTimes counts;

    /**
     * No events yet.
     *
     * @param rate events a second that a pixel may have
     * @param windowMicros time over which they are counted
     * @param memory what the filters of a recording share
     * @throws IllegalArgumentException where one is out of range, or no event would be let pass
     */
    HotPixelFilter(final long rate, final long windowMicros, final PixelMemory memory) {
        this.windows = new Windows(rate, windowMicros);
        this.window = new PixelTimes(memory);
        this.counts = new PixelTimes(memory);
        if (windows.limit() >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException("rate of " + rate + ": expected fewer than 2^31 events a window");
        }
    }

    @Override
    void filter(final EventBatch batch) throws FormatException {
        final long[] micros = batch.microsArray();
        final int[] words = batch.wordArray();
        final int size = batch.size();
        final long limit = windows.limit();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            final long t = micros[i];
            final int word = words[i];
            final boolean cool = count(word, windows.number(t), limit);
            micros[kept] = t;
            words[kept] = word;
            kept += cool ? 1 : 0;
        }
        batch.setSize(kept);
    }

    /** Counts an event of a pixel; true where it is not hot. */
    private boolean count(final int word, final long number, final long limit) throws FormatException {
        final int place = PixelTimes.place(EventWord.x(word), EventWord.y(word));
        final long[] numbers = window.tile(word);
        final long[] both = counts.tile(word);
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
