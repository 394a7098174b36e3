package org.spikemeter.dvs.filter;

import org.spikemeter.dvs.event.EventBatch;

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
public final class BackgroundActivityFilter extends CountingFilter {
    private final long dtMicros;
    private final PixelTimes last = new PixelTimes();

    /**
     * No events yet.
     *
     * @param dtMicros how near in time a neighbour's event must be, at least 1
     */
    public BackgroundActivityFilter(final long dtMicros) {
        this.dtMicros = Quantities.requirePositive(dtMicros, "dt");
    }

    @Override
    void filter(final EventBatch batch) {
        last.cover(batch);
        final long[] micros = batch.microsArray();
        final int[] words = batch.wordArray();
        final int size = batch.size();
        final long[] times = last.array();
        final int stride = last.stride();
        final long dt = dtMicros;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            final long t = micros[i];
            final int word = words[i];
            final int place = PixelTimes.place(word, stride);
            times[place] = t;
            micros[kept] = t;
            words[kept] = word;
            if (isNear(times[place - 1], t, dt) || isNear(times[place + 1], t, dt)
                || hasNear(times, place - stride, t, dt) || hasNear(times, place + stride, t, dt)) {
                kept++;
            }
        }
        batch.setSize(kept);
    }

    /** True where a pixel, or one beside it in its row, had an event near {@code t}. */
    private static boolean hasNear(final long[] times, final int place, final long t, final long dt) {
        return isNear(times[place], t, dt) || isNear(times[place - 1], t, dt) || isNear(times[place + 1], t, dt);
    }

    private static boolean isNear(final long s, final long t, final long dt) {
        return s != PixelTimes.NEVER && Math.abs(t - s) < dt;
    }

    @Override
    public String describe() {
        return "ba:" + Quantities.duration(dtMicros);
    }
}
