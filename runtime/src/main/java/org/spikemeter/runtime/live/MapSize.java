package org.spikemeter.runtime.live;

/**
 * A map that is small enough to be sent 25 times a second: each of its cells stands for a square of pixels.
 *
 * @param width cells in a row
 * @param height cells in a column
 * @param cell side of a cell in pixels; cells at the right and lower edge may be cut
 */
public record MapSize(int width, int height, int cell) {
    /** The longer side of a map of the sensor has at most so many cells. */
    public static final int MAX_INPUT_SIDE = 400;
    /** The longer side of a map of a layer has at most so many cells. */
    public static final int MAX_LAYER_SIDE = 64;

    private static final int MAX_COUNT = 0xFF;

    /** Checks the sides. */
    public MapSize {
        if (width < 1 || height < 1 || cell < 1) {
            throw new IllegalArgumentException("map of " + width + " x " + height + " cells of " + cell
                + " pixels: expected at least 1 of each");
        }
    }

    /**
     * The map with the smallest cells that fits.
     *
     * @param areaWidth columns of pixels
     * @param areaHeight rows of pixels
     * @param maxSide cells that the longer side may have
     */
    public static MapSize of(final int areaWidth, final int areaHeight, final int maxSide) {
        final int cell = Math.ceilDiv(Math.max(areaWidth, areaHeight), maxSide);
        return new MapSize(Math.ceilDiv(areaWidth, cell), Math.ceilDiv(areaHeight, cell), cell);
    }

    /** Number of cells. */
    public int cells() {
        return width * height;
    }

    /** The cell that a pixel is in. */
    public int index(final int x, final int y) {
        return y / cell * width + x / cell;
    }

    /**
     * Counts one more in a cell that stands for 0 to 255; it stays at 255.
     *
     * @param map bytes without sign, one a cell
     */
    public static void count(final byte[] map, final int index) {
        final int value = map[index] & 0xFF;
        map[index] = (byte) (value + 1 - (value + 1 >>> Byte.SIZE));
    }

    /**
     * Counts several more in a cell, as {@link #count(byte[], int)} one by one.
     *
     * @param times how many, at least 0
     */
    public static void count(final byte[] map, final int index, final int times) {
        map[index] = (byte) Math.min(MAX_COUNT, (map[index] & MAX_COUNT) + Math.min(times, MAX_COUNT));
    }
}
