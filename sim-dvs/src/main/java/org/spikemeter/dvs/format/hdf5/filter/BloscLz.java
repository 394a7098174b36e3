package org.spikemeter.dvs.format.hdf5.filter;

/**
 * Blosc's own compression, a descendant of FastLZ: literals of 1 to 32 bytes, and matches of 3 bytes and more that lie
 * up to 73 kB back. From the description in {@code blosclz.c} of c-blosc.
 */
final class BloscLz {
    private static final int LITERAL = 32;
    private static final int LONG_LENGTH = 7;
    private static final int MIN_MATCH = 3;
    private static final int FAR = 31 << 8;
    /** Distances that two bytes less eleven bits tell; farther ones come in two more bytes. */
    private static final int NEAR_DISTANCE = 8191;

    private BloscLz() {
    }

    /** Unpacks; returns the number of bytes made. */
    static int decode(final byte[] bytes, final int from, final int count, final byte[] to, final int toAt,
        final int limit) throws DamagedChunkException {
        final PackedBytes in = new PackedBytes("blosclz:", bytes, from, from + count);
        final int end = toAt + limit;
        int at = toAt;
        // the upper bits of the first byte tell the version
        int control = in.isAtEnd() ? -1 : in.u8() & LITERAL - 1;
        while (control >= 0) {
            if (control < LITERAL) {
                final int literals = control + 1;
                check(in, at + literals <= end);
                System.arraycopy(bytes, in.take(literals), to, at, literals);
                at += literals;
            } else {
                final int length = matchLength(in, control >> 5, end - at);
                final int back = distance(in, (control & LITERAL - 1) << 8);
                check(in, length <= end - at && back <= at - toAt);
                // byte by byte: a match may reach into itself
                for (int i = 0; i < length; i++, at++) {
                    to[at] = to[at - back];
                }
            }
            control = in.isAtEnd() ? -1 : in.u8();
        }
        return at - toAt;
    }

    private static int matchLength(final PackedBytes in, final int code, final int most)
        throws DamagedChunkException {
        int length = code - 1 + MIN_MATCH;
        int more = code == LONG_LENGTH ? 255 : 0;
        while (more == 255) {
            more = in.u8();
            length += more;
            check(in, length <= most);
        }
        return length;
    }

    private static int distance(final PackedBytes in, final int high) throws DamagedChunkException {
        final int low = in.u8();
        if (low == 255 && high == FAR) {
            return (in.u8() << 8 | in.u8()) + NEAR_DISTANCE + 1;
        }
        return high + low + 1;
    }

    private static void check(final PackedBytes in, final boolean fits) throws DamagedChunkException {
        if (!fits) {
            throw in.damaged("a literal or match at " + in.at() + " leads out of the block");
        }
    }
}
