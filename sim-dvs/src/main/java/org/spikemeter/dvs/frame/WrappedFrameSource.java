package org.spikemeter.dvs.frame;

import java.io.IOException;

/** Frames made of those of another source: of the same name, grey and size, but for what a subclass says otherwise. */
public abstract class WrappedFrameSource implements FrameSource {
    /** The other source; closed with this one. */
    protected final FrameSource frames;

    /** Frames made of those of another source. */
    protected WrappedFrameSource(final FrameSource frames) {
        this.frames = frames;
    }

    @Override
    public String name() {
        return frames.name();
    }

    @Override
    public GreyMode greyMode() {
        return frames.greyMode();
    }

    @Override
    public int width() {
        return frames.width();
    }

    @Override
    public int height() {
        return frames.height();
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }
}
