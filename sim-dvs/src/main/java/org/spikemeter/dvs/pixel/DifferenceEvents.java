package org.spikemeter.dvs.pixel;

import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.aer.StepEvents;

/**
 * The paper's sensor, {@link FrameDifferenceSensor}, as events with times: each has the time of its frame, and they lie
 * in the order of the pixels.
 */
public final class DifferenceEvents implements EventSensor {
    private final FrameDifferenceSensor sensor;
    private final SensorSize size;
    private final StepEvents step;
    private long previousMicros = Long.MIN_VALUE;

    /**
     * @param sens threshold in units of grey, where white is 1; finite, at least 0
     */
    public DifferenceEvents(final SensorSize size, final float sens) {
        this.sensor = new FrameDifferenceSensor(size.width(), size.height(), sens, FirstFrame.SPIKES);
        this.size = size;
        this.step = new StepEvents(sensor.shape());
    }

    @Override
    public String name() {
        return "frame difference";
    }

    @Override
    public SensorSize size() {
        return size;
    }

    @Override
    public void reset() {
        sensor.reset();
        previousMicros = Long.MIN_VALUE;
    }

    @Override
    public void sense(final float[] grey, final long micros, final EventBatch into) {
        EventSensor.checkTime(micros, previousMicros);
        previousMicros = micros;
        sensor.sense(grey, step);
        final int count = step.size();
        final int before = into.size();
        into.ensureCapacity(before + count);
        final long[] times = into.microsArray();
        final int[] words = into.wordArray();
        final int width = size.width();
        int y = 0;
        int rowStart = 0;
        for (int i = 0; i < count; i++) {
            final int address = step.address(i);
            final int pixel = address >> 1;
            while (pixel >= rowStart + width) {
                rowStart += width;
                y++;
            }
            times[before + i] = micros;
            // channel 0 is ON
            words[before + i] = EventWord.of(pixel - rowStart, y, 1 - (address & 1));
        }
        into.setSize(before + count);
    }
}
