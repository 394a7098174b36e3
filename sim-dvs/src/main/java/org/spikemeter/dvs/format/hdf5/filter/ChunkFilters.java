package org.spikemeter.dvs.format.hdf5.filter;

import io.jhdf.exceptions.HdfException;
import io.jhdf.filter.LzfFilter;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.util.Arrays;
import java.util.List;

/** What was done to the chunks of a data set, one filter after the other, and is undone from the last to the first. */
public final class ChunkFilters {
    private static final int DEFLATE = 1;
    private static final int SHUFFLE = 2;
    private static final int FLETCHER = 3;
    private static final int LZF = 32_000;
    private static final int BLOSC = 32_001;
    private static final int ZSTD = 32_015;
    private static final int ECF = 0x8ECF;
    private static final List<Integer> KNOWN = List.of(DEFLATE, SHUFFLE, FLETCHER, LZF, BLOSC, ZSTD, ECF);
    /** Where LZF's parameters have the size of a chunk. */
    private static final int LZF_SIZE = 2;
    private static final int CHECK_SUM_BYTES = 4;

    private final List<FilterInfo> filters;
    private final int limit;

    private ChunkFilters(final List<FilterInfo> filters, final int limit) {
        this.filters = filters;
        this.limit = limit;
    }

    /**
     * The filters of a data set.
     *
     * @param chunkBytes bytes of an unpacked chunk; no more come out of any filter, but for a check sum
     * @throws DamagedChunkException where one is not known, or has parameters that cannot be
     */
    public static ChunkFilters of(final List<FilterInfo> filters, final int chunkBytes) throws DamagedChunkException {
        for (final FilterInfo filter : filters) {
            final int[] data = filter.getData();
            final boolean fits = switch (filter.getId()) {
                case SHUFFLE -> data.length > 0 && data[0] > 0;
                case LZF -> data.length > LZF_SIZE && data[LZF_SIZE] >= 0 && data[LZF_SIZE] <= chunkBytes;
                default -> KNOWN.contains(filter.getId());
            };
            if (!fits) {
                throw new DamagedChunkException("has the filter " + filter.getId() + " '" + filter.getName()
                    + "', expected deflate, shuffle, fletcher32, lzf, blosc, zstd or ECF (" + KNOWN + ")");
            }
        }
        return new ChunkFilters(List.copyOf(filters), chunkBytes + CHECK_SUM_BYTES);
    }

    /**
     * Unpacks a chunk.
     *
     * @param skipped a bit for each filter that this chunk did not go through, the first one lowest
     */
    public byte[] decode(final byte[] stored, final int skipped) throws DamagedChunkException {
        byte[] bytes = stored;
        for (int i = filters.size() - 1; i >= 0; i--) {
            if ((skipped >>> i & 1) == 0) {
                bytes = decode(filters.get(i), bytes);
            }
        }
        return bytes;
    }

    private byte[] decode(final FilterInfo filter, final byte[] bytes) throws DamagedChunkException {
        return switch (filter.getId()) {
            case DEFLATE -> {
                final byte[] made = new byte[limit];
                yield Codecs.cut(made, Codecs.inflate(bytes, 0, bytes.length, made, 0, limit));
            }
            case ZSTD -> {
                final byte[] made = new byte[limit];
                yield Codecs.cut(made, Codecs.zstd(bytes, 0, bytes.length, made, 0, limit));
            }
            case SHUFFLE -> {
                final byte[] made = new byte[bytes.length];
                Shuffle.bytes(bytes, 0, made, 0, bytes.length, filter.getData()[0]);
                yield made;
            }
            case BLOSC -> BloscDecoder.decode(bytes, limit);
            case ECF -> EcfDecoder.decode(bytes, limit);
            case LZF -> lzf(bytes, filter.getData());
            // the sum itself is not compared
            default -> Arrays.copyOf(bytes, Math.max(0, bytes.length - CHECK_SUM_BYTES));
        };
    }

    /** The library meets damage with whatever its arrays throw; what it allocates was looked at before. */
    private static byte[] lzf(final byte[] bytes, final int[] data) throws DamagedChunkException {
        try {
            return new LzfFilter().decode(bytes, data);
        } catch (final HdfException | IndexOutOfBoundsException damaged) {
            throw new DamagedChunkException("lzf: " + damaged.getMessage());
        }
    }
}
