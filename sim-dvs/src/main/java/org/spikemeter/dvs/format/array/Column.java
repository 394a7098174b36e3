package org.spikemeter.dvs.format.array;

import org.spikemeter.engine.importer.npy.NpyType;

/**
 * One number of each row.
 *
 * @param rows where it lies
 * @param bigEndian its byte order
 * @param offset bytes from the start of the row
 */
public record Column(RowInput rows, NpyType type, boolean bigEndian, int offset) {
    /** Reads {@code count} numbers, of the rows that are in the window; floating ones are rounded down. */
    void toLongs(final int count, final long[] into) {
        Numbers.toLongs(type, bigEndian, rows.array(), rows.at() + offset, rows.rowBytes(), count, into);
    }

    /** Reads {@code count} times; where a number is no time, {@link Numbers#NONE}. */
    void toMicros(final int count, final long[] into) {
        if (type.isFloating()) {
            Numbers.secondsToMicros(type, bigEndian, rows.array(), rows.at() + offset, rows.rowBytes(), count, into);
        } else {
            toLongs(count, into);
        }
    }

    /**
     * The next time, which stays unread; there must be one in the window.
     *
     * @return as {@link #toMicros} has it: floating numbers are seconds, others microseconds
     */
    public long firstMicros() {
        final long[] one = new long[1];
        toMicros(1, one);
        return one[0];
    }

    /** The number of a row of the window. */
    double value(final int row) {
        return Numbers.value(type, bigEndian, rows.array(), rows.at() + offset + row * rows.rowBytes());
    }
}
