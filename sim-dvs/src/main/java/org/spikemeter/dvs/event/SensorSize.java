package org.spikemeter.dvs.event;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The area that events of a sensor lie in.
 *
 * @param width columns, 1 to {@link EventWord#MAX_SIDE}
 * @param height rows, 1 to {@link EventWord#MAX_SIDE}
 */
public record SensorSize(int width, int height) {
    /** The largest that a word can address, where nothing is known. */
    public static final SensorSize LARGEST = new SensorSize(EventWord.MAX_SIDE, EventWord.MAX_SIDE);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})[xX](\\d{1,9})");

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

    /** A size that something claims; empty where no sensor has it. */
    public static Optional<SensorSize> of(final long width, final long height) {
        return isPossible(width, height) ? Optional.of(new SensorSize((int) width, (int) height)) : Optional.empty();
    }

    /**
     * From text: {@code 346x260}, or with a large X.
     *
     * @throws IllegalArgumentException where it is none
     */
    public static SensorSize parse(final String text) {
        final Matcher sides = TEXT.matcher(text);
        if (!sides.matches()) {
            throw new IllegalArgumentException("'" + text + "': expected columns and rows, such as 346x260");
        }
        return new SensorSize(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)));
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
