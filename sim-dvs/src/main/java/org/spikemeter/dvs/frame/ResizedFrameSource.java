package org.spikemeter.dvs.frame;

import java.io.IOException;

/** Frames of another source in another size; see {@link FrameResizer}. */
public final class ResizedFrameSource extends WrappedFrameSource {
    private final FrameResizer resizer;
    private final float[] original;
    private final int width;
    private final int height;

    /**
     * @param frames closed with this one
     * @throws IllegalArgumentException where a side is not positive
     */
    public ResizedFrameSource(final FrameSource frames, final int width, final int height) {
        super(frames);
        this.width = width;
        this.height = height;
        this.resizer = new FrameResizer(frames.width(), frames.height(), width, height);
        this.original = new float[frames.width() * frames.height()];
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
    public boolean next(final float[] grey) throws IOException {
        if (!frames.next(original)) {
            return false;
        }
        resizer.resize(original, grey);
        // averaging bytes gives bytes in an 8-bit pipeline: without this, sens below 1/255 would find changes in it
        final GreyMode mode = frames.greyMode();
        for (int i = 0; i < width * height; i++) {
            grey[i] = mode.grey(grey[i]);
        }
        return true;
    }

    @Override
    public long micros() {
        return frames.micros();
    }
}
