package org.spikemeter.dvs.pixel.v2e;

import java.util.Arrays;
import org.spikemeter.dvs.event.EventOrder;

/**
 * The dead time of a pixel: a crossing within it makes no event, and stays for the next frame. Only where the period is
 * longer than the time between two slots of the frame; else all pass, and nothing is noted, as in v2e.
 *
 * <p>Events in slots often lie apart by the period exactly (2 ms is four slots of 0.5 ms), and then v2e's rounding
 * decides. So this rounds like v2e while v2e's clock, float32 seconds, still tells microseconds from each other: up to
 * 16.8 s. After that it counts in float64, where v2e begins to lose events or to pass too many.
 */
final class Refractory {
    /** Where steps of float32 seconds become longer than a microsecond. */
    private static final long FLOAT_CLOCK_MICROS = 1L << 24;

    private final double period;
    private final double[] lastSeconds;
    private double[] slotSeconds = new double[16];
    private boolean floatClock;
    private boolean active;

    Refractory(final double periodSeconds, final int pixels) {
        this.period = periodSeconds;
        this.lastSeconds = new double[pixels];
        Arrays.fill(lastSeconds, -(float) periodSeconds);
    }

    /** Prepares for the slots of a frame. */
    void begin(final SlotTimes slots) {
        final int count = slots.count();
        active = count > 0 && period > slots.seconds() / count;
        if (!active) {
            return;
        }
        floatClock = slots.micros(count - 1) < FLOAT_CLOCK_MICROS;
        if (slotSeconds.length < count) {
            slotSeconds = new double[2 * count];
        }
        for (int slot = 0; slot < count; slot++) {
            slotSeconds[slot] = floatClock ? slots.floatSeconds(slot) : slots.exactSeconds(slot);
        }
    }

    /**
     * Adds the events of a pixel that are not within the period, each with its slot as key.
     *
     * @param crossings the pixel has one in each of so many slots
     * @return number of events
     */
    int emit(final int pixel, final int crossings, final int word, final EventOrder into) {
        if (!active) {
            into.addFirst(crossings, word);
            return crossings;
        }
        double last = lastSeconds[pixel];
        int kept = 0;
        for (int slot = 0; slot < crossings; slot++) {
            final double since = slotSeconds[slot] - last;
            if (floatClock ? (float) since > (float) period : since > period) {
                into.add(slot, word);
                last = slotSeconds[slot];
                kept++;
            }
        }
        lastSeconds[pixel] = last;
        return kept;
    }
}
