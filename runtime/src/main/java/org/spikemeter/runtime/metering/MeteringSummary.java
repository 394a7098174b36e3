package org.spikemeter.runtime.metering;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.spikemeter.engine.energy.Interval;
import org.spikemeter.runtime.pipeline.LatencyMeter;
import org.spikemeter.runtime.pipeline.PipelineTotals;
import org.spikemeter.runtime.report.TextTable;
import org.spikemeter.runtime.report.Units;

/** A run of a pipeline in a few lines. */
final class MeteringSummary {
    private static final double NANOS_A_MILLI = 1e6;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};
    private static final int DECIMALS = 3;

    private MeteringSummary() {
    }

    static List<String> lines(
        final List<LatencyMeter> meters, final Rates rates, final String prices, final PipelineTotals totals) {
        final TextTable table =
            new TextTable("latency in ms", ">count", ">p50", ">p90", ">p99", ">p99.9", ">max");
        for (final LatencyMeter meter : meters) {
            table.row(cells(meter.name(), meter.total()));
        }
        final List<String> lines = new ArrayList<>(table.lines());
        final Work work = rates.work();
        lines.add(String.format(Locale.ROOT, "%,d events and %,d steps in %.1f s: %,.0f events/s, %,.0f steps/s",
            work.events(), work.steps(), rates.seconds(), rates.eventsASecond(), rates.stepsASecond()));
        lines.add(String.format(Locale.ROOT, "%,.0f spikes/s, %,.0f ACC/s, %,.0f MAC/s", rates.spikesASecond(),
            rates.accumulatesASecond(), rates.multiplyAccumulatesASecond()));
        lines.add("power by " + prices + ": "
            + rates.microwatts().map(MeteringSummary::power).orElse("unknown, a price is missing"));
        lines.add(String.format(Locale.ROOT,
            "accepted %,d events: processed %,d, dropped %,d (in %,d batches), abandoned %,d", totals.accepted(),
            totals.processed(), totals.dropped(), totals.droppedBatches(), totals.abandoned()));
        return lines;
    }

    private static Object[] cells(final String name, final Histogram histogram) {
        final List<Object> cells = new ArrayList<>(List.of(name, histogram.getTotalCount()));
        for (final double percentile : PERCENTILES) {
            cells.add(millis(histogram, histogram.getValueAtPercentile(percentile)));
        }
        cells.add(millis(histogram, histogram.getMaxValue()));
        return cells.toArray();
    }

    private static String millis(final Histogram histogram, final long nanos) {
        return histogram.getTotalCount() == 0 ? "-" : Units.decimal(nanos / NANOS_A_MILLI, DECIMALS);
    }

    private static String power(final Interval microwatts) {
        return microwatts.isPoint() ? Units.decimal(microwatts.low(), DECIMALS) + " uW"
            : Units.decimal(microwatts.low(), DECIMALS) + " to " + Units.decimal(microwatts.high(), DECIMALS) + " uW";
    }
}
