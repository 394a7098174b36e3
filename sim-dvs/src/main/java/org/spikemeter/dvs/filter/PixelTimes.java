package org.spikemeter.dvs.filter;

import java.util.Arrays;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.engine.FormatException;

/**
 * One number for each pixel, at first {@link #NEVER}: a time in microseconds, or what is counted in times. Recordings
 * need not say how large their sensor is, and one damaged event may lie far away from all others; so numbers lie in
 * tiles that are made once there are events in them.
 */
final class PixelTimes {
    /** Before all times. */
    static final long NEVER = Long.MIN_VALUE;
    /** Columns, and rows, of a tile. */
    static final int TILE_SIDE = 64;
    /** Last column, and row, of a tile. */
    static final int TILE_MASK = TILE_SIDE - 1;

    private static final int TILE_SHIFT = 6;
    private static final int TILES_A_ROW = EventWord.MAX_SIDE / TILE_SIDE;

    private final PixelMemory memory;
    private final long[][] tiles = new long[TILES_A_ROW * TILES_A_ROW][];

    /** No pixel has a number. */
    PixelTimes(final PixelMemory memory) {
        this.memory = memory;
    }

    /**
     * The numbers around an event's pixel, which is at {@link #place}.
     *
     * @throws FormatException where that is more than can be remembered
     */
    long[] tile(final int word) throws FormatException {
        final int index = index(EventWord.x(word), EventWord.y(word));
        final long[] tile = tiles[index];
        return tile == null ? addTile(index) : tile;
    }

    private long[] addTile(final int index) throws FormatException {
        memory.take();
        final long[] tile = new long[TILE_SIDE * TILE_SIDE];
        Arrays.fill(tile, NEVER);
        tiles[index] = tile;
        return tile;
    }

    private static int index(final int x, final int y) {
        return (y >> TILE_SHIFT) * TILES_A_ROW + (x >> TILE_SHIFT);
    }

    /** Place of a pixel in its tile. */
    static int place(final int x, final int y) {
        return (y & TILE_MASK) << TILE_SHIFT | x & TILE_MASK;
    }

    /** The number of a pixel, wherever it is; {@link #NEVER} outside of all sensors. */
    long at(final int x, final int y) {
        if (x < 0 || y < 0 || (x | y) >= EventWord.MAX_SIDE) {
            return NEVER;
        }
        final long[] tile = tiles[index(x, y)];
        return tile == null ? NEVER : tile[place(x, y)];
    }
}
