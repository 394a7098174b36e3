package org.spikemeter.runtime.recording;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

/**
 * Events of each polarity, a pixel. Counts lie in tiles that are made once there are events in them, so that the area
 * need not be known. Where these have more than {@link #MAX_PIXELS}, single pixels are no longer counted. Counts are
 * exact below 2<sup>32</sup>.
 */
public final class PixelCounts {
    /** Pixels that are counted at most: 64 MB of counts. */
    public static final int MAX_PIXELS = 1 << 23;

    private static final int TILE_SHIFT = 6;
    private static final int TILE_SIDE = 1 << TILE_SHIFT;
    private static final int TILE_MASK = TILE_SIDE - 1;
    private static final int TILE_PIXELS = TILE_SIDE * TILE_SIDE;
    private static final int MAX_TILES = MAX_PIXELS / TILE_PIXELS;
    private static final int TILES_A_ROW = EventWord.MAX_SIDE / TILE_SIDE;

    /** Rows of pixels, OFF before ON; null where there are no events. */
    private final int[][] tiles = new int[TILES_A_ROW * TILES_A_ROW][];
    private int tileCount;
    private boolean isCounted = true;
    private int maxX = -1;
    private int maxY = -1;

    /** A pixel and its events. */
    public record Pixel(int x, int y, long events) {}

    /** Takes something of each pixel with events. */
    @FunctionalInterface
    private interface PixelAction {
        void take(int x, int y, long events);
    }

    /** Counts events. */
    public void add(final EventBatch batch) {
        include(batch);
        final int[] words = batch.wordArray();
        for (int i = 0; i < batch.size() && isCounted; i++) {
            final int word = words[i];
            final int x = EventWord.x(word);
            final int y = EventWord.y(word);
            int[] tile = tiles[(y >> TILE_SHIFT) * TILES_A_ROW + (x >> TILE_SHIFT)];
            if (tile == null) {
                tile = addTile(x, y);
            }
            tile[place(x, y) + EventWord.polarity(word)]++;
        }
    }

    /** Takes the places of events into the area, without counting the events. */
    public void include(final EventBatch batch) {
        final int[] words = batch.wordArray();
        int right = maxX;
        int bottom = maxY;
        for (int i = 0; i < batch.size(); i++) {
            right = Math.max(right, EventWord.x(words[i]));
            bottom = Math.max(bottom, EventWord.y(words[i]));
        }
        maxX = right;
        maxY = bottom;
    }

    private static int place(final int x, final int y) {
        return 2 * ((y & TILE_MASK) * TILE_SIDE + (x & TILE_MASK));
    }

    /** One too many is the last: nothing is kept, and nothing counted any more. */
    private int[] addTile(final int x, final int y) {
        final int[] tile = new int[2 * TILE_PIXELS];
        if (tileCount == MAX_TILES) {
            isCounted = false;
            Arrays.fill(tiles, null);
        } else {
            tiles[(y >> TILE_SHIFT) * TILES_A_ROW + (x >> TILE_SHIFT)] = tile;
            tileCount++;
        }
        return tile;
    }

    /**
     * The area that all events lie in, those of {@link #include} as well, from the corner at the top left.
     *
     * @return empty without events
     */
    public Optional<SensorSize> area() {
        return maxX < 0 ? Optional.empty() : Optional.of(new SensorSize(maxX + 1, maxY + 1));
    }

    /** False where there are too many pixels with events; all pixels then seem to have none. */
    public boolean isCounted() {
        return isCounted;
    }

    /** Events of a pixel, of one polarity. */
    public long events(final int x, final int y, final int polarity) {
        final int[] tile = tiles[(y >> TILE_SHIFT) * TILES_A_ROW + (x >> TILE_SHIFT)];
        return tile == null ? 0 : Integer.toUnsignedLong(tile[place(x, y) + polarity]);
    }

    private void forEachActive(final PixelAction action) {
        for (int i = 0; i < tiles.length; i++) {
            final int[] tile = tiles[i];
            for (int pixel = 0; tile != null && pixel < TILE_PIXELS; pixel++) {
                final long events =
                    Integer.toUnsignedLong(tile[2 * pixel]) + Integer.toUnsignedLong(tile[2 * pixel + 1]);
                if (events > 0) {
                    action.take(i % TILES_A_ROW * TILE_SIDE + pixel % TILE_SIDE,
                        i / TILES_A_ROW * TILE_SIDE + pixel / TILE_SIDE, events);
                }
            }
        }
    }

    /** Pixels that have events. */
    public int active() {
        final int[] active = new int[1];
        forEachActive((x, y, events) -> active[0]++);
        return active[0];
    }

    /** The most events of a pixel. */
    public long most() {
        final long[] most = new long[1];
        forEachActive((x, y, events) -> most[0] = Math.max(most[0], events));
        return most[0];
    }

    /** Events that a part of the pixels that have any do not exceed; 0 where none has. */
    public long quantile(final double part) {
        final long[] sorted = new long[active()];
        final int[] at = new int[1];
        forEachActive((x, y, events) -> sorted[at[0]++] = events);
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) Math.round(part * (sorted.length - 1))];
    }

    /**
     * What a pixel has to exceed to be called hot: the mean and some standard deviations, over the pixels that have
     * events.
     *
     * @return empty where no pixel has any
     */
    public OptionalLong hotAbove(final double deviations) {
        final int active = active();
        if (active == 0) {
            return OptionalLong.empty();
        }
        final double[] sums = new double[2];
        forEachActive((x, y, events) -> sums[0] += events);
        final double mean = sums[0] / active;
        forEachActive((x, y, events) -> sums[1] += (events - mean) * (events - mean));
        return OptionalLong.of((long) Math.floor(mean + deviations * Math.sqrt(sums[1] / active)));
    }

    /** The pixels with more events than that, most first, from the top left where they have as many. */
    public List<Pixel> above(final long bound) {
        final List<Pixel> above = new ArrayList<>();
        forEachActive((x, y, events) -> {
            if (events > bound) {
                above.add(new Pixel(x, y, events));
            }
        });
        above.sort(Comparator.comparingLong(Pixel::events).reversed()
            .thenComparingInt(Pixel::y).thenComparingInt(Pixel::x));
        return above;
    }
}
