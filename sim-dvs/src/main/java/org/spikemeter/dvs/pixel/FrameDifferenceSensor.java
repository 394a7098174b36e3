package org.spikemeter.dvs.pixel;

import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;

/**
 * The paper's sensor: a pixel fires where its grey value changed by more than {@code sens} since the frame before.
 *
 * <pre>
 * d = g[t] - g[t-1]      float32
 * channel 0 (ON):   d &gt; sens
 * channel 1 (OFF):  d &lt; -sens
 * </pre>
 *
 * <p>A pixel fires at most once a step. Allocates nothing after construction. Used by one thread, apart from
 * {@link #setSens}.
 */
public final class FrameDifferenceSensor {
    /** The paper's threshold. */
    public static final float DEFAULT_SENS = 0.001f;

    private final Shape shape;
    private volatile float sens;
    private final FirstFrame firstFrame;
    private final float[] previous;
    private boolean started;

    /**
     * @param width columns of the frames
     * @param height rows of the frames
     * @param sens threshold in units of grey, where white is 1; finite, at least 0
     * @throws IllegalArgumentException where a side or the threshold is not so
     */
    public FrameDifferenceSensor(final int width, final int height, final float sens, final FirstFrame firstFrame) {
        require(sens);
        this.shape = new Shape(height, width, 2);
        this.sens = sens;
        this.firstFrame = firstFrame;
        this.previous = new float[shape.pixels()];
    }

    private static void require(final float sens) {
        if (!(sens >= 0.0f && sens <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException("sens " + sens + ": expected a finite number, at least 0");
        }
    }

    /** The threshold now. */
    public float sens() {
        return sens;
    }

    /**
     * Changes the threshold from the next frame on; called from any thread.
     *
     * @param newSens as in the constructor
     * @throws IllegalArgumentException where it is not finite and at least 0
     */
    public void setSens(final float newSens) {
        require(newSens);
        sens = newSens;
    }

    /** The grid of the events: rows, columns, and the channels ON and OFF. */
    public Shape shape() {
        return shape;
    }

    /** Forgets the frame before: the next one is a first frame again. */
    public void reset() {
        started = false;
    }

    /**
     * Takes the next frame.
     *
     * @param grey row-major [height][width], finite
     * @param into cleared, then filled with the step's events; of shape {@link #shape()}
     */
    public void sense(final float[] grey, final StepEvents into) {
        into.clear();
        if (started) {
            difference(grey, into);
        } else if (firstFrame == FirstFrame.FLOAT) {
            for (int pixel = 0; pixel < previous.length; pixel++) {
                into.add(2 * pixel, grey[pixel]);
                into.add(2 * pixel + 1, grey[pixel]);
            }
        }
        System.arraycopy(grey, 0, previous, 0, previous.length);
        started = true;
    }

    private void difference(final float[] grey, final StepEvents into) {
        final float[] before = previous;
        final float threshold = sens;
        for (int pixel = 0; pixel < before.length; pixel++) {
            final float d = grey[pixel] - before[pixel];
            if (d > threshold) {
                into.add(2 * pixel);
            } else if (d < -threshold) {
                into.add(2 * pixel + 1);
            }
        }
    }
}
