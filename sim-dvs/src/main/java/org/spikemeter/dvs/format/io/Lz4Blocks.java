package org.spikemeter.dvs.format.io;

/**
 * Unpacks LZ4 blocks, also those that refer to what was unpacked before them (the 64 kB in front of a block, as in
 * frames of dependent blocks), which lz4-java cannot. Copies eight bytes at a time. Any bytes may be given: nothing is
 * read or written outside of the limits, and what is no block is refused.
 *
 * <p>A block is a chain of: token (high 4 bits literals, low 4 bits match length - 4; 15 means that bytes follow, to be
 * added, up to one that is not 255), literals, 16 bits of distance, little-endian; the last one ends behind its
 * literals. From lz4_Block_format.md of the LZ4 project.
 */
public final class Lz4Blocks {
    /** What {@link #unpack} returns for bytes that are no block, or that do not fit. */
    public static final int REFUSED = -1;

    private static final int MIN_MATCH = 4;
    private static final int LONG_RUN = 15;
    private static final int STRIDE = Long.BYTES;

    private Lz4Blocks() {
    }

    /**
     * Unpacks one block.
     *
     * @param from bytes of the block, from {@code at} to {@code end}
     * @param into where they go, from {@code start} to at most {@code limit}; bytes behind those that were unpacked and
     *     in front of {@code limit} may be overwritten, so that a little more room makes it faster
     * @param prefix first byte of {@code into} that matches may refer to, at most {@code start}
     * @return place in {@code into} behind the last byte that was unpacked; {@link #REFUSED}
     */
    public static int unpack(
        final byte[] from, final int at, final int end, final byte[] into, final int prefix, final int start,
        final int limit) {
        int next = at;
        int out = start;
        while (next < end) {
            final int token = from[next++] & 0xff;
            int literals = token >>> 4;
            if (literals == LONG_RUN) {
                final long run = longRun(from, next, end, limit - out);
                literals = (int) (run >>> 32);
                next = (int) run;
            }
            if (literals < 0 || literals > end - next || literals > limit - out) {
                return REFUSED;
            }
            if (literals <= 2 * STRIDE && next + 2 * STRIDE <= end && out + 2 * STRIDE <= limit) {
                copyLong(from, next, into, out);
                copyLong(from, next + STRIDE, into, out + STRIDE);
            } else {
                System.arraycopy(from, next, into, out, literals);
            }
            next += literals;
            out += literals;
            if (next == end) {
                return out;
            }
            if (end - next < 2) {
                return REFUSED;
            }
            final int distance = (short) EventInput.SHORT.get(from, next) & 0xffff;
            next += 2;
            int length = token & 0xf;
            if (length == LONG_RUN) {
                final long run = longRun(from, next, end, limit - out);
                length = (int) (run >>> 32);
                next = (int) run;
            }
            length += MIN_MATCH;
            if (distance == 0 || distance > out - prefix || length < MIN_MATCH || length > limit - out) {
                return REFUSED;
            }
            copyMatch(into, out, distance, length, limit);
            out += length;
        }
        return REFUSED;
    }

    /**
     * A run of 15 or more.
     *
     * @param most what there is room for; the loop need not go further
     * @return the run above the place behind it; a negative one where it is cut or too long
     */
    private static long longRun(final byte[] from, final int at, final int end, final int most) {
        int next = at;
        int run = LONG_RUN;
        while (next < end && run <= most) {
            final int more = from[next++] & 0xff;
            run += more;
            if (more != 0xff) {
                return (long) run << 32 | next;
            }
        }
        return -1L << 32 | next;
    }

    private static void copyMatch(
        final byte[] bytes, final int out, final int distance, final int length, final int limit) {
        final int end = out + length;
        if (distance >= STRIDE && end + STRIDE <= limit) {
            int to = out;
            do {
                copyLong(bytes, to - distance, bytes, to);
                to += STRIDE;
            } while (to < end);
        } else {
            for (int to = out; to < end; to++) {
                bytes[to] = bytes[to - distance];
            }
        }
    }

    private static void copyLong(final byte[] from, final int at, final byte[] into, final int to) {
        EventInput.LONG.set(into, to, (long) EventInput.LONG.get(from, at));
    }
}
