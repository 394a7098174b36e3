package org.spikemeter.engine.aer;

import java.io.IOException;
import org.spikemeter.engine.network.Shape;

/**
 * Input events, one clock step after the other: a simulated sensor, a recording that is binned, an array.
 *
 * <p>Used by one thread.
 */
public interface StepSource extends AutoCloseable {
    /** The grid that every step's addresses belong to. */
    Shape shape();

    /**
     * Replaces {@code into} by the next step's events.
     *
     * @param into cleared and filled; its shape is {@link #shape()}
     * @return false where there is no further step; {@code into} is then empty
     * @throws IOException where the input cannot be read or is not what it claims to be
     */
    boolean next(StepEvents into) throws IOException;

    @Override
    void close() throws IOException;
}
