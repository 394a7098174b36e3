package org.spikemeter.dvs.binning;

import java.util.Arrays;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.network.Shape;

/**
 * Which pixel of a network's input a sensor's pixel goes to: {@code x * width(input) / width(sensor)}, rounded down,
 * and the same for y, within the part of the sensor that is taken. A larger sensor's pixels merge; those of a smaller
 * one are spread, with gaps.
 */
final class PixelMapping {
    /** So far below 0 that no sum with a place is at or above it. */
    private static final int NOWHERE = Integer.MIN_VALUE / 2;

    private final int[] columns;
    private final int[] rows;

    PixelMapping(final SensorSize sensor, final Shape input, final Fit fit) {
        int width = sensor.width();
        int height = sensor.height();
        if (fit == Fit.CROP) {
            final long wide = (long) sensor.height() * input.width() / input.height();
            final long high = (long) sensor.width() * input.height() / input.width();
            width = Math.clamp(wide, 1, sensor.width());
            height = Math.clamp(high, 1, sensor.height());
        }
        columns = places(sensor.width(), width, input.width(), input.channels());
        rows = places(sensor.height(), height, input.height(), input.width() * input.channels());
    }

    /** What each of {@code all} places adds to an address, where {@code taken} of them become {@code input}. */
    private static int[] places(final int all, final int taken, final int input, final int addresses) {
        final int[] places = new int[all];
        Arrays.fill(places, NOWHERE);
        final int from = (all - taken) / 2;
        for (int i = 0; i < taken; i++) {
            places[from + i] = (int) ((long) i * input / taken) * addresses;
        }
        return places;
    }

    /** By x: what it adds to the address; the sum with that of y is negative where the pixel is left out. */
    int[] columns() {
        return columns;
    }

    /** By y, the same. */
    int[] rows() {
        return rows;
    }
}
