package org.spikemeter.engine.importer.nir;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.filter.PipelineFilterWithData;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Checks a data set in chunks before the library reads it: it believes the size of a chunk, lists as many of them as
 * the shape asks for, and inflates each for as long as its stream goes on.
 */
final class Hdf5Chunks {
    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER = 3;
    private static final int LZF = 32_000;
    /** Where LZF's parameters have the size of a chunk. */
    private static final int LZF_SIZE = 2;
    /** Numbers that a chunk may have, whatever the data set: what can grow has chunks larger than itself. */
    private static final long MAX_SPARE = 1L << 20;
    /** What an index has for a chunk, at least: its address. */
    private static final int ENTRY_BYTES = 8;
    private static final int PIECE = 1 << 16;

    private final ChunkedDataset dataset;
    private final int[] shape;
    private final int[] chunk;
    private final long chunkBytes;

    private Hdf5Chunks(final ChunkedDataset dataset) {
        this.dataset = dataset;
        this.shape = dataset.getDimensions();
        this.chunk = dataset.getChunkDimensions();
        this.chunkBytes = product(chunk) * dataset.getDataType().getSize();
    }

    /**
     * What is wrong with a data set; null where nothing is.
     *
     * @param fileBytes size of the file
     */
    static String fault(final Dataset dataset, final long fileBytes) {
        return dataset instanceof ChunkedDataset chunked ? new Hdf5Chunks(chunked).fault(fileBytes) : null;
    }

    private String fault(final long fileBytes) {
        if (chunk.length != shape.length || product(chunk) < 1
            || product(chunk) > Math.max(MAX_SPARE, product(shape))) {
            return "claims chunks of " + Arrays.toString(chunk) + " for the shape " + Arrays.toString(shape);
        }
        long chunks = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            chunks *= Math.ceilDiv(shape[axis], chunk[axis]);
        }
        if (chunks > fileBytes / ENTRY_BYTES) {
            return "claims " + chunks + " chunks in a file of " + fileBytes + " bytes";
        }
        return filtersFault();
    }

    private String filtersFault() {
        int compressions = 0;
        boolean inflates = false;
        for (final PipelineFilterWithData filter : dataset.getFilters()) {
            final int id = filter.getId();
            // what comes after the compression hides its stream
            final boolean known = id == FLETCHER || compressions == 0 && (id == SHUFFLE || id == DEFLATE
                || id == LZF && filter.getFilterData().length > LZF_SIZE
                && filter.getFilterData()[LZF_SIZE] >= 0 && filter.getFilterData()[LZF_SIZE] <= chunkBytes);
            if (!known) {
                return "has the filters " + dataset.getFilters() + ", expected shuffle, then deflate or lzf, then a"
                    + " checksum";
            }
            compressions += id == DEFLATE || id == LZF ? 1 : 0;
            inflates |= id == DEFLATE;
        }
        return inflates ? streamsFault() : null;
    }

    private String streamsFault() {
        final int[] offset = new int[shape.length];
        final byte[] piece = new byte[PIECE];
        final Inflater inflater = new Inflater();
        try {
            int axis = 0;
            while (axis >= 0) {
                final String fault = streamFault(stored(offset), inflater, piece);
                if (fault != null) {
                    return "has a chunk at " + Arrays.toString(offset) + " that " + fault;
                }
                axis = next(offset);
            }
            return null;
        } finally {
            inflater.end();
        }
    }

    /** Goes on to the next chunk; -1 behind the last. */
    private int next(final int[] offset) {
        int axis = shape.length - 1;
        while (axis >= 0) {
            offset[axis] += chunk[axis];
            if (offset[axis] < shape[axis]) {
                break;
            }
            offset[axis] = 0;
            axis--;
        }
        return axis;
    }

    /** Inflates a chunk into nothing. */
    private String streamFault(final ByteBuffer stored, final Inflater inflater, final byte[] piece) {
        if (stored == null) {
            return null;
        }
        inflater.reset();
        inflater.setInput(stored);
        try {
            while (!inflater.finished()) {
                final int count = inflater.inflate(piece);
                if (count == 0 && !inflater.finished()) {
                    return "ends within its deflated stream";
                }
                if (inflater.getBytesWritten() > chunkBytes) {
                    return "inflates to more than " + chunkBytes + " bytes";
                }
            }
            return null;
        } catch (final DataFormatException damaged) {
            return "cannot be inflated: " + damaged.getMessage();
        }
    }

    /** Null where a chunk was never written, and where it lies outside of the file, which the library says better. */
    private ByteBuffer stored(final int[] offset) {
        try {
            return dataset.getRawChunkBuffer(offset);
        } catch (final HdfException none) {
            return null;
        }
    }

    private static long product(final int[] sides) {
        long product = 1;
        for (final int side : sides) {
            if (side < 0 || side > 0 && product > Integer.MAX_VALUE) {
                return -1;
            }
            product *= side;
        }
        return product;
    }
}
