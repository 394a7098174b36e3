package org.spikemeter.engine.log;

import org.spikemeter.engine.network.Shape;

/**
 * How spikes lie in files: one row of bits a step, in PyTorch's order (channel, y, x), packed as {@code np.packbits}
 * does: eight a byte, the first in the highest bit.
 */
public final class PackedSpikes {
    private PackedSpikes() {
    }

    /** Bytes of one step. */
    public static int rowBytes(final Shape shape) {
        return (shape.size() + 7) / 8;
    }

    /** Sets the bit of a neuron by its index in PyTorch's order. */
    public static void set(final byte[] packed, final long firstByte, final int index) {
        packed[(int) (firstByte + index / 8)] |= (byte) (0x80 >>> index % 8);
    }

    /** The bit of a neuron by its index in PyTorch's order. */
    public static boolean get(final byte[] packed, final long firstByte, final int index) {
        return (packed[(int) (firstByte + index / 8)] & 0x80 >>> index % 8) != 0;
    }

    /** All spikes of a layer: [T, rowBytes]. */
    static byte[] pack(final EventLog log, final int layer) {
        final Shape shape = log.network().outputOf(layer);
        final int row = rowBytes(shape);
        final long size = (long) row * log.steps();
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("the spikes of layer '" + log.network().layers().get(layer).name()
                + "' need more than an array can hold: run fewer steps (--steps)");
        }
        final byte[] packed = new byte[(int) size];
        for (int step = 0; step < log.steps(); step++) {
            for (int address = 0; address < shape.size(); address++) {
                if (log.fired(layer, step, address)) {
                    set(packed, (long) step * row, shape.channelFirstIndex(address));
                }
            }
        }
        return packed;
    }
}
