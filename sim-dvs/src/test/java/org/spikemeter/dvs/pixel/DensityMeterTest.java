package org.spikemeter.dvs.pixel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;

class DensityMeterTest {
    private final Shape shape = new Shape(2, 2, 2);
    private final DensityMeter meter = new DensityMeter(shape);

    @Test
    void shouldCountPositionOnceWhenBothChannelsHaveEvent() {
        final StepEvents step = new StepEvents(shape);
        step.add(0);
        step.add(2);
        step.add(3);
        meter.add(step);
        assertEquals(2.0 / 4, meter.positionDensity());
        assertEquals(3.0 / 8, meter.channelDensity());
        step.clear();
        meter.add(step);
        assertEquals(2.0 / 8, meter.positionDensity());
        assertEquals(3.0 / 16, meter.channelDensity());
        assertEquals(2, meter.steps());
        assertEquals(3, meter.events());
    }

    @Test
    void shouldBeZeroWhenNothingWasCounted() {
        assertEquals(0.0, meter.positionDensity());
        assertEquals(0.0, meter.channelDensity());
    }
}
