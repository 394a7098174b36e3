package org.spikemeter.dvs.filter;

import org.spikemeter.engine.FormatException;

/** How much the filters of a recording may remember of its pixels, all together. */
final class PixelMemory {
    /** Tiles at most: 128 MB. A sensor of 1280 x 720 pixels has 240. */
    static final int MAX_TILES = 4_096;

    private final String name;
    private int tiles;

    /**
     * Nothing taken.
     *
     * @param name what messages call the recording
     */
    PixelMemory(final String name) {
        this.name = name;
    }

    /**
     * Counts one more tile.
     *
     * @throws FormatException where there are too many
     */
    void take() throws FormatException {
        if (tiles == MAX_TILES) {
            throw new FormatException(name + ": its events lie too far apart for filters, which remember each pixel:"
                + " expected at most " + MAX_TILES + " parts of " + PixelTimes.TILE_SIDE + " x " + PixelTimes.TILE_SIDE
                + " pixels with events, of all filters together (--size or --crop cut them)");
        }
        tiles++;
    }
}
