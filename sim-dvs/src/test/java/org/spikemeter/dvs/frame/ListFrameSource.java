package org.spikemeter.dvs.frame;

import java.util.Iterator;
import java.util.List;

/** Frames from memory. */
public final class ListFrameSource implements FrameSource {
    private final int width;
    private final int height;
    private final GreyMode mode;
    private final Iterator<float[]> frames;
    private final FrameClock clock;
    private long read;
    private boolean closed;

    public ListFrameSource(final int width, final int height, final GreyMode mode, final List<float[]> frames) {
        this(width, height, mode, FrameClock.DEFAULT, frames);
    }

    public ListFrameSource(final int width, final int height, final GreyMode mode, final FrameClock clock,
        final List<float[]> frames) {
        this.width = width;
        this.height = height;
        this.mode = mode;
        this.clock = clock;
        this.frames = frames.iterator();
    }

    @Override
    public String name() {
        return "frames in memory";
    }

    @Override
    public GreyMode greyMode() {
        return mode;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public boolean next(final float[] grey) {
        if (!frames.hasNext()) {
            return false;
        }
        System.arraycopy(frames.next(), 0, grey, 0, width * height);
        read++;
        return true;
    }

    @Override
    public long micros() {
        return clock.micros(Math.max(0, read - 1));
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
