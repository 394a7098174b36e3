package org.spikemeter.benchmarks.latency;

import org.HdrHistogram.Histogram;

/**
 * What was measured of one stream in one way.
 *
 * @param stream name of the stream
 * @param way how stages waited, or that there were none
 * @param latencies from due to decided, in nanoseconds
 * @param processor percent of one processor while it ran
 * @param idle percent of one processor while nothing came
 */
public record LatencyResult(String stream, String way, Histogram latencies, double processor, double idle) {
    private static final double NANOS_A_MILLI = 1e6;

    /** A percentile in ms. */
    public double millis(final double percentile) {
        return latencies.getValueAtPercentile(percentile) / NANOS_A_MILLI;
    }

    /** The longest, in ms. */
    public double longest() {
        return latencies.getMaxValue() / NANOS_A_MILLI;
    }
}
