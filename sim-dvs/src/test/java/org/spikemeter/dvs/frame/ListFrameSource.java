package org.spikemeter.dvs.frame;

import java.util.Iterator;
import java.util.List;

/** Frames from memory. */
public final class ListFrameSource implements FrameSource {
    private final int width;
    private final int height;
    private final GreyMode mode;
    private final Iterator<float[]> frames;
    private boolean closed;

    public ListFrameSource(final int width, final int height, final GreyMode mode, final List<float[]> frames) {
        this.width = width;
        this.height = height;
        this.mode = mode;
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
        return true;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
