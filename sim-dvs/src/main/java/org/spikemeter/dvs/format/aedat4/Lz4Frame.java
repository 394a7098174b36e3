package org.spikemeter.dvs.format.aedat4;

import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.Lz4Blocks;

/**
 * LZ4 frames: blocks with a header in front, from lz4_Frame_format.md of the LZ4 project. DV writes blocks of 64 kB
 * that depend on those before, and no checksums; whatever checksums there are, are compared. Since a frame is unpacked
 * into one array, what a block depends on is in front of it.
 */
final class Lz4Frame {
    static final int MAGIC = 0x184d2204;

    private static final int BLOCK_BYTES = 1 << 16;
    private static final int FLAGS_AT = 4;
    private static final int BLOCK_AT = 5;
    private static final int MIN_BYTES = 7;
    private static final int VERSION_BITS = 6;
    private static final int INDEPENDENT = 1 << 5;
    private static final int BLOCK_CHECKSUM = 1 << 4;
    private static final int CONTENT_SIZE = 1 << 3;
    private static final int CONTENT_CHECKSUM = 1 << 2;
    private static final int DICTIONARY = 1;
    private static final int STORED = 1 << 31;
    private static final byte OWN_FLAGS = 1 << VERSION_BITS | INDEPENDENT;
    private static final byte OWN_BLOCK = 4 << 4;

    /** The array versions: others would want access to memory that a JVM without flags warns of. */
    private static final XXHash32 HASH = XXHashFactory.safeInstance().hash32();
    private static final LZ4Compressor COMPRESSOR = LZ4Factory.safeInstance().fastCompressor();

    private Lz4Frame() {
    }

    /** Unpacks one frame; what is behind it is left. */
    static void unpack(final byte[] from, final int at, final int end, final Unpacked into) throws PacketException {
        if (end - at < MIN_BYTES || word(from, at) != MAGIC) {
            throw new PacketException("no LZ4 frame");
        }
        final int flags = from[at + FLAGS_AT];
        final int blockCode = from[at + BLOCK_AT] >>> 4 & 7;
        final int blockBytes = 1 << 8 + 2 * blockCode;
        final int next = at + BLOCK_AT + 1 + ((flags & CONTENT_SIZE) != 0 ? Long.BYTES : 0);
        if (flags >>> VERSION_BITS != 1 || blockCode < 4 || (flags & DICTIONARY) != 0 || next >= end) {
            throw new PacketException("an LZ4 frame of an unknown kind, flags " + Integer.toHexString(flags & 0xff));
        }
        final int descriptor = at + FLAGS_AT;
        if ((byte) (HASH.hash(from, descriptor, next - descriptor, 0) >>> 8) != from[next]) {
            throw new PacketException("an LZ4 frame whose header has another checksum");
        }
        final int behind = blocks(from, next + 1, end, into, flags, blockBytes);
        if ((flags & CONTENT_CHECKSUM) != 0) {
            check(from, behind, end, into.bytes(), 0, into.size());
        }
    }

    private static int blocks(
        final byte[] from, final int at, final int end, final Unpacked into, final int flags, final int blockBytes)
        throws PacketException {
        final int checksumBytes = (flags & BLOCK_CHECKSUM) != 0 ? Integer.BYTES : 0;
        int next = at;
        int out = 0;
        while (end - next >= Integer.BYTES) {
            final int word = word(from, next);
            next += Integer.BYTES;
            if (word == 0) {
                into.setSize(out);
                return next;
            }
            final int packed = word & ~STORED;
            if (packed > end - next - checksumBytes) {
                throw new PacketException("an LZ4 block of " + packed + " bytes, found " + (end - next));
            }
            if (checksumBytes > 0) {
                check(from, next + packed, end, from, next, packed);
            }
            into.ensure(out + blockBytes);
            out = word < 0 ? store(from, next, packed, into.bytes(), out, blockBytes)
                : Lz4Blocks.unpack(from, next, next + packed, into.bytes(), (flags & INDEPENDENT) != 0 ? out : 0, out,
                    out + blockBytes);
            if (out == Lz4Blocks.REFUSED) {
                throw new PacketException("an LZ4 block that is damaged");
            }
            next += packed + checksumBytes;
        }
        throw new PacketException("an LZ4 frame that is cut");
    }

    private static int store(
        final byte[] from, final int at, final int length, final byte[] into, final int out, final int most) {
        if (length > most) {
            return Lz4Blocks.REFUSED;
        }
        System.arraycopy(from, at, into, out, length);
        return out + length;
    }

    private static void check(
        final byte[] from, final int at, final int end, final byte[] bytes, final int start, final int length)
        throws PacketException {
        if (end - at < Integer.BYTES || word(from, at) != HASH.hash(bytes, start, length, 0)) {
            throw new PacketException("LZ4 content with another checksum");
        }
    }

    private static int word(final byte[] bytes, final int at) {
        return (int) EventInput.INT.get(bytes, at);
    }

    /** The most bytes that {@link #pack} needs for so many. */
    static int bound(final int length) {
        final int blocks = (length + BLOCK_BYTES - 1) / BLOCK_BYTES;
        return MIN_BYTES + Integer.BYTES + blocks * (Integer.BYTES + COMPRESSOR.maxCompressedLength(BLOCK_BYTES));
    }

    /**
     * Packs into one frame of independent blocks of 64 kB without checksums, which all readers know.
     *
     * @return bytes that were written into {@code into}, from its start
     */
    static int pack(final byte[] bytes, final int length, final byte[] into) {
        EventInput.INT.set(into, 0, MAGIC);
        into[FLAGS_AT] = OWN_FLAGS;
        into[BLOCK_AT] = OWN_BLOCK;
        into[BLOCK_AT + 1] = (byte) (HASH.hash(into, FLAGS_AT, 2, 0) >>> 8);
        int out = MIN_BYTES;
        for (int at = 0; at < length; at += BLOCK_BYTES) {
            final int plain = Math.min(BLOCK_BYTES, length - at);
            final int start = out + Integer.BYTES;
            final int packed = COMPRESSOR.compress(bytes, at, plain, into, start);
            if (packed < plain) {
                EventInput.INT.set(into, out, packed);
                out = start + packed;
            } else {
                EventInput.INT.set(into, out, plain | STORED);
                System.arraycopy(bytes, at, into, start, plain);
                out = start + plain;
            }
        }
        EventInput.INT.set(into, out, 0);
        return out + Integer.BYTES;
    }
}
