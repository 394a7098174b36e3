package org.spikemeter.dvs.filter;

import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.engine.FormatException;

/**
 * Leaves out background activity, which is uncorrelated: an event passes if one of its pixel's eight neighbours had an
 * event less than {@code dt} away in time. After Delbruck, "Frame-free dynamic digital vision" (2008), as dv-processing
 * has it:
 *
 * <ul>
 * <li>The pixel itself does not count, the polarity does not matter, pixels at the border have fewer neighbours.</li>
 * <li>Of each neighbour the event that came last counts, whether it passed or not.</li>
 * <li>A pixel that had no event yet supports nobody: the first event of a recording never passes. (jAER lets the first
 * event of each pixel pass where nothing was near it before; dv-processing begins with events at time 0.)</li>
 * <li>{@code |t - s| < dt}: where times go backward, support is as near as it is forward, and events of a time long
 * after do not support those that begin anew. (The others let all such events pass.)</li>
 * </ul>
 */
final class BackgroundActivityFilter extends CountingFilter {
    private final long dtMicros;
    private final PixelTimes last;

    /**
     * No events yet.
     *
     * @param dtMicros how near in time a neighbour's event must be, at least 1
     * @param memory what the filters of a recording share
     */
    BackgroundActivityFilter(final long dtMicros, final PixelMemory memory) {
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
            final int x = EventWord.x(word);
            final int y = EventWord.y(word);
            final int place = PixelTimes.place(x, y);
            final long[] times = last.tile(word);
            times[place] = t;
            micros[kept] = t;
            words[kept] = word;
            kept += (isInside(x) && isInside(y) ? isSupported(times, place, t) : isSupported(x, y, t)) ? 1 : 0;
        }
        batch.setSize(kept);
    }

    /** True where the neighbours on both sides are in the pixel's tile. */
    private static boolean isInside(final int side) {
        return (side + 1 & PixelTimes.TILE_MASK) > 1;
    }

    private boolean isSupported(final long[] times, final int place, final long t) {
        final long dt = dtMicros;
        return isNear(times[place - 1], t, dt) || isNear(times[place + 1], t, dt)
            || hasNear(times, place - PixelTimes.TILE_SIDE, t, dt)
            || hasNear(times, place + PixelTimes.TILE_SIDE, t, dt);
    }

    /** True where a pixel, or one beside it in its row, had an event near {@code t}. */
    private static boolean hasNear(final long[] times, final int place, final long t, final long dt) {
        return isNear(times[place], t, dt) || isNear(times[place - 1], t, dt) || isNear(times[place + 1], t, dt);
    }

    /** For pixels at the border of a tile: some neighbours are in others, or there are none. */
    private boolean isSupported(final int x, final int y, final long t) {
        boolean supported = false;
        for (int row = y - 1; row <= y + 1; row++) {
            for (int column = x - 1; column <= x + 1; column++) {
                supported |= (row != y || column != x) && isNear(last.at(column, row), t, dtMicros);
            }
        }
        return supported;
    }

    private static boolean isNear(final long s, final long t, final long dt) {
        return s != PixelTimes.NEVER && Math.abs(t - s) < dt;
    }

    @Override
    public String describe() {
        return "ba:" + Quantities.duration(dtMicros);
    }
}
