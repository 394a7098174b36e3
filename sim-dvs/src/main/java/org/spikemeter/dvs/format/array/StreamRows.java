package org.spikemeter.dvs.format.array;

import java.io.IOException;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.ReadWarnings;

/** Rows that lie one behind the other in a stream of bytes. */
public final class StreamRows implements RowInput {
    private final EventInput in;
    private final long start;
    private final int rowBytes;
    private final long rows;
    private final ReadWarnings warnings;
    private long left;

    /**
     * Rows from where the stream is.
     *
     * @param in closed by whoever opened it
     * @param start offset in the file of the stream's first byte
     * @param rowBytes bytes of a row, at most what a window of {@link EventInput} may have
     * @param rows number of rows, as claimed; there may be fewer
     */
    public StreamRows(
        final EventInput in, final long start, final int rowBytes, final long rows, final ReadWarnings warnings) {
        this.in = in;
        this.start = start;
        this.rowBytes = rowBytes;
        this.rows = rows;
        this.warnings = warnings;
        this.left = rows;
    }

    @Override
    public int rowBytes() {
        return rowBytes;
    }

    @Override
    public int available() throws IOException {
        if (left == 0) {
            // a check sum of the stream is compared at its end
            in.ensure(1);
            return 0;
        }
        if (!in.ensure(rowBytes)) {
            warnings.add("the array is cut, the rest is missing", offset(), "found " + (rows - left)
                + " rows of " + rowBytes + " bytes, expected " + rows);
            left = 0;
            return 0;
        }
        return (int) Math.min(left, (in.limit() - in.at()) / rowBytes);
    }

    @Override
    public byte[] array() {
        return in.array();
    }

    @Override
    public int at() {
        return in.at();
    }

    @Override
    public void advance(final int count) {
        in.advance(count * rowBytes);
        left -= count;
    }

    @Override
    public long offset() {
        return start + in.offset();
    }

    @Override
    public double progress() {
        return rows == 0 ? 1.0 : (double) (rows - left) / rows;
    }
}
