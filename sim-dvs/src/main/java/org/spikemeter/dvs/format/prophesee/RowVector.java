package org.spikemeter.dvs.format.prophesee;

import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;

/** Events side by side in a row, one bit each. */
final class RowVector {
    /** Events at most: one for each bit. */
    static final int COLUMNS = Integer.SIZE;
    /** Events that are written at once: most vectors have fewer, and a loop of one turn is foreseen. */
    private static final int AT_ONCE = 4;

    private RowVector() {
    }

    /**
     * Writes the events of a vector; what it writes behind them, up to {@link #COLUMNS} in all, means nothing.
     *
     * @param at where the first event goes
     * @param word of the event in column 0 of the vector
     * @param columns bit i for the event i columns to the right
     * @return behind the last event
     */
    static int spread(
        final long[] micros, final int[] words, final int at, final long time, final int word, final int columns) {
        final int end = at + Integer.bitCount(columns);
        int left = columns;
        for (int i = at; i < end; i += AT_ONCE) {
            micros[i] = time;
            micros[i + 1] = time;
            micros[i + 2] = time;
            micros[i + 3] = time;
            words[i] = word + Integer.numberOfTrailingZeros(left);
            left &= left - 1;
            words[i + 1] = word + Integer.numberOfTrailingZeros(left);
            left &= left - 1;
            words[i + 2] = word + Integer.numberOfTrailingZeros(left);
            left &= left - 1;
            words[i + 3] = word + Integer.numberOfTrailingZeros(left);
            left &= left - 1;
        }
        return end;
    }

    /**
     * Where a run of events ends that one vector can hold in their order: one time, row and polarity, from left to
     * right.
     *
     * @param base column of the vector, at or before that of the first event
     */
    static int runEnd(final EventBatch batch, final int first, final int base) {
        final long micros = batch.micros(first);
        int word = batch.word(first);
        final int last = word - EventWord.x(word) + base + COLUMNS - 1;
        int end = first + 1;
        while (end < batch.size() && batch.micros(end) == micros && batch.word(end) > word
            && batch.word(end) <= last) {
            word = batch.word(end);
            end++;
        }
        return end;
    }
}
