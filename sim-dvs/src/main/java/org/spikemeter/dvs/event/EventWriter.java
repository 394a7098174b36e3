package org.spikemeter.dvs.event;

import java.io.IOException;

/** Takes events into a file of some format. Used by one thread. */
public interface EventWriter extends AutoCloseable {
    /**
     * Writes events behind those before.
     *
     * @throws org.spikemeter.engine.FormatException where the format cannot hold an event: its place, its time, or a
     *     time before that of the event before; the message says which, what was found and what is possible
     * @throws IOException where it cannot be written
     */
    void write(EventBatch batch) throws IOException;

    /** Writes what belongs behind the last event; nothing is written after that. */
    void finish() throws IOException;

    /** Lets go of what the writer holds besides what it writes to, finished or not. */
    @Override
    default void close() throws IOException {
    }
}
