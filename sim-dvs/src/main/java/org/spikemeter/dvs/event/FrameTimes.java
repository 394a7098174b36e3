package org.spikemeter.dvs.event;

import java.io.IOException;

/** A recording that holds frames besides its events: when they were taken. For binning events as the camera did. */
public interface FrameTimes {
    /** Number of frames that have been passed so far. */
    int frames();

    /**
     * When a frame was taken.
     *
     * @param index 0 to {@link #frames()} - 1, in the order of the recording
     * @return microseconds, on the axis of the events
     */
    long frameMicros(int index);

    /**
     * Reads to the end of a recording and gathers the times of its frames.
     *
     * @param reader drained; closed by the caller
     * @return microseconds; empty where there are no frames, or the format has none
     * @throws IOException as {@link EventReader#read}
     */
    static long[] of(final EventReader reader) throws IOException {
        final EventBatch batch = new EventBatch();
        boolean more = true;
        while (more) {
            more = reader.read(batch);
        }
        if (!(reader instanceof FrameTimes times)) {
            return new long[0];
        }
        final long[] micros = new long[times.frames()];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = times.frameMicros(i);
        }
        return micros;
    }
}
