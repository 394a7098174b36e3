package org.spikemeter.dvs.filter;

import java.util.Arrays;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;

/**
 * One number for each pixel, at first {@link #NEVER}: a time in microseconds, or what is counted in times. Around the
 * pixels there is a ring of others that always are {@link #NEVER}, so that each pixel has eight neighbours.
 */
final class PixelTimes {
    /** Before all times. */
    static final long NEVER = Long.MIN_VALUE;

    private final PixelArea area = new PixelArea();
    private long[] values = new long[0];
    private int stride;

    /**
     * Makes room for the pixels of a batch.
     *
     * @throws IllegalArgumentException where they lie too far apart for memory of each
     */
    void cover(final EventBatch batch) {
        final int width = area.width();
        final int height = area.height();
        if (!area.cover(batch)) {
            throw new IllegalArgumentException("events lie too far apart to keep the times of each pixel: expected an"
                + " area of at most " + PixelArea.MAX_PIXELS + " pixels");
        }
        if (area.width() > width || area.height() > height) {
            grow(width, height);
        }
    }

    private void grow(final int width, final int height) {
        final int newStride = area.width() + 2;
        final long[] grown = new long[newStride * (area.height() + 2)];
        Arrays.fill(grown, NEVER);
        for (int y = 0; y < height; y++) {
            System.arraycopy(values, (y + 1) * stride + 1, grown, (y + 1) * newStride + 1, width);
        }
        values = grown;
        stride = newStride;
    }

    /** By {@link #place}; until the next {@link #cover}. */
    long[] array() {
        return values;
    }

    /** From a pixel to the one below. */
    int stride() {
        return stride;
    }

    /** Place of an event's pixel. */
    static int place(final int word, final int stride) {
        return (EventWord.y(word) + 1) * stride + EventWord.x(word) + 1;
    }
}
