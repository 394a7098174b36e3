package org.spikemeter.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.engine.importer.NetworkFile;
import org.spikemeter.engine.importer.npy.NpyArray;
import org.spikemeter.engine.importer.npy.NpzWriter;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.log.EventLogFile;
import org.spikemeter.engine.network.Network;
import org.spikemeter.reference.ReferenceData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The auditor from the command line: text, JSON, page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {
    private static final List<String> CHARTS = List.of("energy-by-convention", "operations-by-layer",
        "density-by-layer", "firing-by-step", "joules", "input-events", "voting", "learning");
    private static final List<String> BROWSERS =
        List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    @TempDir
    private static Path folder;

    private Path report;
    private Programs.Outcome outcome;
    private JsonNode json;

    @BeforeAll
    void audit() {
        report = folder.resolve("report");
        outcome = Programs.spikemeter("audit", clip(9001), clip(9002), clip(9003), "--labels",
            ReferenceData.path("emotion-plif/clips/labels.tsv"), "--report", report);
        assertEquals(0, outcome.code(), outcome.err());
        json = JsonMapper.shared().readTree(report.resolve("audit.json").toFile());
    }

    private static Path clip(final int number) {
        return ReferenceData.path("emotion-plif/clips/clip-" + number + ".mkv");
    }

    @Test
    void shouldDeriveThePapersTable() {
        final Programs.Outcome paper = Programs.spikemeter("audit", "--paper");
        assertEquals(0, paper.code());
        for (final String figure : List.of("310,915,584", "9,144,576", "47,982,240", "47,961,088",
            "1.65, 1.57 and 0.41 mJ", "N = 32", "N < 32")) {
            assertTrue(paper.out().contains(figure), figure);
        }
    }

    @Test
    void shouldSayWhereTheClaimHolds() {
        assertTrue(outcome.out().contains("The claim of 0.41 mJ a clip does not hold"), outcome.out());
        assertTrue(outcome.out().contains("3 of 3 right"), outcome.out());
        assertFalse(json.get("conventions").get("executed").get("claimHolds").booleanValue());
        // clips 9001 to 9003: the formula gives 0.41 mJ for one of them
        assertEquals(1, json.get("conventions").get("paper").get("clipsWhereClaimHolds").intValue());
        final Programs.Outcome generous = Programs.spikemeter("audit", clip(9001), "--claim", "3 mJ");
        assertTrue(generous.out().contains("The claim of 3 mJ a clip holds"), generous.out());
        assertTrue(generous.out().contains("It holds under executed, paper and sinabs;"), generous.out());
    }

    @Test
    void shouldGiveStatisticsOverTheClips() {
        final JsonNode executed = json.get("conventions").get("executed");
        double sum = 0;
        double lowest = Double.MAX_VALUE;
        for (int number = 9001; number <= 9003; number++) {
            final Path file = folder.resolve(number + ".json");
            assertEquals(0, Programs.spikemeter("run", clip(number), "--json", file).code());
            final double acc = JsonMapper.shared().readTree(file.toFile()).get("totals").get("acc").doubleValue();
            sum += acc;
            lowest = Math.min(lowest, acc);
        }
        assertEquals(sum / 3, executed.get("acc").get("mean").doubleValue(), 1e-6 * sum);
        assertEquals(lowest, executed.get("acc").get("minimum").doubleValue());
        assertTrue(executed.get("acc").get("standardError").doubleValue() > 0);
    }

    @Test
    void shouldShowEveryPriceModelAndOnesOfTheUser() throws IOException {
        assertEquals(PriceModels.all().stream().map(PriceModel::name).toList(),
            json.get("priceModels").valueStream().map(model -> model.get("name").stringValue()).toList());
        final JsonNode spinnaker = json.get("priceModels").valueStream()
            .filter(model -> model.get("name").stringValue().equals("spinnaker")).findFirst().orElseThrow();
        assertTrue(spinnaker.get("picojoules").isNull(), "no price of a MAC");
        assertEquals(2, spinnaker.get("pricedPicojoules").size(), "sources disagree");
        final Path prices = Files.writeString(folder.resolve("mine.json"), """
            {"format": "spikemeter-prices/1", "name": "mine", "description": "a chip of mine",
             "nodeNanometres": 7, "bits": 8, "boundary": "CHIP", "scope": ["acc", "mac"],
             "prices": {"acc": {"value": 1, "unit": "fJ", "source": "simulation"},
                        "mac": [{"value": 1, "unit": "pJ", "source": "a"}, {"value": 2, "unit": "pJ", "source": "b"}]}}
            """);
        final Path file = folder.resolve("mine-out.json");
        assertEquals(0, Programs.spikemeter("run", "--energy", prices, "--json", file).code());
        final JsonNode energy = JsonMapper.shared().readTree(file.toFile()).get("energy");
        final double acc = 2_224_472_808L * 0.001;
        assertEquals(acc + 9_144_576, energy.get("totalPicojoules").get(0).doubleValue(), 1e-3);
        assertEquals(acc + 2 * 9_144_576, energy.get("totalPicojoules").get(1).doubleValue(), 1e-3);
        assertTrue(Programs.spikemeter("audit", "--energy", prices).out().contains("\nmine "));
    }

    @Test
    void shouldPutConventionsAndLogBesideARun() throws IOException {
        final Path file = folder.resolve("run.json");
        final Path log = folder.resolve("log.npz");
        assertEquals(0, Programs.spikemeter("run", "--conventions", "--json", file, "--events-log", log).code());
        final JsonNode run = JsonMapper.shared().readTree(file.toFile());
        final JsonNode conventions = run.get("conventions");
        assertEquals(run.get("totals").get("acc"), conventions.get("executed").get("acc"));
        assertEquals(run.get("totals").get("membraneChanges"), conventions.get("neurobench").get("membraneUpdates"));
        for (final String path : List.of("paper.energyPicojoules", "neurobench.dense", "neurobench.activationSparsity",
            "neurobench.connectionSparsity", "neurobench.footprintBytes", "syops.total", "sinabs.synops",
            "spikingjelly.synop", "spikingjelly.computeEnergyPicojoules", "lemaire.reads", "lemaire.writes",
            "lemaire.energyPicojoules", "spikingjellyLemaire.energyPicojoules")) {
            final String[] keys = path.split("\\.");
            assertTrue(conventions.get(keys[0]).get(keys[1]).isNumber(), path);
        }
        assertTrue(conventions.get("neurobench").get("footprintBytes").isIntegralNumber());
        final Network network = NetworkFile.read(ReferenceData.path("emotion-plif/network.json"));
        final EventLog read = EventLogFile.read(log, network);
        assertEquals(68, read.steps());
        assertEquals(run.get("layers").get(2).get("spikes").get(5).intValue(), read.count(2, 5));
        assertEquals(0, Programs.spikemeter("verify", ReferenceData.path("emotion-plif/network.json"), "--reference",
            log).code(), "a log is a reference");
    }

    @Test
    void shouldWriteItsDataBesideThePage() throws IOException {
        final List<String> conventions = Files.readAllLines(report.resolve("conventions.csv"));
        assertEquals("clip,convention,layer,acc,mac", conventions.getFirst());
        final List<String> steps = Files.readAllLines(report.resolve("steps.csv"));
        assertEquals(1 + 3 * 7 * 68, steps.size());
        final long acc = steps.stream().skip(1).mapToLong(line -> Long.parseLong(line.split(",")[6])).sum();
        assertEquals("acc", steps.getFirst().split(",")[6]);
        assertEquals(json.get("conventions").get("executed").get("acc").get("mean").doubleValue(), acc / 3.0, 0.5);
    }

    @Test
    void shouldDrawEveryChartInABrowser() throws IOException, InterruptedException {
        final String page = draw(report);
        for (final String chart : CHARTS) {
            final int at = page.indexOf("<svg id=\"" + chart + "\"");
            assertTrue(at >= 0, chart);
            final String svg = page.substring(at, page.indexOf("</svg>", at));
            assertTrue(svg.contains("class=\"tick\"") && (svg.contains("<path") || svg.contains("<circle")), chart);
            assertFalse(svg.contains("NaN") || svg.contains("undefined"), chart);
        }
        assertTrue(page.contains("data:image/png;base64,"), "event frames");
        final String source = Files.readString(report.resolve("report.html"));
        assertFalse(source.contains("src=\"http") || source.contains("href=\"http"), "nothing from outside");
    }

    @Test
    void shouldDrawWhatNeverSpikes() throws IOException, InterruptedException {
        final Path silent = folder.resolve("silent.npz");
        NpzWriter.write(silent, new LinkedHashMap<>(
            Map.of("x", NpyArray.ofFloats(new float[3 * 2 * 32 * 32], 3, 2, 32, 32))));
        final Path page = folder.resolve("silent");
        final Programs.Outcome quiet = Programs.spikemeter("audit", silent, "--network",
            ReferenceData.path("awkward-net/network.json"), "--report", page);
        assertEquals(0, quiet.code(), quiet.err());
        assertFalse(draw(page).contains("=\"NaN\""));
    }

    /** The page as a browser leaves it, without a word on its console. */
    private static String draw(final Path report) throws IOException, InterruptedException {
        final String browser = BROWSERS.stream().filter(path -> Files.isExecutable(Path.of(path))).findFirst()
            .orElse(null);
        Assumptions.assumeTrue(browser != null, "no Chromium: " + BROWSERS);
        final Programs.Outcome page = Programs.process(folder, new ProcessBuilder(browser, "--headless",
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--user-data-dir=" + folder.resolve("profile"),
            "--virtual-time-budget=5000", "--enable-logging=stderr", "--dump-dom",
            report.resolve("report.html").toUri().toString()));
        assertFalse(page.err().contains("CONSOLE"), page.err());
        return page.out();
    }
}
