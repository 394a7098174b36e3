package org.spikemeter.benchmarks.report;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.spikemeter.benchmarks.latency.LatencyResult;

/** Latencies as tables, and as HdrHistogram's own list of percentiles. */
final class LatencyReport {
    private static final List<String> HEADS =
        List.of("stream", "waiting", "p50", "p90", "p99", "p99.9", "longest", "processor %", "idle %");
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};
    private static final int TICKS = 5;
    private static final double NANOS_A_MILLI = 1e6;

    private final MachineFacts facts;
    private final List<LatencyResult> results;

    LatencyReport(final MachineFacts facts, final List<LatencyResult> results) {
        this.facts = facts;
        this.results = results;
    }

    private ResultTable table() {
        final ResultTable table = new ResultTable(HEADS);
        for (final LatencyResult result : results) {
            final List<String> cells = new ArrayList<>(List.of(result.stream(), result.way()));
            for (final double percentile : PERCENTILES) {
                cells.add(ResultTable.number(result.millis(percentile)));
            }
            cells.add(ResultTable.number(result.longest()));
            cells.add(ResultTable.number(result.processor()));
            cells.add(ResultTable.number(result.idle()));
            table.row(cells);
        }
        return table;
    }

    /** For a terminal. */
    List<String> text() {
        final List<String> lines = new ArrayList<>(List.of(facts.summary(), "", "latency from due to decided, ms"));
        lines.addAll(table().text());
        return lines;
    }

    /** The blocks that a page may have, by name. */
    Map<String, List<String>> blocks() {
        return Map.of(BenchReport.MACHINE, List.of(facts.summary()), "latency", table().markdown());
    }

    /** A list of percentiles in ms for each result, by a name for a file. */
    Map<String, String> histograms() {
        final Map<String, String> histograms = new LinkedHashMap<>();
        for (final LatencyResult result : results) {
            final String name = (result.stream() + " " + result.way()).toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
            histograms.put(name + ".hgrm", percentiles(result.latencies()));
        }
        return histograms;
    }

    private static String percentiles(final Histogram histogram) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            histogram.outputPercentileDistribution(out, TICKS, NANOS_A_MILLI);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
