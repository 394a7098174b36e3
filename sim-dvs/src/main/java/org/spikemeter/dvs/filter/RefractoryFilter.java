package org.spikemeter.dvs.filter;

import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.engine.FormatException;

/**
 * Lets a pixel rest: an event passes if the pixel's last event that passed is more than {@code dt} away in time, or
 * there was none. Events that do not pass do not prolong the rest, as in a sensor's pixel and v2e. (In jAER's filter
 * and in tonic they do: there a pixel that goes on firing stays silent.) The polarity does not matter.
 *
 * <p>{@code |t - s| > dt}: where times go backward by more than {@code dt}, the pixel begins anew.
 */
final class RefractoryFilter extends CountingFilter {
    private final long dtMicros;
    private final PixelTimes last;

    /**
     * No events yet.
     *
     * @param dtMicros the rest, at least 1
     * @param memory what the filters of a recording share
     */
    RefractoryFilter(final long dtMicros, final PixelMemory memory) {
        this.dtMicros = Quantities.requirePositive(dtMicros, "dt");
        this.last = new PixelTimes(memory);
    }

    @Override
    void filter(final EventBatch batch) throws FormatException {
        final long[] micros = batch.microsArray();
        final int[] words = batch.wordArray();
        final int size = batch.size();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            final long t = micros[i];
            final int word = words[i];
            final long[] times = last.tile(word);
            final int place = PixelTimes.place(EventWord.x(word), EventWord.y(word));
            final long s = times[place];
            if (s == PixelTimes.NEVER || Math.abs(t - s) > dtMicros) {
                times[place] = t;
                micros[kept] = t;
                words[kept] = word;
                kept++;
            }
        }
        batch.setSize(kept);
    }

    @Override
    public String describe() {
        return "refractory:" + Quantities.duration(dtMicros);
    }
}
