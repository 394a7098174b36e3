package org.spikemeter.dvs.event;

/**
 * The area that events of a sensor lie in.
 *
 * @param width columns, 1 to {@link EventWord#MAX_SIDE}
 * @param height rows, 1 to {@link EventWord#MAX_SIDE}
 */
public record SensorSize(int width, int height) {
    /** The largest that a word can address, where nothing is known. */
    public static final SensorSize LARGEST = new SensorSize(EventWord.MAX_SIDE, EventWord.MAX_SIDE);

    /**
     * Checks the sides.
     *
     * @throws IllegalArgumentException where one is out of range
     */
    public SensorSize {
        if (!isPossible(width, height)) {
            throw new IllegalArgumentException("sensor of " + width + " x " + height
                + " pixels: expected sides of 1 to " + EventWord.MAX_SIDE);
        }
    }

    /** True where a sensor may have these sides. */
    public static boolean isPossible(final long width, final long height) {
        return width >= 1 && width <= EventWord.MAX_SIDE && height >= 1 && height <= EventWord.MAX_SIDE;
    }

    /** Number of pixels. */
    public int pixels() {
        return width * height;
    }

    /** True where a pixel is in the area. */
    public boolean contains(final int x, final int y) {
        return x >= 0 && x < width && y >= 0 && y < height;
    }

    @Override
    public String toString() {
        return width + " x " + height;
    }
}
