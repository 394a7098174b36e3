package org.spikemeter.dvs.format.array;

import java.io.IOException;

/** Rows of equal length, one after the other, through a window that moves. */
public interface RowInput {
    /** Bytes from one row to the next. */
    int rowBytes();

    /**
     * Reads on where the window has no row.
     *
     * @return whole rows from {@link #at()}; 0 behind the last
     * @throws org.spikemeter.engine.FormatException where the bytes cannot be what they claim to be
     * @throws IOException where they cannot be read
     */
    int available() throws IOException;

    /** The window; another one may take its place whenever {@link #available} is called. */
    byte[] array();

    /** Place of the next row in {@link #array()}. */
    int at();

    /** Goes past rows of the window. */
    void advance(int rows);

    /** Offset of the next row: in the file, or where the file is packed, of what it was packed in. */
    long offset();

    /** Part of the rows that has been read, in [0, 1]. */
    double progress();
}
