package org.spikemeter.dvs.format.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.spikemeter.dvs.format.array.RowInput;
import org.spikemeter.dvs.format.hdf5.filter.ChunkFilters;
import org.spikemeter.dvs.format.hdf5.filter.DamagedChunkException;
import org.spikemeter.dvs.format.io.ReadWarnings;
import org.spikemeter.engine.FormatException;

/** Rows of a data set in chunks: one chunk at a time is read and unpacked. */
final class ChunkRows implements RowInput {
    /** Packed bytes that are much more than unpacked ones are none. */
    private static final int SPARE_BYTES = 4096;

    private final Hdf5Storage storage;
    private final String place;
    private final ChunkTable table;
    private final int chunkRows;
    private final int rowBytes;
    private final long rows;
    private final ChunkFilters filters;
    private final ReadWarnings warnings;
    private byte[] chunk = {};
    private long address;
    private int next;
    private int at;
    private int inChunk;
    private long read;
    private boolean ended;

    /**
     * Rows from the first on.
     *
     * @param place file and data set, for messages
     * @param rows of the data set
     */
    ChunkRows(final Hdf5Storage storage, final String place, final ChunkTable table, final int chunkRows,
        final int rowBytes, final long rows, final ChunkFilters filters, final ReadWarnings warnings) {
        this.storage = storage;
        this.place = place;
        this.table = table;
        this.chunkRows = chunkRows;
        this.rowBytes = rowBytes;
        this.rows = rows;
        this.filters = filters;
        this.warnings = warnings;
    }

    @Override
    public int rowBytes() {
        return rowBytes;
    }

    @Override
    public int available() throws IOException {
        while (inChunk == 0 && !ended) {
            if (next == table.size()) {
                ended = true;
            } else if (table.isMissing(next)) {
                end("a chunk was never written, the rest is left out");
            } else {
                load(next);
                next++;
            }
        }
        return inChunk;
    }

    private void end(final String what) {
        warnings.add(what, address, "row " + read + " of " + rows + " of " + place);
        ended = true;
    }

    private void load(final int index) throws IOException {
        final long expected = Math.min(chunkRows, rows - (long) index * chunkRows);
        final int packed = table.bytes(index);
        address = table.address(index);
        if (packed < 0 || packed > 2L * chunkRows * rowBytes + SPARE_BYTES) {
            throw failure("claims " + packed + " bytes, for " + chunkRows + " rows of " + rowBytes);
        }
        final byte[] stored = new byte[(int) Math.min(packed, storage.size())];
        storage.read(address, ByteBuffer.wrap(stored));
        try {
            chunk = filters.decode(stored, table.skippedFilters(index));
        } catch (final DamagedChunkException damaged) {
            throw failure(damaged.getMessage());
        }
        at = 0;
        inChunk = (int) Math.min(expected, chunk.length / rowBytes);
        if (inChunk < expected) {
            end("a chunk has fewer rows than it should, the rest is left out");
        }
    }

    private FormatException failure(final String what) {
        return new FormatException(
            place + ": chunk at byte " + address + ", row " + (long) next * chunkRows + ": " + what);
    }

    @Override
    public byte[] array() {
        return chunk;
    }

    @Override
    public int at() {
        return at;
    }

    @Override
    public void advance(final int count) {
        at += count * rowBytes;
        inChunk -= count;
        read += count;
    }

    /** Of the chunk. */
    @Override
    public long offset() {
        return address;
    }

    @Override
    public double progress() {
        return rows == 0 ? 1.0 : (double) read / rows;
    }
}
