package org.spikemeter.dvs.frame;

import java.io.IOException;

/**
 * Grey frames of one size, one after the other; at least one.
 *
 * <p>Used by one thread.
 */
public interface FrameSource extends AutoCloseable {
    /** What messages to a user call this source: its path as it was given. */
    String name();

    /** How the frames were made grey. */
    GreyMode greyMode();

    /** Columns of every frame. */
    int width();

    /** Rows of every frame. */
    int height();

    /**
     * Reads the next frame.
     *
     * @param grey receives the frame, row-major [height][width], every value in [0, 1]; at least width x height long
     * @return false where there is no further frame; {@code grey} is then as it was
     * @throws org.spikemeter.engine.FormatException where the frame is damaged, of another size or out of range, or
     *     where there is not even a first frame
     * @throws IOException where the input cannot be read
     */
    boolean next(float[] grey) throws IOException;

    /**
     * Time of the frame that was read last, in microseconds since the first frame: 0 for the first, and for no frame
     * less than for the one before.
     */
    long micros();

    @Override
    void close() throws IOException;
}
