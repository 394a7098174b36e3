package org.spikemeter.engine.aer;

import java.util.Arrays;

/** One bit for each pixel of a row: bit {@code x % 64} of word {@code x / 64}, zeros behind the last pixel. */
public final class PixelBits {
    private PixelBits() {
    }

    /** Words that {@code pixels} bits take. */
    public static int words(final int pixels) {
        return (pixels + Long.SIZE - 1) / Long.SIZE;
    }

    /** Sets the bits of {@code pixels} pixels, and no others. */
    public static void fill(final long[] bits, final int pixels) {
        Arrays.fill(bits, -1L);
        if (pixels % Long.SIZE != 0) {
            bits[bits.length - 1] = (1L << pixels) - 1;
        }
    }

    /** Number of bits set. */
    public static int count(final long[] bits) {
        int count = 0;
        for (final long word : bits) {
            count += Long.bitCount(word);
        }
        return count;
    }

    /**
     * The first pixel from {@code x} on whose bit is set, or is not; {@code pixels} where there is none.
     *
     * @param set which
     */
    public static int next(final long[] bits, final int x, final boolean set, final int pixels) {
        if (x >= pixels) {
            return pixels;
        }
        final long flip = set ? 0L : -1L;
        int word = x / Long.SIZE;
        long left = (bits[word] ^ flip) & -1L << x;
        while (left == 0 && ++word < bits.length) {
            left = bits[word] ^ flip;
        }
        return left == 0 ? pixels : Math.min(pixels, word * Long.SIZE + Long.numberOfTrailingZeros(left));
    }
}
