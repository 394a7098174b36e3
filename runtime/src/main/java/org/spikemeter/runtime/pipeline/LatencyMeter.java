package org.spikemeter.runtime.pipeline;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Latencies of one thing, in nanoseconds, to three digits up to an hour. One thread records, without waiting and
 * without allocation; another takes intervals.
 */
public final class LatencyMeter {
    private static final long HIGHEST_NANOS = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    private final String name;
    private final SingleWriterRecorder recorder = new SingleWriterRecorder(1, HIGHEST_NANOS, DIGITS);
    private final Histogram total = new Histogram(1, HIGHEST_NANOS, DIGITS);
    private Histogram interval = recorder.getIntervalHistogram();

    /**
     * Nothing recorded.
     *
     * @param name of what is measured: a word, the tag in a histogram log
     */
    public LatencyMeter(final String name) {
        this.name = name;
        total.setTag(name);
    }

    /** What is measured. */
    public String name() {
        return name;
    }

    /** Records one latency; below 1 ns as 1, above an hour as an hour. */
    public void record(final long nanos) {
        recorder.recordValue(Math.clamp(nanos, 1, HIGHEST_NANOS));
    }

    /**
     * What was recorded since the last call; added to the total. The histogram is recorded into again from the next
     * call on. Called by one thread.
     */
    public Histogram takeInterval() {
        interval = recorder.getIntervalHistogram(interval);
        interval.setTag(name);
        total.add(interval);
        return interval;
    }

    /** What the last {@link #takeInterval} took; empty before that. Used by the thread that takes intervals. */
    public Histogram interval() {
        return interval;
    }

    /** All that intervals have been taken of. Used by the thread that takes them. */
    public Histogram total() {
        return total;
    }
}
