package org.spikemeter.engine.network;

/**
 * How a window moves over a grid, as PyTorch's Conv2d and pools have it.
 *
 * @param kernelY rows of the window
 * @param kernelX columns of the window
 * @param strideY rows from one window to the next
 * @param strideX columns from one window to the next
 * @param paddingY rows added above
 * @param paddingX columns added left
 * @param dilationY rows from one tap to the next
 * @param dilationX columns from one tap to the next
 * @param endY rows added below
 * @param endX columns added right
 */
public record Window(
    int kernelY, int kernelX, int strideY, int strideX, int paddingY, int paddingX, int dilationY, int dilationX,
    int endY, int endX) {
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
        requireRange("padding", endY, 0);
        requireRange("padding", endX, 0);
    }

    /** With the same padding on both sides, as PyTorch has it. */
    public Window(
        final int kernelY, final int kernelX, final int strideY, final int strideX, final int paddingY,
        final int paddingX, final int dilationY, final int dilationX) {
        this(kernelY, kernelX, strideY, strideX, paddingY, paddingX, dilationY, dilationX, paddingY, paddingX);
    }

    /** With rows and columns added on top of the padding that it has. */
    public Window padded(final int top, final int left, final int bottom, final int right) {
        return new Window(kernelY, kernelX, strideY, strideX, paddingY + top, paddingX + left, dilationY, dilationX,
            endY + bottom, endX + right);
    }

    /** True where both sides have the same padding. */
    public boolean isSymmetric() {
        return paddingY == endY && paddingX == endX;
    }

    /** A square window without dilation. */
    public static Window square(final int kernel, final int stride, final int padding) {
        return new Window(kernel, kernel, stride, stride, padding, padding, 1, 1);
    }

    /** Rows of output from {@code height} rows; 0 or less where the window does not fit. */
    public int outputHeight(final int height) {
        return output(height, kernelY, strideY, paddingY + endY, dilationY);
    }

    /** Columns of output from {@code width} columns; 0 or less where the window does not fit. */
    public int outputWidth(final int width) {
        return output(width, kernelX, strideX, paddingX + endX, dilationX);
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
                + " x " + dilationX + ", padding " + paddingText() + ") does not fit into "
                + input.height() + " x " + input.width());
        }
        return new Shape(height, width, channels);
    }

    /** Rows x columns of padding, of both sides where they differ. */
    public String paddingText() {
        return isSymmetric() ? paddingY + " x " + paddingX : paddingY + "+" + endY + " x " + paddingX + "+" + endX;
    }

    private static int output(
        final int size, final int kernel, final int stride, final int padding, final int dilation) {
        final long room = (long) size + padding - (long) dilation * (kernel - 1) - 1;
        return room < 0 ? 0 : (int) (room / stride) + 1;
    }

    private static void requireRange(final String name, final int value, final int least) {
        if (value < least || value > MAX_SIDE) {
            throw new IllegalArgumentException(name + " is " + value + ": expected " + least + " to " + MAX_SIDE);
        }
    }
}
