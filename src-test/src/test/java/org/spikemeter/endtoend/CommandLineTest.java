package org.spikemeter.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.reference.ReferenceData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the commands print, write and return when all is well, and what they say to wrong usage. */
class CommandLineTest {
    private static final Path SPARSE = ReferenceData.path("emotion-plif-sparse/network.json");
    private static final Path AWKWARD = ReferenceData.path("awkward-net/network.json");
    private static final Path AWKWARD_INPUT = ReferenceData.path("awkward-net/input.npz");

    @TempDir
    private Path folder;

    private static Path clip(final String name) {
        return ReferenceData.path("emotion-plif/clips/" + name);
    }

    private static JsonNode json(final Object... arguments) {
        final List<Object> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--json", "-"));
        final Programs.Outcome outcome = Programs.spikemeter(all.toArray());
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals("", outcome.err());
        return JsonMapper.shared().readTree(outcome.out());
    }

    @Test
    void shouldAnswerTheQuestionWhenRunHasNoArguments() {
        final Programs.Outcome outcome = Programs.spikemeter("run");
        assertEquals(0, outcome.code(), outcome.err());
        assertEquals("", outcome.err());
        final List<String> lines = outcome.lines();
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("label    positive")), outcome.out());
        lines.stream().filter(line -> line.startsWith("conv") || line.startsWith("total"))
            .forEach(line -> assertTrue(line.length() <= 80, "wider than a terminal: " + line));
        final List<String> claim = lines.subList(lines.size() - 3, lines.size());
        assertTrue(claim.getFirst().matches("Measured: 2\\.\\d\\d mJ .*the paper: 0\\.41 mJ, its ANN: 1\\.65 mJ\\."),
            claim.getFirst());
        assertTrue(claim.get(1).contains("10.79 %"), claim.get(1));
        assertTrue(claim.get(2).contains("of the dense work"), claim.get(2));
    }

    @Test
    void shouldWriteExactCountsThatAddUpWhenJsonIsAskedFor() {
        final JsonNode run = json("run", clip("clip-9004.mkv"), "--network", SPARSE);
        assertEquals("spikemeter-run/1", run.get("format").stringValue());
        assertEquals(68, run.get("steps").asInt());
        assertEquals(68, run.get("inputEvents").size());
        for (final Operation operation : Operation.values()) {
            long sum = 0;
            for (final JsonNode layer : run.get("layers")) {
                if (layer.has(operation.key())) {
                    assertEquals(68, layer.get(operation.key()).size());
                    for (final JsonNode count : layer.get(operation.key())) {
                        assertTrue(count.isIntegralNumber(), operation.key());
                        sum += count.asLong();
                    }
                }
            }
            assertEquals(sum, run.get("totals").get(operation.key()).asLong(), operation.key());
        }
        double energy = 0;
        for (final JsonNode line : run.get("energy").get("operations")) {
            assertFalse(line.get("source").stringValue().isBlank());
            energy += line.get("count").asLong() * line.get("pricePicojoules").asDouble();
        }
        assertEquals(energy, run.get("energy").get("totalPicojoules").asDouble(), 1e-9 * energy);
    }

    @Test
    void shouldWriteTheSameJsonIntoAFile() throws IOException {
        final Path file = folder.resolve("out.json");
        final Programs.Outcome outcome =
            Programs.spikemeter("run", AWKWARD_INPUT, "--network", AWKWARD, "--json", file);
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("label    none"), outcome.out());
        assertEquals(json("run", AWKWARD_INPUT, "--network", AWKWARD),
            JsonMapper.shared().readTree(Files.readString(file)));
    }

    @Test
    void shouldSayWhetherTheLabelIsRightWhenLabelsAreGiven() throws IOException {
        final Path labels = ReferenceData.path("emotion-plif/clips/labels.tsv");
        final JsonNode right = json("run", clip("clip-9003.mp4"), "--network", SPARSE, "--labels", labels);
        assertEquals(right.get("label"), right.get("expected"));
        assertTrue(right.get("right").booleanValue());
        final Path lies = folder.resolve("lies.tsv");
        Files.writeString(lies, "clip\tlabel\nclip-9003\tnegative\n");
        final Programs.Outcome wrong =
            Programs.spikemeter("run", clip("clip-9003.mp4"), "--network", SPARSE, "--labels", lies);
        assertEquals(0, wrong.code(), wrong.err());
        assertTrue(wrong.out().contains(", wrong: it is negative"), wrong.out());
    }

    @Test
    void shouldGoOnThroughTheClipWhenWindowed() {
        final JsonNode run = json("run", clip("clip-9003.mkv"), "--network", SPARSE, "--window", "--steps", 20);
        final List<String> windows = run.get("windows").valueStream()
            .map(window -> window.get("firstStep").asInt() + "+" + window.get("steps").asInt()).toList();
        assertEquals(List.of("0+20", "20+20", "40+20", "60+8"), windows);
        final Programs.Outcome text =
            Programs.spikemeter("run", clip("clip-9003.mkv"), "--network", SPARSE, "--window", "--steps", 20);
        assertEquals(4, text.lines().stream().filter(line -> line.startsWith("steps ")).count(), text.out());
    }

    @Test
    void shouldGiveNoTotalWhereAPriceIsMissing() {
        final JsonNode withMac = json("run", "--steps", 3, "--energy", "loihi");
        assertTrue(withMac.get("energy").get("totalPicojoules").isNull());
        assertEquals("[\"mac\"]", withMac.get("energy").get("unpriced").toString());
        final JsonNode spikesOnly = json("run", "--steps", 3, "--energy", "loihi", "--first-frame", "spikes");
        assertTrue(spikesOnly.get("energy").get("totalPicojoules").asDouble() > 0);
        assertEquals(0, spikesOnly.get("totals").get("mac").asLong());
    }

    @ParameterizedTest
    @ValueSource(strings = {"emotion-plif", "emotion-plif-sparse"})
    void shouldGiveTheSameResultsHoweverItIsRun(final String network) throws IOException {
        final Path file = ReferenceData.path(network + "/network.json");
        final Path expectedSpikes = folder.resolve("expected.npz");
        final ObjectNode expected = run(file, expectedSpikes, "--kernels", "scalar", "--strategy", "gather");
        for (final String how : List.of(
            "--kernels vector", "--kernels scalar", "--kernels vector --strategy scatter",
            "--kernels vector --strategy gather", "--kernels vector --strategy dense",
            "--kernels scalar --strategy scatter", "--kernels vector --threads 2", "--kernels scalar --threads 2",
            "--execution pipeline", "--execution pipeline --threads 2 --kernels scalar",
            "--execution pipeline --threads 2")) {
            final Path spikes = folder.resolve("spikes.npz");
            assertEquals(expected, run(file, spikes, (Object[]) how.split(" ")), how);
            assertEquals(-1, Files.mismatch(expectedSpikes, spikes), how);
        }
    }

    /** The results, without the line that says how they came to be. */
    private static ObjectNode run(final Path network, final Path spikes, final Object... how) {
        final List<Object> arguments = new ArrayList<>(
            List.of("run", clip("clip-9004.mkv"), "--network", network, "--spikes", spikes));
        arguments.addAll(Arrays.asList(how));
        final ObjectNode json = (ObjectNode) json(arguments.toArray());
        json.remove("execution");
        return json;
    }

    @Test
    void shouldFindNoDifferenceToItsOwnSpikes() {
        final Path spikes = folder.resolve("spikes.npz");
        assertEquals(0, Programs.spikemeter("run", clip("clip-9001.mp4"), "--network", SPARSE, "--steps", 12,
            "--spikes", spikes).code());
        final Programs.Outcome outcome = Programs.spikemeter(
            "verify", SPARSE, clip("clip-9001.mp4"), "--steps", 12, "--reference", spikes, "--tolerance", 0);
        assertEquals(0, outcome.code(), outcome.out() + outcome.err());
        assertTrue(outcome.out().contains("No spike differs."), outcome.out());
    }

    @Test
    void shouldReportTheFirstDifferenceWhenGoldenSpikesDiffer() {
        final Programs.Outcome outcome = Programs.spikemeter(
            "verify", ReferenceData.path("emotion-plif/network.json"), clip("clip-9001.mkv"), "--reference",
            ReferenceData.path("emotion-plif/golden/clip-9001-spikes.npz"));
        assertEquals(0, outcome.code(), outcome.out() + outcome.err());
        assertTrue(outcome.out().contains("First difference: step 14, layer plif1, neuron (c 18, y 16, x 41):"),
            outcome.out());
        assertTrue(outcome.out().matches("(?s).*potential \\S+, threshold \\S+, distance 1\\.\\d\\de-07\\..*"),
            outcome.out());
        assertTrue(outcome.out().contains("within the tolerance"), outcome.out());
    }

    @Test
    void shouldFindNoDifferenceWhenTheNetworkIsAwkward() {
        final JsonNode verify = json("verify", AWKWARD, AWKWARD_INPUT, "--reference",
            ReferenceData.path("awkward-net/spikes.npz"));
        assertEquals("spikemeter-verify/1", verify.get("format").stringValue());
        assertEquals(0, verify.get("differences").asLong());
        assertTrue(verify.get("referenceSpikes").asLong() > 0);
        assertFalse(verify.has("first"));
    }

    @Test
    void shouldFailWhenTheReferenceIsOfAnotherNetwork() {
        final Programs.Outcome outcome = Programs.spikemeter("verify", SPARSE, clip("clip-9001.mkv"),
            "--reference", ReferenceData.path("emotion-plif/golden/clip-9001-spikes.npz"));
        assertEquals(1, outcome.code());
        assertTrue(outcome.out().contains("more than the tolerance"), outcome.out());
    }

    @Test
    void shouldShowTheNetworkWhenInspected() {
        final JsonNode inspect = json("inspect");
        assertEquals("spikemeter-inspect/1", inspect.get("format").stringValue());
        long neurons = 0;
        long operations = 0;
        for (final JsonNode layer : inspect.get("layers")) {
            neurons += layer.path("neurons").asLong(0);
            operations += layer.path("denseOperations").asLong(0);
        }
        assertEquals(neurons, inspect.get("neurons").asLong());
        assertEquals(operations, inspect.get("denseOperations").asLong());
        assertTrue(operations > 57_000_000, "57.0 M operations a step: " + operations);
        final Programs.Outcome text = Programs.spikemeter("inspect", AWKWARD);
        assertEquals(0, text.code(), text.err());
        assertTrue(text.out().contains("lif5"), text.out());
    }

    @Test
    void shouldDescribeEveryCountInTheDocumentation() throws IOException {
        final String documentation = Files.readString(Programs.root().resolve("docs/json.md"));
        for (final Operation operation : Operation.values()) {
            assertTrue(documentation.contains("`" + operation.key() + "`"), operation.key());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fly", "run --fly", "run --steps 0", "run --steps many", "run --threads 0",
        "run --strategy fast", "run --kernels quick", "run --energy free", "run --sens -1", "run --sens NaN",
        "run --first-frame last", "run --window --spikes s.npz", "run --window --events-log l.npz",
        "run --conventions=mine", "audit --claim 0.41", "audit --claim mJ", "run --dt 0", "run --reset a",
        "run --reset a=no", "run --firing a=over", "run --neuron tanh",
        "verify NETWORK --trace a.csv --reference b.npz", "audit --claim 0.41furlong", "audit --claim 0mJ",
        "audit --energy free", "inspect --steps 2", "verify", "verify a.json",
        "run INPUT --network NETWORK --sens 0.1", "run INPUT --network NETWORK --window",
        "verify NETWORK INPUT --reference INPUT --tolerance -1"})
    void shouldExplainWhenUsageIsWrong(final String arguments) {
        final Object[] words = Arrays.stream(arguments.split(" ")).filter(word -> !word.isEmpty())
            .map(word -> word.equals("INPUT") ? AWKWARD_INPUT : word.equals("NETWORK") ? AWKWARD : word).toArray();
        final Programs.Outcome outcome = Programs.spikemeter(words);
        assertEquals(2, outcome.code(), outcome.out() + outcome.err());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().startsWith("spikemeter"), outcome.err());
        assertFalse(outcome.err().contains("Exception"), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "run --help", "inspect --help", "verify --help", "--version", "run --version"})
    void shouldHelp(final String arguments) {
        final Programs.Outcome outcome = Programs.spikemeter((Object[]) arguments.split(" "));
        assertEquals(0, outcome.code());
        assertEquals("", outcome.err());
        outcome.lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }
}
