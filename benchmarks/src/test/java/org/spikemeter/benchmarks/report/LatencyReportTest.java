package org.spikemeter.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.spikemeter.benchmarks.latency.LatencyResult;

class LatencyReportTest {
    private static LatencyReport report() {
        final Histogram latencies = new Histogram(1, 3_600_000_000_000L, 3);
        for (int i = 1; i <= 1000; i++) {
            latencies.recordValue(i * 1000L);
        }
        return new LatencyReport(new MachineFacts(Map.of("cpu", "some")),
            List.of(new LatencyResult("1,000 a second", "BLOCKING", latencies, 12.5, 0.0)));
    }

    @Test
    void shouldShowPercentilesInMilliseconds() {
        assertEquals(List.of(
            "| stream | waiting | p50 | p90 | p99 | p99.9 | longest | processor % | idle % |",
            "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
            "| 1,000 a second | BLOCKING | 0.500 | 0.900 | 0.990 | 0.999 | 1.00 | 12.5 |  |"),
            report().blocks().get("latency"));
    }

    @Test
    void shouldGiveListOfPercentilesForEachResult() {
        final Map<String, String> histograms = report().histograms();
        assertEquals(List.of("1-000-a-second-blocking.hgrm"), List.copyOf(histograms.keySet()));
        final String list = histograms.values().iterator().next();
        assertTrue(list.contains("Value     Percentile TotalCount"), list);
        assertTrue(list.contains("#[Max     =        1.000, Total count    =         1000]"), list);
    }
}
