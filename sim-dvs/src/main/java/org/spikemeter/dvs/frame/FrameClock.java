package org.spikemeter.dvs.frame;

/**
 * Times of frames that come without: a fixed number a second, the first at 0.
 *
 * @param framesPerSecond above 0
 */
public record FrameClock(double framesPerSecond) {
    /** What is taken for arrays and folders of images. */
    public static final FrameClock DEFAULT = new FrameClock(30.0);

    private static final double MICROS_A_SECOND = 1e6;
    private static final double LEAST = 1e-3;

    /**
     * Checks the rate.
     *
     * @throws IllegalArgumentException where it is not between one frame in 1000 s and one in a microsecond
     */
    public FrameClock {
        if (!(framesPerSecond >= LEAST && framesPerSecond <= MICROS_A_SECOND)) {
            throw new IllegalArgumentException(framesPerSecond + " frames a second: expected " + LEAST + " to "
                + MICROS_A_SECOND);
        }
    }

    /** Time of frame {@code index}, to the nearest microsecond. */
    public long micros(final long index) {
        return Math.round(index * MICROS_A_SECOND / framesPerSecond);
    }

    /**
     * A time between two others, to the nearest microsecond.
     *
     * @param part of {@code parts} parts that have passed
     */
    public static long between(final long before, final long after, final long part, final long parts) {
        return before + (2 * (after - before) * part + parts) / (2 * parts);
    }
}
