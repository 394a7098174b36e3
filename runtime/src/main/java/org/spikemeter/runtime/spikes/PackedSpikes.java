package org.spikemeter.runtime.spikes;

import org.spikemeter.engine.network.Shape;

/**
 * How spikes lie in files: one row of bits a step, in PyTorch's order (channel, y, x), packed as {@code np.packbits}
 * does: eight a byte, the first in the highest bit.
 */
final class PackedSpikes {
    private PackedSpikes() {
    }

    static int rowBytes(final Shape shape) {
        return (shape.size() + 7) / 8;
    }

    static void set(final byte[] packed, final long firstByte, final int index) {
        packed[(int) (firstByte + index / 8)] |= (byte) (0x80 >>> index % 8);
    }

    static boolean get(final byte[] packed, final long firstByte, final int index) {
        return (packed[(int) (firstByte + index / 8)] & 0x80 >>> index % 8) != 0;
    }
}
