package org.spikemeter.dvs.frame.slomo;

import java.io.IOException;
import org.spikemeter.dvs.frame.FrameSource;

/** How frames between two frames are made. Their times divide the interval evenly; the others stay as they are. */
public enum SlowMotion {
    /** Each pixel goes from one value to the other on a straight line: what moves fades, rather than moves. */
    LINEAR {
        @Override
        FrameSource between(final FrameSource frames, final int factor) {
            return new CrossFadeFrameSource(frames, factor);
        }
    },

    /** Blocks of pixels move, as FFmpeg's {@code minterpolate} finds them to; grey of 8 bits, at least 32 x 32. */
    MOTION {
        @Override
        FrameSource between(final FrameSource frames, final int factor) throws IOException {
            return MotionFrameSource.open(frames, factor);
        }
    };

    /** Frames that one interval may become. */
    public static final int MAX_FACTOR = 1000;

    /**
     * So many frames for each: n frames become (n - 1) * factor + 1.
     *
     * @param frames closed with the result
     * @param factor 1 to {@link #MAX_FACTOR}; for 1 the frames themselves
     * @throws IllegalArgumentException where the factor is out of range
     * @throws org.spikemeter.engine.FormatException where frames are too small for it
     * @throws IOException where FFmpeg is needed and cannot be loaded
     */
    public final FrameSource of(final FrameSource frames, final int factor) throws IOException {
        if (factor < 1 || factor > MAX_FACTOR) {
            throw new IllegalArgumentException("slow motion of " + factor + " frames for each: expected 1 to "
                + MAX_FACTOR);
        }
        return factor == 1 ? frames : between(frames, factor);
    }

    abstract FrameSource between(FrameSource frames, int factor) throws IOException;
}
