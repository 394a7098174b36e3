package org.spikemeter.dvs.format.hdf5.filter;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.spikemeter.dvs.format.io.Lz4Blocks;

/** Compressions of others, with a limit to what comes out. Each returns the number of bytes that it made. */
final class Codecs {
    private Codecs() {
    }

    /** A zlib stream (RFC 1950). */
    static int inflate(final byte[] from, final int at, final int count, final byte[] to, final int toAt,
        final int limit) throws DamagedChunkException {
        final Inflater inflater = new Inflater();
        try {
            inflater.setInput(from, at, count);
            int made = 0;
            while (made < limit && !inflater.finished()) {
                final int more = inflater.inflate(to, toAt + made, limit - made);
                if (more == 0 && !inflater.finished()) {
                    throw new DamagedChunkException("deflate: ends within its stream");
                }
                made += more;
            }
            return made;
        } catch (final DataFormatException damaged) {
            throw new DamagedChunkException("deflate: cannot be inflated: " + damaged.getMessage());
        } finally {
            inflater.end();
        }
    }

    /** A Zstandard frame (RFC 8878). */
    static int zstd(final byte[] from, final int at, final int count, final byte[] to, final int toAt,
        final int limit) throws DamagedChunkException {
        try {
            return (int) Zstd.decompressByteArray(to, toAt, limit, from, at, count);
        } catch (final ZstdException damaged) {
            throw new DamagedChunkException("zstd: " + damaged.getMessage());
        }
    }

    /** An LZ4 block without a frame. */
    static int lz4(final byte[] from, final int at, final int count, final byte[] to, final int toAt,
        final int limit) throws DamagedChunkException {
        final int end = Lz4Blocks.unpack(from, at, at + count, to, toAt, toAt, toAt + limit);
        if (end == Lz4Blocks.REFUSED) {
            throw new DamagedChunkException("lz4: a block that is damaged");
        }
        return end - toAt;
    }

    /** As many bytes of an array as were made. */
    static byte[] cut(final byte[] bytes, final int made) {
        return made == bytes.length ? bytes : Arrays.copyOf(bytes, made);
    }
}
