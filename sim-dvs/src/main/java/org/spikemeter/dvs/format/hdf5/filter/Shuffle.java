package org.spikemeter.dvs.format.hdf5.filter;

/**
 * Undoes shuffles: bytes, or bits, of the same significance lie together in the packed form, which then compresses
 * better.
 */
final class Shuffle {
    private static final int BITS = 8;

    private Shuffle() {
    }

    /**
     * Puts the bytes of each element together again; what is left beyond whole elements is as it was.
     *
     * @param from shuffled
     * @param to place for {@code length} bytes from {@code at} on
     */
    static void bytes(final byte[] from, final int fromAt, final byte[] to, final int at, final int length,
        final int elementBytes) {
        final int elements = length / elementBytes;
        int source = fromAt;
        for (int significance = 0; significance < elementBytes; significance++) {
            int target = at + significance;
            for (int i = 0; i < elements; i++, target += elementBytes) {
                to[target] = from[source++];
            }
        }
        System.arraycopy(from, source, to, at + elements * elementBytes, length - elements * elementBytes);
    }

    /**
     * Puts the bits of each element together again: a row of bits for each bit of an element, lowest first. As in
     * Blosc, a number of elements that is no multiple of eight is not shuffled at all.
     *
     * @param from shuffled
     * @param to place for {@code length} bytes from {@code at} on
     */
    static void bits(final byte[] from, final int fromAt, final byte[] to, final int at, final int length,
        final int elementBytes) {
        final int elements = length / elementBytes;
        final int shuffled = elements % BITS == 0 ? elements * elementBytes : 0;
        final int rowBytes = elements / BITS;
        for (int place = 0; shuffled > 0 && place < elementBytes; place++) {
            final int rows = fromAt + place * BITS * rowBytes;
            for (int group = 0; group < rowBytes; group++) {
                long square = 0;
                for (int bit = BITS - 1; bit >= 0; bit--) {
                    square = square << BITS | from[rows + bit * rowBytes + group] & 0xff;
                }
                final long turned = transposed(square);
                int target = at + group * BITS * elementBytes + place;
                for (int i = 0; i < BITS; i++, target += elementBytes) {
                    to[target] = (byte) (turned >>> BITS * i);
                }
            }
        }
        System.arraycopy(from, fromAt + shuffled, to, at + shuffled, length - shuffled);
    }

    /** A square of 8 x 8 bits with rows and columns changed (Warren, Hacker's Delight, 7-3). */
    private static long transposed(final long square) {
        long bits = square;
        long changed = (bits ^ bits >>> 7) & 0x00AA_00AA_00AA_00AAL;
        bits ^= changed ^ changed << 7;
        changed = (bits ^ bits >>> 14) & 0x0000_CCCC_0000_CCCCL;
        bits ^= changed ^ changed << 14;
        changed = (bits ^ bits >>> 28) & 0x0000_0000_F0F0_F0F0L;
        return bits ^ changed ^ changed << 28;
    }
}
