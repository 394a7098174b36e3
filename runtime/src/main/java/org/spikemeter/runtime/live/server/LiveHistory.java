package org.spikemeter.runtime.live.server;

import org.spikemeter.runtime.live.LiveFeed;
import org.spikemeter.runtime.live.LiveFrame;

/** The rates of the last minutes, for pages that open late: every {@link #INTERVAL}th sample, the oldest forgotten. */
final class LiveHistory {
    /** Points that are kept. */
    static final int POINTS = 240;
    /** Samples from one point to the next. */
    static final int INTERVAL = LiveFeed.SAMPLES_PER_SECOND / 2;

    private final double[] events = new double[POINTS];
    private final double[] spikes = new double[POINTS];
    private final double[] power = new double[POINTS];
    private long samples;
    private long points;

    /** Takes note of a sample. */
    void add(final LiveFrame frame) {
        if (samples % INTERVAL == 0) {
            final int at = (int) (points % POINTS);
            events[at] = frame.eventsPerSecond;
            spikes[at] = frame.spikesPerSecond;
            power[at] = frame.powerMicrowatts;
            points++;
        }
        samples++;
    }

    /** Events a second, oldest first. */
    double[] events() {
        return ordered(events);
    }

    /** Spikes a second, oldest first. */
    double[] spikes() {
        return ordered(spikes);
    }

    /** Microwatts, oldest first; NaN where there was no price. */
    double[] power() {
        return ordered(power);
    }

    private double[] ordered(final double[] ring) {
        final int count = (int) Math.min(points, POINTS);
        final double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = ring[(int) ((points - count + i) % POINTS)];
        }
        return values;
    }
}
