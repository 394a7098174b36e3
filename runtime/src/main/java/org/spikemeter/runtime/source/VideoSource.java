package org.spikemeter.runtime.source;

import java.io.IOException;
import org.spikemeter.dvs.frame.FrameSource;
import org.spikemeter.dvs.frame.ResizedFrameSource;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.runtime.pipeline.InputBatch;
import org.spikemeter.runtime.pipeline.Intake;

/**
 * Frames of a video or a camera through the paper's sensor, a step each: one clip, or one after the other without end.
 * The threshold of the sensor may be changed while it runs.
 */
public final class VideoSource extends PlayedSource {
    private final Opener opener;
    private final FrameDifferenceSensor sensor;

    /** Frames that can be opened, more than once. */
    @FunctionalInterface
    public interface Opener {
        /** Opens them; closed by the source. */
        FrameSource open() throws IOException;
    }

    /**
     * Nothing opened yet.
     *
     * @param name what messages call it
     * @param sensor used by this alone, apart from its threshold; gives the size that frames are resized to
     * @param pace when frames are due by their times; {@link Pace#UNPACED} for a camera, whose frames come when they
     *     come
     * @param repeat to begin anew at the end, as a clip of its own
     */
    public VideoSource(
        final String name, final Opener opener, final FrameDifferenceSensor sensor, final Pace pace,
        final boolean repeat) {
        super(name, pace, repeat);
        this.opener = opener;
        this.sensor = sensor;
    }

    @Override
    boolean playClip(final Intake intake) throws IOException, InterruptedException {
        try (FrameSource original = opener.open()) {
            pace().restart();
            sensor.reset();
            return play(new ResizedFrameSource(original, sensor.shape().width(), sensor.shape().height()), intake);
        }
    }

    /** Hands over each frame as it is due, and an empty batch behind the last one; false where no more are taken. */
    private boolean play(final FrameSource frames, final Intake intake) throws IOException, InterruptedException {
        final float[] grey = new float[sensor.shape().pixels()];
        final StepEvents step = new StepEvents(sensor.shape());
        boolean isFirst = true;
        boolean more = true;
        while (more) {
            more = frames.next(grey);
            final long due = more ? pace().await(frames.micros()) : System.nanoTime();
            final InputBatch batch = claim(intake);
            if (batch == null) {
                return false;
            }
            if (more) {
                sensor.sense(grey, step);
                batch.steps().add(step, due);
                batch.setUntilMicros(frames.micros());
            }
            batch.setArrivalNanos(due);
            batch.setStartsClip(isFirst);
            batch.setEndsClip(!more);
            intake.accept(batch);
            isFirst = false;
        }
        return true;
    }

    /** The sensor: its threshold may be changed. */
    public FrameDifferenceSensor sensor() {
        return sensor;
    }
}
