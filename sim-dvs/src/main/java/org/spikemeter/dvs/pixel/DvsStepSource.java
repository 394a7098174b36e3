package org.spikemeter.dvs.pixel;

import java.io.IOException;
import org.spikemeter.dvs.frame.FrameSource;
import org.spikemeter.dvs.frame.ResizedFrameSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.network.Shape;

/**
 * A simulated sensor as input of a network: frames, resized to the sensor's size, one clock step each.
 *
 * <p>It gives one window of at most {@code steps} steps: a longer input is cut there, a shorter one ends early. To go
 * on through a long input, which is read once:
 *
 * <pre>
 * do {
 *     while (source.next(events)) { ... }
 * } while (source.nextWindow());
 * </pre>
 *
 * <p>Allocates nothing per step after the first ones, apart from what the frame source does.
 */
public final class DvsStepSource implements StepSource {
    /** Steps of the paper's clips. */
    public static final int DEFAULT_STEPS = 68;

    private final FrameSource frames;
    private final FrameDifferenceSensor sensor;
    private final int steps;
    private final DensityMeter density;
    private final float[] frame;
    private boolean frameWaits;
    private int step;

    /**
     * @param frames closed with this source
     * @param sensor gives the size that frames are resized to
     * @param steps steps a window, at least 1
     */
    public DvsStepSource(final FrameSource frames, final FrameDifferenceSensor sensor, final int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("steps " + steps + ": expected at least 1");
        }
        this.sensor = sensor;
        this.steps = steps;
        final Shape shape = sensor.shape();
        this.frames = new ResizedFrameSource(frames, shape.width(), shape.height());
        this.density = new DensityMeter(shape);
        this.frame = new float[shape.pixels()];
        sensor.reset();
    }

    @Override
    public Shape shape() {
        return sensor.shape();
    }

    @Override
    public boolean next(final StepEvents into) throws IOException {
        into.clear();
        if (step == steps || !frameWaits && !frames.next(frame)) {
            return false;
        }
        frameWaits = false;
        sensor.sense(frame, into);
        if (step > 0) {
            density.add(into);
        }
        step++;
        return true;
    }

    /**
     * Begins a new window, whose first frame is the next one that has not been read: it is a first frame again, and
     * nothing is kept of the window before. The last window may be shorter than the others.
     *
     * @return false where no frame is left; the window before then stays as it was
     */
    public boolean nextWindow() throws IOException {
        if (!frameWaits && !frames.next(frame)) {
            return false;
        }
        frameWaits = true;
        sensor.reset();
        density.clear();
        step = 0;
        return true;
    }

    /** The density of the present window so far, without its first step; changes with each step. */
    public DensityMeter density() {
        return density;
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }
}
