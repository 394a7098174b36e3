package org.spikemeter.dvs.format.aedat4;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** LZ4 frames as DV writes them: blocks of 64 kB whose matches reach into the blocks before. Slow and plain. */
final class DependentLz4 {
    private static final int BLOCK_BYTES = 1 << 16;
    /** Distances that are tried: up to the largest there is, so that matches lie across the borders of blocks. */
    private static final int[] DISTANCES = {1, 2, 7, 8, 9, 16, 32, 48, 4096, 65520, 65535};
    private static final int MIN_MATCH = 4;
    private static final int LAST_LITERALS = 5;

    private final byte[] plain;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int matchesAcross;

    private DependentLz4(final byte[] plain) {
        this.plain = plain;
    }

    /** Flags 0x40, blocks 0x40, and the checksum of these two bytes. */
    static byte[] frame(final byte[] plain) {
        return new DependentLz4(plain).frame();
    }

    /** Number of matches that begin in a block before theirs. */
    static int matchesAcross(final byte[] plain) {
        final DependentLz4 packer = new DependentLz4(plain);
        packer.frame();
        return packer.matchesAcross;
    }

    private byte[] frame() {
        out.writeBytes(new byte[] {4, 0x22, 0x4d, 0x18, 0x40, 0x40, (byte) 0xc0});
        for (int at = 0; at < plain.length; at += BLOCK_BYTES) {
            final byte[] block = block(at, Math.min(plain.length, at + BLOCK_BYTES));
            out.writeBytes(word(block.length));
            out.writeBytes(block);
        }
        out.writeBytes(word(0));
        return out.toByteArray();
    }

    private byte[] block(final int start, final int end) {
        final ByteArrayOutputStream block = new ByteArrayOutputStream();
        int literalsFrom = start;
        int at = start;
        while (at < end - LAST_LITERALS - MIN_MATCH) {
            int best = 0;
            int distance = 0;
            for (final int tried : DISTANCES) {
                int length = 0;
                while (tried <= at && at + length < end - LAST_LITERALS
                    && plain[at + length] == plain[at + length - tried]) {
                    length++;
                }
                if (length > best) {
                    best = length;
                    distance = tried;
                }
            }
            if (best < MIN_MATCH) {
                at++;
                continue;
            }
            sequence(block, literalsFrom, at - literalsFrom, distance, best);
            matchesAcross += at - distance < start ? 1 : 0;
            at += best;
            literalsFrom = at;
        }
        sequence(block, literalsFrom, end - literalsFrom, 0, 0);
        return block.toByteArray();
    }

    private void sequence(
        final ByteArrayOutputStream block, final int from, final int literals, final int distance, final int length) {
        final int match = Math.max(0, length - MIN_MATCH);
        block.write(Math.min(literals, 15) << 4 | Math.min(match, 15));
        run(block, literals);
        block.write(plain, from, literals);
        if (length > 0) {
            block.write(distance);
            block.write(distance >> 8);
            run(block, match);
        }
    }

    private static void run(final ByteArrayOutputStream block, final int length) {
        if (length >= 15) {
            int left = length - 15;
            for (; left >= 255; left -= 255) {
                block.write(255);
            }
            block.write(left);
        }
    }

    private static byte[] word(final int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }
}
