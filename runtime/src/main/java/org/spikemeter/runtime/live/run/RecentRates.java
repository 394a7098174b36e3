package org.spikemeter.runtime.live.run;

import java.util.List;
import java.util.Optional;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.energy.Interval;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.runtime.live.LiveFeed;
import org.spikemeter.runtime.live.LiveFrame;
import org.spikemeter.runtime.metering.Power;
import org.spikemeter.runtime.metering.Work;

/** Rates over the last second, or over what there is of it. Used by the thread that samples. */
final class RecentRates {
    private static final int SAMPLES = LiveFeed.SAMPLES_PER_SECOND + 1;
    private static final double NANOS_A_SECOND = 1e9;
    /** Samples closer together than this are not kept: who samples more often sees the same length of time. */
    private static final long SHORTEST_NANOS = 1_000_000_000L / LiveFeed.SAMPLES_PER_SECOND / 2;

    private final long[] nanos = new long[SAMPLES];
    private final Work[] works = new Work[SAMPLES];
    private final List<OperationCounts.Entry> entries;
    private long samples;

    /** Rates of the projections of a network. */
    RecentRates(final List<OperationCounts.Entry> entries) {
        this.entries = entries;
    }

    /**
     * Takes a sample, and writes rates.
     *
     * @param now of {@link System#nanoTime}
     * @param work the sums so far
     */
    void sample(final long now, final Work work, final PriceModel prices, final LiveFrame frame) {
        if (samples == 0 || now - nanos[(int) ((samples - 1) % SAMPLES)] >= SHORTEST_NANOS) {
            nanos[(int) (samples % SAMPLES)] = now;
            works[(int) (samples % SAMPLES)] = work;
            samples++;
        }
        final int oldest = (int) (Math.max(0, samples - SAMPLES) % SAMPLES);
        final Work before = works[oldest];
        final double seconds = Math.max(1, now - nanos[oldest]) / NANOS_A_SECOND;
        final Work recent = work.since(before);
        frame.eventsPerSecond = recent.events() / seconds;
        frame.spikesPerSecond = recent.spikes() / seconds;
        frame.accPerSecond = recent.accumulates() / seconds;
        frame.macPerSecond = recent.multiplyAccumulates() / seconds;
        final Optional<Interval> power = Power.microwatts(recent, seconds, entries, prices);
        frame.powerMicrowatts = power.map(Interval::low).orElse(Double.NaN);
        frame.powerHighMicrowatts = power.map(Interval::high).orElse(Double.NaN);
    }
}
