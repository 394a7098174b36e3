package org.spikemeter.dvs.event;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Events from a recording or a simulated sensor, in the order in which they are stored, batch after batch:
 *
 * <pre>{@code
 * final EventBatch batch = new EventBatch();
 * try (EventReader reader = EventFormats.open(file)) {
 *     while (reader.read(batch)) {
 *         ...
 *     }
 *     reader.warnings().forEach(System.err::println);
 * }
 * }</pre>
 *
 * <p>Never holds the whole recording. Times are microseconds in 64 bits on one axis: where the format wraps, that is
 * undone. They usually ascend, which no reader makes sure of. Every event lies in the sensor's area where that is
 * known; what does not is left out, with a warning. Used by one thread.
 */
public interface EventReader extends AutoCloseable {
    /** What messages to a user call it: its path as it was given. */
    String name();

    /** The format and its variant, for people: {@code AEDAT 4 (LZ4)}. */
    String format();

    /** The sensor's area, where the recording says it. */
    Optional<SensorSize> size();

    /**
     * Reads the next events.
     *
     * @param into cleared, then filled with 1 to {@link EventBatch#capacity()} events
     * @return false where there are no more; {@code into} is then empty
     * @throws org.spikemeter.engine.FormatException where the bytes cannot be what they claim to be, and reading on
     *     makes no sense
     * @throws IOException where the input cannot be read
     */
    boolean read(EventBatch into) throws IOException;

    /**
     * Reads all events that are left into one batch: for recordings that are known to be small.
     *
     * @throws IOException as {@link #read}
     */
    default EventBatch readAll() throws IOException {
        final EventBatch all = new EventBatch();
        final EventBatch part = new EventBatch();
        while (read(part)) {
            all.addAll(part);
        }
        return all;
    }

    /**
     * How far it is.
     *
     * @return 0 at the start, 1 at the end; NaN where the length is not known
     */
    double progress();

    /** What was wrong in the input so far and could be left out, one line each: file, place, what was done. */
    List<String> warnings();

    /**
     * What is to be known of the recording besides its events so far, one line each: frames and samples of an IMU that
     * were passed, what was guessed.
     */
    default List<String> notes() {
        return List.of();
    }

    /** When the frames were taken that were passed so far; none where the format has none. */
    default FrameTimes frameTimes() {
        return FrameTimes.NONE;
    }

    @Override
    void close() throws IOException;
}
