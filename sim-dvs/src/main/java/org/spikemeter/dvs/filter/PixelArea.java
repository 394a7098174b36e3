package org.spikemeter.dvs.filter;

import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;

/**
 * The area that memory for each pixel has to cover. Recordings need not say how large their sensor is, so it grows with
 * the events, by {@link #STRIDE} pixels a side, as long as the memory can be borne.
 */
final class PixelArea {
    /** Pixels that have memory at most: 16 times those of the largest sensors, 8 bytes each are 256 MB. */
    static final int MAX_PIXELS = 1 << 25;

    private static final int STRIDE = 64;

    private int width;
    private int height;

    /** Columns. */
    int width() {
        return width;
    }

    /** Rows. */
    int height() {
        return height;
    }

    /**
     * Grows as far as a batch needs it.
     *
     * @return false where that would be more than {@link #MAX_PIXELS}; it then stays as it was
     */
    boolean cover(final EventBatch batch) {
        final int[] words = batch.wordArray();
        final int size = batch.size();
        int x = -1;
        int y = -1;
        for (int i = 0; i < size; i++) {
            x = Math.max(x, EventWord.x(words[i]));
            y = Math.max(y, EventWord.y(words[i]));
        }
        if (x < width && y < height) {
            return true;
        }
        final int newWidth = Math.max(width, (x / STRIDE + 1) * STRIDE);
        final int newHeight = Math.max(height, (y / STRIDE + 1) * STRIDE);
        if ((long) newWidth * newHeight > MAX_PIXELS) {
            return false;
        }
        width = newWidth;
        height = newHeight;
        return true;
    }
}
