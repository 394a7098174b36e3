package org.spikemeter.dvs.frame.slomo;

import java.io.IOException;
import org.spikemeter.dvs.frame.FrameClock;
import org.spikemeter.dvs.frame.FrameSource;
import org.spikemeter.dvs.frame.WrappedFrameSource;
import org.spikemeter.engine.FormatException;

/** Frames between those of another source, through a {@link MotionFilter}. */
final class MotionFrameSource extends WrappedFrameSource {
    /** Two of FFmpeg's blocks. */
    private static final int LEAST_SIDE = 32;
    private static final float WHITE = 255.0f;
    /** Times of frames that may be in the filter; a power of two. */
    private static final int KEPT = 16;
    /** More copies of the last frame than the filter can hold back. */
    private static final int MAX_COPIES = 8;

    private final int factor;
    private final MotionFilter filter;
    private final float[] frame;
    private final byte[] bytes;
    private final long[] times = new long[KEPT];
    private long read;
    private int copies;
    private long micros;

    private MotionFrameSource(final FrameSource frames, final int factor, final MotionFilter filter) {
        super(frames);
        this.factor = factor;
        this.filter = filter;
        this.frame = new float[frames.width() * frames.height()];
        this.bytes = new byte[frame.length];
    }

    static MotionFrameSource open(final FrameSource frames, final int factor) throws IOException {
        if (frames.width() < LEAST_SIDE || frames.height() < LEAST_SIDE) {
            throw new FormatException(frames.name() + ": frames of " + frames.width() + " x " + frames.height()
                + " pixels, expected at least " + LEAST_SIDE + " x " + LEAST_SIDE + " for slow motion by moving blocks;"
                + " fading takes any size");
        }
        return new MotionFrameSource(frames, factor, MotionFilter.open(frames.width(), frames.height(), factor));
    }

    @Override
    public boolean next(final float[] grey) throws IOException {
        long number = filter.pull(bytes);
        while (number < 0) {
            if (!feed()) {
                return false;
            }
            number = filter.pull(bytes);
        }
        if (copies > 0 && number > (read - 1) * factor) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            grey[i] = frames.greyMode().grey((bytes[i] & 0xff) / WHITE);
        }
        final long interval = number / factor;
        final int part = (int) (number % factor);
        micros = part == 0 ? time(interval)
            : FrameClock.between(time(interval), time(interval + 1), part, factor);
        return true;
    }

    private long time(final long index) {
        return times[(int) (index & KEPT - 1)];
    }

    /** Puts in the next frame or, behind the last, copies of it. */
    private boolean feed() throws IOException {
        if (copies == 0 && frames.next(frame)) {
            for (int i = 0; i < frame.length; i++) {
                bytes[i] = (byte) Math.round(WHITE * frame[i]);
            }
            times[(int) (read & KEPT - 1)] = frames.micros();
            filter.push(bytes, read);
            read++;
            return true;
        }
        if (read == 0 || copies == MAX_COPIES) {
            return false;
        }
        filter.push(bytes, read + copies);
        copies++;
        return true;
    }

    @Override
    public long micros() {
        return micros;
    }

    @Override
    public void close() throws IOException {
        try (frames) {
            filter.close();
        }
    }
}
