package org.spikemeter.runtime.live.run;

import org.spikemeter.runtime.live.LiveFeed;
import org.spikemeter.runtime.live.LiveFrame;
import org.spikemeter.runtime.metering.Work;

/** Rates over the last second, or over what there is of it. Used by the thread that samples. */
final class RecentRates {
    private static final int SAMPLES = LiveFeed.SAMPLES_PER_SECOND + 1;
    private static final double NANOS_A_SECOND = 1e9;
    /** Samples closer together than this are not kept: who samples more often sees the same length of time. */
    private static final long SHORTEST_NANOS = 1_000_000_000L / LiveFeed.SAMPLES_PER_SECOND / 2;

    private final long[] nanos = new long[SAMPLES];
    private final Work[] works = new Work[SAMPLES];
    private long samples;

    /**
     * Takes a sample, and writes rates.
     *
     * @param now of {@link System#nanoTime}
     * @param work the sums so far
     */
    void sample(final long now, final Work work, final LivePrice price, final LiveFrame frame) {
        if (samples == 0 || now - nanos[(int) ((samples - 1) % SAMPLES)] >= SHORTEST_NANOS) {
            nanos[(int) (samples % SAMPLES)] = now;
            works[(int) (samples % SAMPLES)] = work;
            samples++;
        }
        final int oldest = (int) (Math.max(0, samples - SAMPLES) % SAMPLES);
        final Work before = works[oldest];
        final double seconds = Math.max(1, now - nanos[oldest]) / NANOS_A_SECOND;
        frame.eventsPerSecond = (work.events() - before.events()) / seconds;
        frame.spikesPerSecond = (work.spikes() - before.spikes()) / seconds;
        frame.accPerSecond = (work.accumulates() - before.accumulates()) / seconds;
        frame.macPerSecond = (work.multiplyAccumulates() - before.multiplyAccumulates()) / seconds;
        frame.powerMicrowatts = price.microwatts(frame.accPerSecond, frame.macPerSecond);
    }
}
