package org.spikemeter.dvs.pixel.random;

/**
 * Random bits as a hash of a key, which stands for seed, source and frame, and of the pixel: 64 bits of key, 32 bits a
 * pixel. For one key no two pixels have the same bits (the hash is a bijection), which no sensor is large enough to
 * notice. Three multiplications of 32 bits: loops over pixels become vector instructions.
 *
 * <p>The mixing is that of SplitMix64 for keys (Steele, Lea and Flood 2014) and multiply-xorshift for pixels.
 */
public final class HashedRandom {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final int SPREAD = 0x9e3779b9;
    private static final int FIRST = 0x7feb352d;
    private static final int SECOND = 0x846ca68b;
    private static final int THIRD = 0xc2b2ae35;

    private HashedRandom() {
    }

    /** The key of a frame's numbers from one source. */
    public static long key(final long seed, final NoiseSource source, final long frame) {
        return mix(mix(mix(seed) + source.ordinal() * GOLDEN) + frame * GOLDEN);
    }

    private static long mix(final long value) {
        long z = value + GOLDEN;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** 32 random bits. */
    public static int bits(final long key, final int pixel) {
        int x = pixel * SPREAD ^ (int) key;
        x = (x ^ x >>> 16) * FIRST;
        x = (x ^ x >>> 15) + (int) (key >>> 32);
        x = x * SECOND;
        x = (x ^ x >>> 16) * THIRD;
        return x ^ x >>> 16;
    }

    /**
     * Bits of pixels beside each other.
     *
     * @param into receives {@link #bits} of {@code firstPixel} and those behind it
     */
    public static void fill(final int[] into, final int count, final long key, final int firstPixel) {
        for (int i = 0; i < count; i++) {
            into[i] = bits(key, firstPixel + i);
        }
    }
}
