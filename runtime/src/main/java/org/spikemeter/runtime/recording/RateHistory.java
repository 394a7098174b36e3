package org.spikemeter.runtime.recording;

import java.util.Arrays;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;

/**
 * How many events of each polarity there were at any time, in bins that all have one length: 125 us to begin with,
 * twice as much whenever the recording has become too long for the number of bins. Times may come in any order. Takes
 * 1 MB.
 */
public final class RateHistory {
    /** Windows of 1 ms are whole bins of it. */
    static final long FINEST_MICROS = 125;
    static final int BINS = 1 << 16;

    private static final long MIN_WINDOW_MICROS = 1000;

    private final long[] on = new long[BINS];
    private final long[] off = new long[BINS];
    private long binMicros = FINEST_MICROS;
    /** Bin n has times from n * binMicros on; this is n of the first one that is kept. */
    private long firstBin;
    private int used;

    /**
     * The window with most events.
     *
     * @param events in it
     * @param startMicros its start, a multiple of its length
     * @param windowMicros its length
     */
    public record Peak(long events, long startMicros, long windowMicros) {
        /** Events a second in this window. */
        public double rate() {
            return events * 1e6 / windowMicros;
        }
    }

    /**
     * Events over time.
     *
     * @param startMicros start of the first column
     * @param columnMicros length of every column; the last one may reach beyond the recording
     * @param on ON events, a column
     * @param off OFF events, a column
     */
    public record Columns(long startMicros, long columnMicros, long[] on, long[] off) {
        /** Number of columns. */
        public int size() {
            return on.length;
        }

        /** The most events of both polarities in a column; 0 without columns. */
        public long most() {
            long most = 0;
            for (int i = 0; i < on.length; i++) {
                most = Math.max(most, on[i] + off[i]);
            }
            return most;
        }
    }

    /** Counts events. */
    public void add(final EventBatch batch) {
        final long[] micros = batch.microsArray();
        final int[] words = batch.wordArray();
        long start = 0;
        long length = 0;
        int bin = 0;
        for (int i = 0; i < batch.size(); i++) {
            final long time = micros[i];
            // as unsigned, so that times before the bin are too far from its start as well
            if (Long.compareUnsigned(time - start, length) >= 0) {
                bin = binOf(time);
                length = binMicros;
                start = (firstBin + bin) * length;
            }
            final int polarity = EventWord.polarity(words[i]);
            on[bin] += polarity;
            off[bin] += 1 - polarity;
        }
    }

    private int binOf(final long time) {
        long bin = Math.floorDiv(time, binMicros);
        if (used == 0) {
            firstBin = bin;
        }
        while (Math.max(bin, firstBin + used - 1) - Math.min(bin, firstBin) >= BINS) {
            coarsen();
            bin = Math.floorDiv(time, binMicros);
        }
        if (bin < firstBin) {
            final int shift = (int) (firstBin - bin);
            shift(on, shift);
            shift(off, shift);
            firstBin = bin;
            used += shift;
        }
        used = (int) Math.max(used, bin - firstBin + 1);
        return (int) (bin - firstBin);
    }

    private void shift(final long[] bins, final int by) {
        System.arraycopy(bins, 0, bins, by, used);
        Arrays.fill(bins, 0, by, 0);
    }

    private void coarsen() {
        final int odd = (int) Math.floorMod(firstBin, 2L);
        merge(on, odd);
        merge(off, odd);
        firstBin = Math.floorDiv(firstBin, 2L);
        used = used + odd + 1 >> 1;
        binMicros *= 2;
    }

    private void merge(final long[] bins, final int odd) {
        for (int i = 0; i < used; i++) {
            final long events = bins[i];
            bins[i] = 0;
            bins[i + odd >> 1] += events;
        }
    }

    /**
     * The window with most events: windows of 1 ms, or of a bin where that is longer, side by side.
     *
     * @return the first of them; of no events where there are none
     */
    public Peak peak() {
        final long group = Math.max(1, MIN_WINDOW_MICROS / binMicros);
        final long window = group * binMicros;
        long most = 0;
        long mostAt = 0;
        long events = 0;
        for (int i = 0; i < used; i++) {
            events += on[i] + off[i];
            if (events > most) {
                most = events;
                mostAt = Math.floorDiv(firstBin + i, group);
            }
            if (Math.floorMod(firstBin + i + 1, group) == 0) {
                events = 0;
            }
        }
        return new Peak(most, mostAt * window, window);
    }

    /**
     * Events over time, from the first event to the last.
     *
     * @param maxColumns at least 1
     */
    public Columns columns(final int maxColumns) {
        final int group = Math.max(1, Math.ceilDiv(used, maxColumns));
        final int size = Math.ceilDiv(used, group);
        final long[] columnsOn = new long[size];
        final long[] columnsOff = new long[size];
        for (int i = 0; i < used; i++) {
            columnsOn[i / group] += on[i];
            columnsOff[i / group] += off[i];
        }
        return new Columns(firstBin * binMicros, group * binMicros, columnsOn, columnsOff);
    }
}
