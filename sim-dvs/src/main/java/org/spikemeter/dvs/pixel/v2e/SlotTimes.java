package org.spikemeter.dvs.pixel.v2e;

import org.spikemeter.dvs.frame.FrameClock;

/**
 * The times that events of a frame can have: the frame's interval in as many even slots as the busiest pixel has
 * events, slot i at {@code before + (i + 1) / count} of the interval.
 */
final class SlotTimes {
    private static final double MICROS = 1e6;

    private long previous;
    private long frame;
    private int count;
    private float floatStart;
    private float floatEnd;
    private float floatStep;

    /** Slots between two frames. */
    void set(final long previousMicros, final long frameMicros, final int slots) {
        previous = previousMicros;
        frame = frameMicros;
        count = slots;
        if (slots > 0) {
            floatStart = (float) (previousMicros / MICROS + seconds() / slots);
            floatEnd = (float) (frameMicros / MICROS);
            floatStep = slots == 1 ? 0.0f : (floatEnd - floatStart) / (slots - 1);
        }
    }

    /** Number of slots. */
    int count() {
        return count;
    }

    /** Length of the interval. */
    double seconds() {
        return (frame - previous) / MICROS;
    }

    /** Time of a slot; of one behind the last, that of the frame. */
    long micros(final int slot) {
        return slot >= count ? frame : FrameClock.between(previous, frame, slot + 1, count);
    }

    /** Time of a slot, not rounded to microseconds. */
    double exactSeconds(final int slot) {
        return previous / MICROS + seconds() * (slot + 1) / count;
    }

    /** Time of a slot with the rounding of {@code torch.linspace} in float32: from both ends to the middle. */
    float floatSeconds(final int slot) {
        return slot < count / 2 || count == 1 ? floatStart + floatStep * slot
            : floatEnd - floatStep * (count - 1 - slot);
    }
}
