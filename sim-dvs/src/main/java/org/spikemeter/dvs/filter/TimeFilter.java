package org.spikemeter.dvs.filter;

import org.spikemeter.dvs.event.EventBatch;

/** Moves the origin of time, and leaves out what is outside a window of the times that come of it. */
final class TimeFilter extends CountingFilter {
    private final EventChanges.Origin origin;
    private final EventChanges.TimeWindow window;
    private boolean begun;
    private long shift;

    TimeFilter(final EventChanges.Origin origin, final EventChanges.TimeWindow window) {
        this.origin = origin;
        this.window = window;
        this.shift = origin.micros();
    }

    @Override
    void filter(final EventBatch batch) {
        final long[] micros = batch.microsArray();
        final int[] words = batch.wordArray();
        final int size = batch.size();
        if (!begun && size > 0) {
            begun = true;
            shift = origin.isFirst() ? micros[0] : shift;
        }
        final long by = shift;
        final long from = window.from();
        final long to = window.to();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            final long t = micros[i] - by;
            final int word = words[i];
            micros[kept] = t;
            words[kept] = word;
            kept += t >= from && t < to ? 1 : 0;
        }
        batch.setSize(kept);
    }

    /** What is taken from times; known from the first event on, where that one is the origin. */
    long shiftMicros() {
        return shift;
    }

    @Override
    public String describe() {
        final String windowed = window.equals(EventChanges.TimeWindow.ALL) ? "" : "time:" + window;
        if (origin.equals(EventChanges.Origin.RECORDED)) {
            return windowed;
        }
        return "origin:" + origin + (windowed.isEmpty() ? "" : "," + windowed);
    }
}
