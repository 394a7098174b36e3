package org.spikemeter.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;

/** From JMH's JSON to JSON, tables and a picture. */
class BenchReportTest {
    private static final MachineFacts FACTS = new MachineFacts(Map.of("cpu", "an abacus"));

    @TempDir
    private Path folder;

    private static String layer(final String contender, final String percent, final String times, final long work) {
        return """
            {"benchmark": "org.spikemeter.benchmarks.LayerBenchmark.step",
             "params": {"contender": "%s", "percent": "%s", "side": "128"},
             "primaryMetric": {"score": 1, "scoreUnit": "us/op", "rawData": [[%s]]},
             "secondaryMetrics": {"work": {"score": 9, "scoreUnit": "#", "rawData": [[%d, %d]]}}}"""
            .formatted(contender, percent, times, work, work);
    }

    private List<Measurement> measurements(final String... results) throws IOException {
        return Measurement.read(Files.writeString(folder.resolve("jmh.json"),
            "[" + String.join(",", results) + "]"));
    }

    @Test
    void shouldTakeMedianAndRate() throws IOException {
        final Measurement measurement = measurements(layer("AUTO", "8", "900, 500, 1000, 800", 11_900_000)).getFirst();
        assertEquals(850, measurement.median());
        assertEquals(500, measurement.least());
        assertEquals(1000, measurement.most());
        assertEquals("us", measurement.unit());
        assertEquals(14.0, measurement.rate(), 1e-9);
    }

    @Test
    void shouldWriteJson() throws IOException {
        final JsonNode json = new BenchReport(FACTS, measurements(
            layer("AUTO", "8", "900, 500, 1000", 9_000_000), layer("ONNX", "8", "2000", 0))).json();
        assertEquals("an abacus", json.path("machine").path("cpu").asString());
        assertEquals("layer", json.path("results").path(0).path("benchmark").asString());
        assertEquals("8", json.path("results").path(0).path("parameters").path("percent").asString());
        assertEquals(900, json.path("results").path(0).path("median").asDouble());
        assertEquals(10, json.path("results").path(0).path("rate").asDouble(), 1e-9);
        assertFalse(json.path("results").path(1).has("rate"));
    }

    @Test
    void shouldReadFactsAgain() throws IOException {
        final JsonNode json = new BenchReport(FACTS, List.of()).json();
        assertEquals(FACTS, MachineFacts.read(Files.writeString(folder.resolve("result.json"), json.toString())));
    }

    @Test
    void shouldKnowThisMachine() {
        final Map<String, String> facts = MachineFacts.here(folder).facts();
        assertEquals("unknown", facts.get("commit"));
        assertTrue(facts.values().stream().noneMatch(String::isBlank), facts.toString());
    }

    @Test
    void shouldStandContendersSideBySide() throws IOException {
        final BenchReport report = new BenchReport(FACTS, measurements(
            layer("AUTO", "8", "1234.5", 1), layer("C", "8", "500", 1), layer("AUTO", "20", "12.345", 1)));
        assertEquals(List.of("| percent | side | AUTO | C |", "| ---: | ---: | ---: | ---: |",
            "| 8 | 128 | 1,235 | 500 |", "| 20 | 128 | 12.3 |  |"), report.blocks().get("layer"));
        assertEquals("percent  side   AUTO    C", report.text().get(3));
        assertEquals("      8   128  1,235  500", report.text().get(4));
    }

    @Test
    void shouldRefuseBenchmarkWithoutTable() {
        assertThrows(IllegalArgumentException.class, () -> measurements("{\"benchmark\": \"some.Other.method\"}"));
    }

    @Test
    void shouldDrawCurves() throws IOException, ParserConfigurationException, SAXException {
        final DensityPlot plot = new DensityPlot(measurements(layer("AUTO", "0", "90", 0),
            layer("AUTO", "1", "120", 1), layer("AUTO", "100", "7000", 1), layer("ONNX", "20", "2000", 0)));
        assertTrue(plot.isDrawable());
        final String svg = plot.svg();
        final int curves = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg))).getElementsByTagName("polyline").getLength();
        assertEquals(2, curves);
        assertTrue(svg.contains("prefers-color-scheme: dark"));
    }

    @Test
    void shouldNotDrawPoints() throws IOException {
        assertFalse(new DensityPlot(measurements(layer("AUTO", "8", "90", 0))).isDrawable());
        assertFalse(new DensityPlot(List.of()).isDrawable());
    }

    @Test
    void shouldRoundToThreeDigits() {
        assertEquals("", ResultTable.number(0));
        assertEquals("0.00123", ResultTable.number(0.001234));
        assertEquals("1.23", ResultTable.number(1.234));
        assertEquals("12.3", ResultTable.number(12.34));
        assertEquals("123,456", ResultTable.number(123_456.4));
    }
}
