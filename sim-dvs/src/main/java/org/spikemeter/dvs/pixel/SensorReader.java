package org.spikemeter.dvs.pixel;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.frame.FrameSource;
import org.spikemeter.dvs.frame.ResizedFrameSource;

/**
 * A simulated sensor before frames, read like a recording: frames are resized to the sensor's size and sensed one after
 * the other. Holds one frame and its events.
 */
public final class SensorReader implements EventReader {
    private final FrameSource frames;
    private final EventSensor sensor;
    private final float[] frame;
    private final EventBatch pending = new EventBatch();
    private int taken;
    private boolean ended;

    /**
     * @param frames closed with this reader
     * @param sensor closed with this reader; what it has seen before is forgotten
     */
    public SensorReader(final FrameSource frames, final EventSensor sensor) {
        final SensorSize size = sensor.size();
        this.frames = new ResizedFrameSource(frames, size.width(), size.height());
        this.sensor = sensor;
        this.frame = new float[size.pixels()];
        sensor.reset();
    }

    @Override
    public String name() {
        return frames.name();
    }

    @Override
    public String format() {
        return "frames through a simulated sensor (" + sensor.name() + ")";
    }

    @Override
    public Optional<SensorSize> size() {
        return Optional.of(sensor.size());
    }

    @Override
    public boolean read(final EventBatch into) throws IOException {
        into.clear();
        while (taken == pending.size()) {
            if (ended || !frames.next(frame)) {
                ended = true;
                return false;
            }
            pending.clear();
            taken = 0;
            sensor.sense(frame, frames.micros(), pending);
        }
        final int count = Math.min(into.capacity(), pending.size() - taken);
        System.arraycopy(pending.microsArray(), taken, into.microsArray(), 0, count);
        System.arraycopy(pending.wordArray(), taken, into.wordArray(), 0, count);
        into.setSize(count);
        taken += count;
        return true;
    }

    /** Not known: a source of frames does not say how many there are. */
    @Override
    public double progress() {
        return ended ? 1.0 : Double.NaN;
    }

    @Override
    public List<String> warnings() {
        return sensor.warnings().stream().map(line -> frames.name() + ": " + line).toList();
    }

    @Override
    public void close() throws IOException {
        try (frames) {
            sensor.close();
        }
    }
}
