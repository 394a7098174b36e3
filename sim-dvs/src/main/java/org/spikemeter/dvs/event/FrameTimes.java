package org.spikemeter.dvs.event;

import java.io.IOException;

/** When the frames were taken that a recording holds besides its events. For binning events as the camera did. */
public interface FrameTimes {
    /** No frames. */
    FrameTimes NONE = new FrameTimes() {
        @Override
        public int frames() {
            return 0;
        }

        @Override
        public long frameMicros(final int index) {
            throw new IndexOutOfBoundsException(index);
        }
    };

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
        final FrameTimes times = reader.frameTimes();
        final long[] micros = new long[times.frames()];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = times.frameMicros(i);
        }
        return micros;
    }
}
