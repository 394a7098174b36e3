package org.spikemeter.dvs.frame.slomo;

import java.io.IOException;
import org.spikemeter.dvs.frame.FrameClock;
import org.spikemeter.dvs.frame.FrameSource;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.frame.WrappedFrameSource;

/** Frames on straight lines between those of another source: part k of n is {@code a + (b - a) k / n}. */
final class CrossFadeFrameSource extends WrappedFrameSource {
    private final int factor;
    private float[] before;
    private float[] after;
    private long beforeMicros;
    private long afterMicros;
    /** Part of the interval that was given last; {@code factor} is the frame behind it itself. */
    private int part;
    private boolean started;
    private boolean ended;

    CrossFadeFrameSource(final FrameSource frames, final int factor) {
        super(frames);
        this.factor = factor;
        this.before = new float[frames.width() * frames.height()];
        this.after = new float[before.length];
        this.part = factor;
    }

    @Override
    public boolean next(final float[] grey) throws IOException {
        if (part == factor) {
            if (ended || !nextInterval()) {
                ended = true;
                return false;
            }
            part = started ? 0 : factor - 1;
            started = true;
        }
        part++;
        if (part == factor) {
            System.arraycopy(after, 0, grey, 0, after.length);
        } else {
            fade(grey);
        }
        return true;
    }

    private boolean nextInterval() throws IOException {
        final float[] reused = before;
        before = after;
        after = reused;
        beforeMicros = afterMicros;
        if (!frames.next(after)) {
            // micros() stays that of the last frame
            afterMicros = beforeMicros;
            return false;
        }
        afterMicros = frames.micros();
        return true;
    }

    private void fade(final float[] grey) {
        final float share = (float) part / factor;
        final GreyMode mode = frames.greyMode();
        for (int i = 0; i < after.length; i++) {
            grey[i] = mode.grey(before[i] + share * (after[i] - before[i]));
        }
    }

    @Override
    public long micros() {
        return FrameClock.between(beforeMicros, afterMicros, part, factor);
    }
}
