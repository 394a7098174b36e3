package org.spikemeter.dvs.format.hdf5.filter;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;
import net.jpountz.lz4.LZ4Factory;

/**
 * Packs a chunk of Blosc: the other way round than the decoder, slow and obvious.
 *
 * @param codec 0 blosclz, 1 lz4, 3 zlib, 4 zstd
 * @param shuffle 0 none, 1 bytes, 4 bits
 * @param whole true for one stream a block, false for one for each byte of an element where the block is large enough
 */
record BloscPacker(int codec, int shuffle, boolean whole, int elementBytes, int blockBytes) {
    byte[] pack(final byte[] data) {
        final int blocks = Math.ceilDiv(data.length, blockBytes);
        final ByteBuffer out = ByteBuffer.allocate(64 + 8 * blocks + 3 * data.length + blocks * 16 * 300)
            .order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 2).put((byte) 1).put((byte) (codec << 5 | shuffle | (whole ? 16 : 0))).put((byte) elementBytes)
            .putInt(data.length).putInt(blockBytes);
        int at = 16 + 4 * blocks;
        for (int i = 0; i < blocks; i++) {
            final byte[] block =
                Arrays.copyOfRange(data, i * blockBytes, Math.min(data.length, (i + 1) * blockBytes));
            out.putInt(16 + 4 * i, at);
            at = putBlock(out.position(at), shuffled(block));
        }
        out.putInt(12, at);
        return Arrays.copyOf(out.array(), at);
    }

    private int putBlock(final ByteBuffer out, final byte[] block) {
        final boolean split = !whole && elementBytes <= 16 && blockBytes / elementBytes >= 128
            && block.length == blockBytes;
        final int streams = split ? elementBytes : 1;
        final int length = block.length / streams;
        for (int i = 0; i < streams; i++) {
            final byte[] stream = Arrays.copyOfRange(block, i * length, (i + 1) * length);
            final byte[] packed = compressed(stream);
            final byte[] shorter = packed.length < length ? packed : stream;
            out.putInt(shorter.length).put(shorter);
        }
        return out.position();
    }

    private byte[] compressed(final byte[] stream) {
        return switch (codec) {
            case 0 -> blosclz(stream);
            case 1 -> LZ4Factory.safeInstance().fastCompressor().compress(stream);
            case 3 -> {
                final Deflater deflater = new Deflater();
                deflater.setInput(stream);
                deflater.finish();
                final byte[] packed = new byte[stream.length + 100];
                final int count = deflater.deflate(packed);
                deflater.end();
                yield Arrays.copyOf(packed, count);
            }
            default -> Zstd.compress(stream);
        };
    }

    /** The longest match of all that are before, or a literal byte, gathered up to 32. */
    private static byte[] blosclz(final byte[] data) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream literals = new ByteArrayOutputStream();
        int at = 0;
        while (at < data.length) {
            int length = 0;
            int back = 0;
            for (int distance = 1; distance <= at && at > 0; distance++) {
                int same = 0;
                while (at + same < data.length && data[at + same] == data[at + same - distance]) {
                    same++;
                }
                if (same > length) {
                    length = same;
                    back = distance;
                }
            }
            if (length < 5) {
                literals.write(data[at++]);
            } else {
                flush(literals, out);
                match(out, length, back);
                at += length;
            }
            if (literals.size() == 32) {
                flush(literals, out);
            }
        }
        flush(literals, out);
        return out.toByteArray();
    }

    private static void flush(final ByteArrayOutputStream literals, final ByteArrayOutputStream out) {
        if (literals.size() > 0) {
            out.write(literals.size() - 1);
            out.writeBytes(literals.toByteArray());
            literals.reset();
        }
    }

    private static void match(final ByteArrayOutputStream out, final int length, final int back) {
        final int code = length - 2;
        final boolean far = back > 8191;
        final int high = far ? 31 : back - 1 >> 8;
        out.write(Math.min(code, 7) << 5 | high);
        for (int left = code - 7; code >= 7 && left >= 0; left -= 255) {
            out.write(Math.min(left, 255));
        }
        out.write(far ? 255 : back - 1 & 255);
        if (far) {
            out.write(back - 8192 >> 8);
            out.write(back - 8192);
        }
    }

    private byte[] shuffled(final byte[] block) {
        final int elements = block.length / elementBytes;
        final byte[] shuffled = block.clone();
        if (shuffle == 1) {
            for (int i = 0; i < elements * elementBytes; i++) {
                shuffled[i % elementBytes * elements + i / elementBytes] = block[i];
            }
        } else if (shuffle == 4 && elements % 8 == 0) {
            Arrays.fill(shuffled, 0, elements * elementBytes, (byte) 0);
            for (int element = 0; element < elements; element++) {
                for (int bit = 0; bit < 8 * elementBytes; bit++) {
                    final int set = block[element * elementBytes + bit / 8] >> bit % 8 & 1;
                    final int to = bit * elements + element;
                    shuffled[to / 8] |= (byte) (set << to % 8);
                }
            }
        }
        return shuffled;
    }
}
