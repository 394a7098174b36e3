package org.spikemeter.dvs.format.hdf5;

import io.jhdf.btree.BTreeV1;
import io.jhdf.dataset.chunked.Chunk;
import io.jhdf.dataset.chunked.DatasetInfo;
import io.jhdf.dataset.chunked.indexing.BTreeIndex;
import io.jhdf.dataset.chunked.indexing.ChunkIndex;
import io.jhdf.dataset.chunked.indexing.ExtensibleArrayIndex;
import io.jhdf.dataset.chunked.indexing.FixedArrayIndex;
import io.jhdf.dataset.chunked.indexing.ImplicitChunkIndex;
import io.jhdf.dataset.chunked.indexing.SingleChunkIndex;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessage;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Where the chunks of a data set lie, those of one column of chunks from the first row to the last. */
final class ChunkTable {
    private static final long MISSING = -1;

    private final long[] addresses;
    private final int[] bytes;
    private final int[] skippedFilters;

    private ChunkTable(final int chunks) {
        addresses = new long[chunks];
        bytes = new int[chunks];
        skippedFilters = new int[chunks];
        Arrays.fill(addresses, MISSING);
    }

    /**
     * Picks chunks.
     *
     * @param all of the data set
     * @param chunkRows rows of a chunk
     * @param column first column of the chunks that are picked
     * @param count number of chunks from the first row to the last
     */
    static ChunkTable of(final Collection<Chunk> all, final int chunkRows, final int column, final int count) {
        final ChunkTable table = new ChunkTable(count);
        for (final Chunk chunk : all) {
            final long[] offset = chunk.getChunkOffset();
            final long index = offset[0] / chunkRows;
            if (offset[0] >= 0 && index < count && (offset.length < 2 || offset[1] == column)) {
                table.addresses[(int) index] = chunk.getAddress();
                table.bytes[(int) index] = chunk.getSize();
                table.skippedFilters[(int) index] = bits(chunk);
            }
        }
        return table;
    }

    private static int bits(final Chunk chunk) {
        final long[] words = chunk.getFilterMask() == null ? new long[0] : chunk.getFilterMask().toLongArray();
        return words.length == 0 ? 0 : (int) words[0];
    }

    /** All chunks of a data set whose layout is of version 3 or older. */
    static Collection<Chunk> read(
        final Hdf5Storage storage, final ChunkedDataLayoutMessage layout, final int axes) {
        return layout.getBTreeAddress() == MISSING ? List.of()
            : BTreeV1.createDataBTree(storage, layout.getBTreeAddress(), axes).getChunks();
    }

    /** All chunks of a data set whose layout is of version 4; there is a kind of index for each way of growing. */
    static Collection<Chunk> read(
        final Hdf5Storage storage, final ChunkedDataLayoutMessageV4 layout, final DatasetInfo dataset) {
        final long address = layout.getAddress();
        if (address == MISSING) {
            return List.of();
        }
        final ChunkIndex index = switch (layout.getIndexingType()) {
            case ChunkedDataLayoutMessageV4.SINGLE_CHUNK_INDEX -> new SingleChunkIndex(layout, dataset);
            case ChunkedDataLayoutMessageV4.IMPLICIT_INDEX -> new ImplicitChunkIndex(address, dataset);
            case ChunkedDataLayoutMessageV4.FIXED_ARRAY_INDEX -> new FixedArrayIndex(storage, address, dataset);
            case ChunkedDataLayoutMessageV4.EXTENSIBLE_ARRAY_INDEX ->
                new ExtensibleArrayIndex(storage, address, dataset);
            default -> new BTreeIndex(storage, address, dataset);
        };
        return index.getAllChunks();
    }

    int size() {
        return addresses.length;
    }

    boolean isMissing(final int index) {
        return addresses[index] == MISSING;
    }

    long address(final int index) {
        return addresses[index];
    }

    /** Bytes of the packed chunk. */
    int bytes(final int index) {
        return bytes[index];
    }

    /** A bit for each filter that a chunk did not go through. */
    int skippedFilters(final int index) {
        return skippedFilters[index];
    }
}
