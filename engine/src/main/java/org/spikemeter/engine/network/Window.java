package org.spikemeter.engine.network;

/**
 * How a window moves over a grid, as PyTorch's Conv2d and pools have it.
 *
 * @param kernelY rows of the window
 * @param kernelX columns of the window
 * @param strideY rows from one window to the next
 * @param strideX columns from one window to the next
 * @param paddingY rows added above and below
 * @param paddingX columns added left and right
 * @param dilationY rows from one tap to the next
 * @param dilationX columns from one tap to the next
 */
public record Window(
    int kernelY, int kernelX, int strideY, int strideX, int paddingY, int paddingX, int dilationY, int dilationX) {
    /** Sides beyond this are refused, so that no sum of them overflows. */
    private static final int MAX_SIDE = 1 << 20;

    /** Checks the ranges. */
    public Window {
        requireRange("kernel", kernelY, 1);
        requireRange("kernel", kernelX, 1);
        requireRange("stride", strideY, 1);
        requireRange("stride", strideX, 1);
        requireRange("padding", paddingY, 0);
        requireRange("padding", paddingX, 0);
        requireRange("dilation", dilationY, 1);
        requireRange("dilation", dilationX, 1);
    }

    /** A square window without dilation. */
    public static Window square(final int kernel, final int stride, final int padding) {
        return new Window(kernel, kernel, stride, stride, padding, padding, 1, 1);
    }

    /** Rows of output from {@code height} rows; 0 or less where the window does not fit. */
    public int outputHeight(final int height) {
        return output(height, kernelY, strideY, paddingY, dilationY);
    }

    /** Columns of output from {@code width} columns; 0 or less where the window does not fit. */
    public int outputWidth(final int width) {
        return output(width, kernelX, strideX, paddingX, dilationX);
    }

    /**
     * The grid of windows over {@code input}.
     *
     * @param channels channels of the output
     * @throws IllegalArgumentException where no window fits
     */
    public Shape output(final Shape input, final int channels) {
        final int height = outputHeight(input.height());
        final int width = outputWidth(input.width());
        if (height <= 0 || width <= 0) {
            throw new IllegalArgumentException("a window of " + kernelY + " x " + kernelX + " (dilation " + dilationY
                + " x " + dilationX + ", padding " + paddingY + " x " + paddingX + ") does not fit into "
                + input.height() + " x " + input.width());
        }
        return new Shape(height, width, channels);
    }

    private static int output(
        final int size, final int kernel, final int stride, final int padding, final int dilation) {
        final long room = (long) size + 2L * padding - (long) dilation * (kernel - 1) - 1;
        return room < 0 ? 0 : (int) (room / stride) + 1;
    }

    private static void requireRange(final String name, final int value, final int least) {
        if (value < least || value > MAX_SIDE) {
            throw new IllegalArgumentException(name + " is " + value + ": expected " + least + " to " + MAX_SIDE);
        }
    }
}
