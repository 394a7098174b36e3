package org.spikemeter.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.importer.NetworkFileWriter;
import org.spikemeter.engine.importer.npy.NpyArray;
import org.spikemeter.engine.importer.npy.NpzWriter;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Reset;
import org.spikemeter.reference.ReferenceData;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Networks of other formats and graphs, through the commands. */
class NetworkCommandsTest {
    private static final Path MODELS = Path.of("src/test/resources/onnx");
    private static final Path SHAPES = MODELS.resolve("shapes-ann-bn.onnx");

    @TempDir
    private Path folder;

    private static JsonNode json(final Object... arguments) {
        final Object[] all = Stream.concat(Stream.of(arguments), Stream.of("--json", "-")).toArray();
        final Programs.Outcome outcome = Programs.spikemeter(all);
        assertEquals(0, outcome.code(), outcome.err());
        return JsonMapper.shared().readTree(outcome.out());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Tensor random(final SplittableRandom random, final int... shape) {
        int size = 1;
        for (final int side : shape) {
            size *= side;
        }
        final float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return Tensor.of(values, shape);
    }

    /** Hidden neurons that read the input by two ways and themselves. */
    private Path recurrent() throws IOException {
        final SplittableRandom random = new SplittableRandom(2);
        final If neuron = new If(1.0f, Reset.soft(), Firing.AT_THRESHOLD);
        final Network network = Network.builder("recurrent", Shape.flat(6))
            .add(new Layer.Linear("in", random(random, 8, 6), random(random, 8)))
            .add(new Layer.Linear("late", random(random, 8, 6), random(random, 8)), List.of(new Edge(Edge.INPUT, 2)))
            .add(new Layer.Neurons("hidden", neuron), List.of(Edge.from(0), Edge.from(1), new Edge(3, 1)))
            .add(new Layer.Linear("back", random(random, 8, 8), null))
            .add(new Layer.Linear("last", random(random, 3, 8), null), List.of(Edge.from(2)))
            .add(new Layer.Neurons("out", neuron)).build();
        final Path file = folder.resolve("recurrent.json");
        NetworkFileWriter.write(file, network);
        return file;
    }

    private Path input() throws IOException {
        final SplittableRandom random = new SplittableRandom(3);
        final float[] x = new float[20 * 6];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextInt(3) == 0 ? 1 : 0;
        }
        final SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("x", NpyArray.ofFloats(x, 20, 6));
        final Path file = folder.resolve("x.npz");
        NpzWriter.write(file, arrays);
        return file;
    }

    @Test
    void shouldAddUpTheCountsOfAGraph() throws IOException {
        final Path network = recurrent();
        final Path input = input();
        final JsonNode run = json("run", input, "--network", network);
        for (final Operation operation : Operation.values()) {
            long sum = 0;
            for (final JsonNode layer : run.get("layers")) {
                if (layer.has(operation.key())) {
                    for (final JsonNode count : layer.get(operation.key())) {
                        sum += count.asLong();
                    }
                }
            }
            assertEquals(run.get("totals").get(operation.key()).asLong(), sum, operation.key());
        }
        final Programs.Outcome text = Programs.spikemeter("run", input, "--network", network);
        assertEquals(0, text.code(), text.err());
        assertTrue(text.lines().stream().anyMatch(line -> line.matches("back +\\d+ +\\d+ +0")), text.out());
        for (final String command : List.of("run --conventions", "run --execution pipeline", "audit")) {
            final String[] words = command.split(" ");
            final Object[] arguments = Stream.concat(Stream.of(words[0], input, "--network", network),
                Stream.of(words).skip(1)).toArray();
            final Programs.Outcome refused = Programs.spikemeter(arguments);
            assertEquals(1, refused.code(), command);
            assertTrue(refused.err().contains("branches or delays"), refused.err());
        }
    }

