package org.spikemeter.dvs.pixel.v2e;

import org.spikemeter.dvs.event.EventWord;

/**
 * The frame that is being sensed.
 *
 * @param grey its pixels, in [0, 1]
 * @param width columns
 * @param number 0 for the first
 * @param seconds since the frame before
 */
record Frame(float[] grey, int width, long number, double seconds) {
    /** An event of a pixel. */
    int word(final int pixel, final int polarity) {
        return EventWord.of(pixel % width, pixel / width, polarity);
    }
}
