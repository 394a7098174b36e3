package org.spikemeter.engine.network;

/**
 * The grid of a layer: rows, columns and channels, all positive. A layer without a grid is 1 x 1 x n.
 *
 * <p>The address of a neuron is channel-last: {@code (y * width + x) * channels + c}.
 *
 * @param height rows
 * @param width columns
 * @param channels channels a pixel
 */
public record Shape(int height, int width, int channels) {
    /** Neurons that one layer may have: addresses are 32-bit and rows carry some slack. */
    public static final int MAX_SIZE = 1 << 28;

    /**
     * Checks that every side is positive and that the grid has at most {@link #MAX_SIZE} neurons.
     *
     * @throws IllegalArgumentException where it is not so
     */
    public Shape {
        if (height <= 0 || width <= 0 || channels <= 0) {
            throw new IllegalArgumentException("shape " + height + " x " + width + " x " + channels
                + " (height x width x channels): every side must be at least 1");
        }
        if ((double) height * width * channels > MAX_SIZE) {
            throw new IllegalArgumentException("shape " + height + " x " + width + " x " + channels
                + " (height x width x channels) has more than " + MAX_SIZE + " neurons");
        }
    }

    /** Neurons without a grid: 1 x 1 x {@code size}. */
    public static Shape flat(final int size) {
        return new Shape(1, 1, size);
    }

    /** Number of neurons. */
    public int size() {
        return height * width * channels;
    }

    /** Number of grid positions. */
    public int pixels() {
        return height * width;
    }

    /** Address of a neuron, {@code (y * width + x) * channels + c}. */
    public int address(final int y, final int x, final int channel) {
        return (y * width + x) * channels + channel;
    }

    /** The index that PyTorch gives the neuron at {@code address} in a flattened [C, H, W] tensor. */
    public int channelFirstIndex(final int address) {
        final int pixel = address / channels;
        return (address - pixel * channels) * pixels() + pixel;
    }

    @Override
    public String toString() {
        return channels + " x " + height + " x " + width;
    }
}