    @Test
    void shouldWriteTheSameNetworkInAnotherFormat() throws IOException {
        final Path model = ReferenceData.path("awkward-net/network.nir");
        final Path input = ReferenceData.path("awkward-net/input.npz");
        final Path spikes = folder.resolve("spikes.npz");
        final Path written = folder.resolve("written.json");
        assertEquals(0, Programs.spikemeter("run", input, "--network", model, "--spikes", spikes).code());
        final Programs.Outcome outcome = Programs.spikemeter("convert-network", model, "-o", written);
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains("--reset lif1=soft"), outcome.err());
        assertEquals(List.of("spikes.npz", "written.json", "written.npz"), files());
        final Programs.Outcome verified =
            Programs.spikemeter("verify", written, input, "--reference", spikes, "--tolerance", "0");
        assertEquals(0, verified.code(), verified.out() + verified.err());
    }

    @Test
    void shouldWriteNirAndSayWhatItCannot() throws IOException {
        final Path written = folder.resolve("written.nir");
        final Programs.Outcome outcome =
            Programs.spikemeter("convert-network", ReferenceData.path("awkward-net/network.json"), "-o", written,
                "--dt", "1e-3");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains("warning: lif1: ") && outcome.err().contains("--reset lif1=soft"),
            outcome.err());
        assertEquals(List.of("written.nir"), files());
        final Object[] verify = {"verify", written, ReferenceData.path("awkward-net/input.npz"), "--reference",
            ReferenceData.path("awkward-net/spikes.npz"), "--firing", "*=at"};
        final Programs.Outcome hard = Programs.spikemeter(verify);
        assertEquals(1, hard.code(), hard.out());
        assertTrue(hard.out().contains("This is no rounding"), hard.out());
        final Object[] restored = Stream.concat(Stream.of(verify),
            Stream.of("--reset", "lif1=soft", "--reset", "lif4=soft")).toArray();
        final Programs.Outcome soft = Programs.spikemeter(restored);
        assertEquals(0, soft.code(), soft.out() + soft.err());
        final Programs.Outcome refused = Programs.spikemeter("convert-network", SHAPES, "--neuron", "relu", "-o",
            folder.resolve("relu.nir"));
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("rectified unit"), refused.err());
        assertEquals(List.of("written.nir"), files());
    }

    @Test
    void shouldConvertAnArtificialNetwork() throws IOException {
        final Path written = folder.resolve("snn.json");
        final JsonNode report = json("convert-network", SHAPES, "--calibrate", MODELS.resolve("shapes.npz"),
            "--samples", 50, "--norm", "max", "-o", written);
        assertEquals("spikemeter-conversion/1", report.get("format").stringValue());
        assertEquals(200, report.get("calibrationSamples").asInt());
        assertEquals(50, report.get("samples").asInt());
        assertEquals(5, report.get("agreement").size());
        assertTrue(report.get("agreement").get(4).get("agreement").asDouble() >= 0.98, report.toString());
        final JsonNode inspected = json("inspect", written);
        long neurons = 0;
        for (final JsonNode layer : inspected.get("layers")) {
            assertFalse(layer.get("type").stringValue().equals("relu"));
            neurons += layer.get("type").stringValue().equals("if") ? 1 : 0;
            assertTrue(layer.get("bytes").isIntegralNumber());
        }
        assertEquals(3, neurons);
    }

    @Test
    void shouldGiveTheSameConversionOnAnyNumberOfThreads() throws IOException {
        byte[] first = null;
        for (final String how : List.of("1 scalar", "2 vector")) {
            final Path written = folder.resolve("snn.json");
            json("convert-network", SHAPES, "--calibrate", MODELS.resolve("shapes.npz"), "--samples", 3, "-o", written,
                "--threads", how.split(" ")[0], "--kernels", how.split(" ")[1]);
            final byte[] weights = Files.readAllBytes(folder.resolve("snn.npz"));
            first = first == null ? weights : first;
            assertArrayEquals(first, weights);
        }
    }

    @Test
    void shouldNotWriteOverWhatIsNotItsOwn() throws IOException {
        final Path data = folder.resolve("shapes.npz");
        Files.copy(MODELS.resolve("shapes.npz"), data);
        final Programs.Outcome refused = Programs.spikemeter(
            "convert-network", SHAPES, "--calibrate", data, "-o", folder.resolve("shapes.json"));
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("shapes.npz: exists"), refused.err());
        assertEquals(-1, Files.mismatch(MODELS.resolve("shapes.npz"), data));
        final Path own = folder.resolve("own.json");
        for (int round = 0; round < 2; round++) {
            assertEquals(0, Programs.spikemeter("convert-network", SHAPES, "--neuron", "if", "-o", own).code());
        }
        assertEquals(0, Programs.spikemeter("convert-network", own, "-o", own).code());
        assertEquals(2, Programs.spikemeter("convert-network", SHAPES, "--calibrate", data, "-o", own, "--json", own)
            .code());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "2 | MODEL --calibrate SHAPES -o snn.onnx | expected a name that ends in",
        "2 | MODEL --calibrate SHAPES -o snn.json --norm 0 | --norm is 0",
        "2 | MODEL --calibrate SHAPES -o snn.json --norm most | --norm is most",
        "2 | MODEL --calibrate SHAPES -o snn.json --samples 0 | --samples is 0",
        "2 | MODEL -o snn.json --evaluate SHAPES | about --calibrate",
        "2 | MODEL -o snn.json --norm max | about --calibrate",
        "2 | MODEL --calibrate SHAPES | Missing required option",
        "1 | MODEL -o snn.json | nothing says which neurons",
        "1 | MODEL --calibrate none.npz -o snn.json | none.npz",
        "1 | MODEL --calibrate SHAPES -o none/snn.json | there is no folder",
        "1 | SPIKING --calibrate AWKWARD -o snn.json | spiking neurons already",
        "1 | MODEL --neuron if --calibrate SHAPES -o snn.json | spiking neurons already",
        "1 | MODEL --calibrate AWKWARD -o snn.json | 'x' has the shape"})
    void shouldRefuseInOneLineAndLeaveNothing(final int code, final String command, final String mentioned)
        throws IOException {
        final Object[] arguments = Stream.concat(Stream.of("convert-network"), Stream.of(command.split(" ")))
            .map(word -> switch (word) {
                case "MODEL" -> SHAPES;
                case "SHAPES" -> MODELS.resolve("shapes.npz");
                case "SPIKING" -> ReferenceData.path("awkward-net/network.json");
                case "AWKWARD" -> ReferenceData.path("awkward-net/input.npz");
                default -> word.contains(".json") || word.contains(".onnx") ? folder.resolve(word) : word;
            }).toArray();
        final Programs.Outcome outcome = Programs.spikemeter(arguments);
        assertEquals(code, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains(mentioned), outcome.err());
        assertEquals(code, outcome.err().lines().count(), outcome.err());
        assertEquals("", outcome.out());
        assertEquals(List.of(), files());
    }
}
