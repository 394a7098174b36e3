package org.spikemeter.dvs.format.io;

import java.util.Arrays;
import org.spikemeter.dvs.event.FrameTimes;

/** The times of frames, as a reader comes by them. */
public final class FrameTimeList implements FrameTimes {
    private static final int FIRST_CAPACITY = 64;

    private long[] micros = new long[FIRST_CAPACITY];
    private int size;

    /** No frames yet. */
    public FrameTimeList() {
    }

    /** Notes a frame. */
    public void add(final long timeMicros) {
        if (size == micros.length) {
            micros = Arrays.copyOf(micros, 2 * size);
        }
        micros[size] = timeMicros;
        size++;
    }

    @Override
    public int frames() {
        return size;
    }

    @Override
    public long frameMicros(final int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return micros[index];
    }
}
