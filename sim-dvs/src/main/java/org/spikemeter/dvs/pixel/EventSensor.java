package org.spikemeter.dvs.pixel;

import java.util.List;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.SensorSize;

/**
 * A simulated sensor that gives events with times: a frame and its time go in, the events since the frame before come
 * out, in the order of their times, none of them later than the frame.
 *
 * <p>Used by one thread; a sensor may have threads of its own, on which its events do not depend.
 */
public interface EventSensor extends AutoCloseable {
    /** The model, for people: {@code v2e}. */
    String name();

    /** Columns and rows of its frames, the area of its events. */
    SensorSize size();

    /** Forgets everything: the next frame is a first frame, and random numbers begin again. */
    void reset();

    /**
     * Takes the next frame. The first one makes no events.
     *
     * @param grey row-major [height][width], each in [0, 1]
     * @param micros when it was taken, in microseconds since the recording began; never before the frame before
     * @param into receives the events behind those that are in it
     * @throws IllegalArgumentException where time goes back
     */
    void sense(float[] grey, long micros, EventBatch into);

    /** In what respect the frames so far are not what the model is made for, one line each. */
    default List<String> warnings() {
        return List.of();
    }

    /**
     * Checks a frame's time against that of the frame before.
     *
     * @throws IllegalArgumentException where time goes back
     */
    static void checkTime(final long micros, final long before) {
        if (micros < before) {
            throw new IllegalArgumentException("frame at " + micros + " us after a frame at " + before
                + " us: expected times that do not go back");
        }
    }

    /** Ends the threads, where it has any. */
    @Override
    default void close() {
    }
}
