package org.spikemeter.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikemeter.reference.ReferenceData;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Bad input: exit code 1, nothing on standard output, one line on standard error that names the file and the place, no
 * stack trace, and no file that was not there before.
 */
class BadInputTest {
    private static final byte[] NAN = {0, 0, (byte) 0xC0, 0x7F};

    @TempDir
    private Path folder;

    /** Lays out files in a folder and says what to run. */
    @FunctionalInterface
    private interface Layout {
        Object[] arguments(Path folder) throws IOException;
    }

    /** What must be said about a layout. */
    private record Case(String name, Layout layout, String... mentioned) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(networks(), clips(), arrays(), outputs(), references(), audits(),
            prices()).flatMap(cases -> cases);
    }

    private static Stream<Case> networks() {
        return Stream.of(
            new Case("no network", f -> inspect(f.resolve("none.json")), "none.json", "no such file"),
            new Case("network is a folder", f -> inspect(f), "not a regular file"),
            new Case("network is empty", f -> inspect(write(f, "network.json", "")), "network.json"),
            new Case("network is not JSON", f -> inspect(write(f, "network.json", "layers: 3")), "network.json"),
            new Case("network is JSON of something else", f -> inspect(write(f, "network.json", "[1, 2]")),
                "network.json"),
            new Case("network is cut", f -> inspect(cut(awkward(f, json -> { }), 200)), "network.json"),
            new Case("unknown layer type", f -> inspect(awkward(f, json -> layer(json, 0).put("type", "conv9"))),
                "network.json", "conv9"),
            new Case("unknown field", f -> inspect(awkward(f, json -> layer(json, 0).put("colour", 1))),
                "network.json", "colour"),
            new Case("shapes that do not chain",
                f -> inspect(awkward(f, json -> ((ArrayNode) json.get("layers")).remove(0))), "network.json"),
            new Case("no weights", f -> {
                final Path network = awkward(f, json -> { });
                Files.delete(f.resolve("weights.npz"));
                return inspect(network);
            }, "weights.npz", "does not exist"),
            new Case("weights are cut", f -> withWeights(f, weights -> cut(weights, 900)), "weights.npz"),
            new Case("weights are damaged", f -> withWeights(f, BadInputTest::damage), "weights.npz"),
            new Case("weights are empty", f -> withWeights(f, weights -> cut(weights, 0)), "weights.npz"),
            new Case("a weight is NaN", f -> withWeights(f, weights -> rewrite(weights, false)), "weights.npz", "NaN"),
            new Case("an array is missing", f -> withWeights(f, weights -> rewrite(weights, true)), "weights.npz"));
    }

    private static Stream<Case> clips() {
        return Stream.of(
            new Case("no clip", f -> run(f.resolve("none.mp4")), "none.mp4", "no such file"),
            new Case("clip is empty", f -> run(write(f, "empty.mp4", "")), "empty.mp4"),
            new Case("clip is text", f -> run(write(f, "text.mp4", "once upon a time\n".repeat(99))), "text.mp4"),
            new Case("clip is cut", f -> run(cut(copy(f, "emotion-plif/clips/clip-9001.mp4", "cut.mp4"), 1000)),
                "cut.mp4"),
            new Case("folder without images", f -> run(Files.createDirectory(f.resolve("frames"))), "frames"),
            new Case("folder of text", f -> {
                write(Files.createDirectory(f.resolve("frames")), "a.png", "no image");
                return run(f.resolve("frames"));
            }, "a.png"),
            new Case("frames without frames", f -> run(npy(f, "f.npy", "|u1", "(0, 90, 90)", 0)), "f.npy"),
            new Case("frames of another rank", f -> run(npy(f, "f.npy", "|u1", "(8100,)", 8100)), "f.npy", "8100"),
            new Case("frames of complex numbers", f -> run(npy(f, "f.npy", "<c8", "(1, 90, 90)", 64800)), "f.npy",
                "c8"),
            new Case("frames that are not there", f -> run(npy(f, "f.npy", "|u1", "(3, 90, 90)", 8100)), "f.npy"),
            new Case("frames of absurd size", f -> run(npy(f, "f.npy", "|u1", "(9, 2000000, 2000000)", 9)), "f.npy"),
            new Case("no .npy at all", f -> run(write(f, "f.npy", "1,2,3")), "f.npy"),
            new Case("no labels", f -> new Object[] {"run", "--labels", f.resolve("none.tsv")}, "none.tsv"),
            new Case("labels without the clip",
                f -> new Object[] {"run", "--labels", write(f, "l.tsv", "other\tpositive\n")}, "l.tsv", "clip-9003"),
            new Case("labels with an unknown label",
                f -> new Object[] {"run", "--labels", write(f, "l.tsv", "clip-9003\thungry\n")}, "l.tsv", "hungry"),
            new Case("labels without tabs", f -> new Object[] {"run", "--labels", write(f, "l.tsv", "clip-9003\n")},
                "l.tsv", "line 1"));
    }

    private static Stream<Case> arrays() {
        return Stream.of(
            new Case("no input", f -> runAwkward(f.resolve("none.npz")), "none.npz", "no such file"),
            new Case("input is cut", f -> runAwkward(cut(copy(f, "awkward-net/input.npz", "x.npz"), 500)), "x.npz"),
            new Case("input is no .npz", f -> runAwkward(write(f, "x.npz", "no zip")), "x.npz"),
            new Case("input without x", f -> runAwkward(npz(f, "y", "<f4", "(1, 2)", 8)), "x.npz", "'x'"),
            new Case("input of another rank", f -> runAwkward(npz(f, "x", "<f4", "(2,)", 8)), "x.npz", "[2]"),
            new Case("input of another size", f -> runAwkward(npz(f, "x", "<f4", "(1, 1, 2, 2)", 16)), "x.npz",
                "[1, 1, 2, 2]"),
            new Case("input of absurd size",
                f -> runAwkward(npz(f, "x", "<f4", "(2000000000, 3, 20000, 20000)", 16)), "x.npz"),
            new Case("input of objects", f -> runAwkward(npz(f, "x", "|O", "(1, 2)", 16)), "x.npz", "O"));
    }

    private static Stream<Case> outputs() {
        return Stream.of(
            new Case("JSON into no folder", f -> new Object[] {"run", "--json", f.resolve("none/out.json")},
                "none"),
            new Case("JSON over a folder", f -> new Object[] {"run", "--json", f}, "is a folder"),
            new Case("spikes into no folder", f -> new Object[] {"run", "--spikes", f.resolve("none/s.npz")}, "none"),
            new Case("JSON beside input that is bad",
                f -> new Object[] {"run", write(f, "t.mp4", "text"), "--json", f.resolve("out.json")}, "t.mp4"),
            new Case("spikes of input that is bad",
                f -> new Object[] {"run", write(f, "t.mp4", "text"), "--spikes", f.resolve("s.npz")}, "t.mp4"));
    }

    private static Stream<Case> references() {
        return Stream.of(
            new Case("no reference", f -> verify(f.resolve("none.npz")), "none.npz", "no such file"),
            new Case("reference of something else", f -> verify(npz(f, "y", "|b1", "(10, 3)", 30)), "x.npz"),
            new Case("reference is cut", f -> verify(cut(copy(f, "awkward-net/spikes.npz", "r.npz"), 2000)), "r.npz"),
            new Case("reference of more steps", f -> {
                final Object[] all = verify(ReferenceData.path("awkward-net/spikes.npz"));
                final Object[] fewer = Arrays.copyOf(all, all.length + 2);
                fewer[all.length] = "--steps";
                fewer[all.length + 1] = 3;
                return fewer;
            }, "input.npz", "3 steps"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void shouldSayOneLineAndLeaveNothingBehind(final Case bad) throws IOException {
        final Object[] arguments = bad.layout.arguments(folder);
        final Map<String, Long> before = listing();
        final Programs.Outcome outcome = Programs.spikemeter(arguments);
        assertEquals(1, outcome.code(), outcome.out() + outcome.err());
        assertEquals("", outcome.out());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().startsWith("spikemeter: "), outcome.err());
        assertFalse(outcome.err().contains("Exception") || outcome.err().contains("internal error"), outcome.err());
        for (final String mention : bad.mentioned) {
            assertTrue(outcome.err().contains(mention), () -> "mentions " + mention + ": " + outcome.err());
        }
        assertEquals(before, listing());
    }

    private Map<String, Long> listing() throws IOException {
        final Map<String, Long> listing = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.toList()) {
                listing.put(file.toString(), Files.isRegularFile(file) ? Files.size(file) : -1);
            }
        }
        return listing;
    }

    private static Object[] inspect(final Path network) {
        return new Object[] {"inspect", network};
    }

    private static Object[] run(final Path clip) {
        return new Object[] {"run", clip};
    }

    private static Object[] runAwkward(final Path input) {
        return new Object[] {"run", input, "--network", ReferenceData.path("awkward-net/network.json")};
    }

    private static Object[] verify(final Path reference) {
        return new Object[] {"verify", ReferenceData.path("awkward-net/network.json"),
            ReferenceData.path("awkward-net/input.npz"), "--reference", reference};
    }

    /** The awkward network, in the folder, edited. */
    private static Path awkward(final Path folder, final Consumer<ObjectNode> edit) throws IOException {
        copy(folder, "awkward-net/weights.npz", "weights.npz");
        final ObjectNode json = (ObjectNode) JsonMapper.shared().readTree(
            Files.readString(ReferenceData.path("awkward-net/network.json")));
        edit.accept(json);
        return write(folder, "network.json", json.toPrettyString());
    }

    private static ObjectNode layer(final ObjectNode network, final int index) {
        return (ObjectNode) network.get("layers").get(index);
    }

    /** Changes a file. */
    @FunctionalInterface
    private interface Change {
        void apply(Path file) throws IOException;
    }

    private static Object[] withWeights(final Path folder, final Change change) throws IOException {
        final Path network = awkward(folder, json -> { });
        change.apply(folder.resolve("weights.npz"));
        return inspect(network);
    }

    private static Path write(final Path folder, final String name, final String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Stream<Case> audits() {
        return Stream.of(
            new Case("NIR options for another network", f -> new Object[] {"inspect", "--dt", "1e-3"}, "--dt"),
            new Case("neurons for another network", f -> new Object[] {"inspect", "--neuron", "if"}, "--neuron"),
            new Case("no NIR graph", f -> inspect(f.resolve("none.nir")), "none.nir"),
            new Case("ONNX model is text", f -> new Object[] {
                "inspect", write(f, "model.onnx", "once upon a time"), "--neuron", "if"}, "model.onnx"),
            new Case("ONNX model is empty", f -> inspect(write(f, "model.onnx", "")), "model.onnx"),
            new Case("neurons are no JSON", f -> new Object[] {"inspect", write(f, "model.onnx", ""), "--neuron",
                write(f, "neurons.json", "lif")}, "neurons.json"),
            new Case("a neuron that is none", f -> new Object[] {"inspect", write(f, "model.onnx", ""), "--neuron",
                write(f, "neurons.json", "{\"format\": \"spikemeter-neurons/1\", \"nodes\": {\"a\": \"relu\"}}")},
                "neurons.json", "relu"),
            new Case("trace is no trace", f -> new Object[] {"verify", ReferenceData.path("awkward-net/network.json"),
                "--trace", write(f, "t.csv", "0,0")}, "one neuron"),
            new Case("clips of different lengths", f -> new Object[] {
                "audit", ReferenceData.path("awkward-net/input.npz"), npz(f, "x", "<f4", "(3, 2, 32, 32)", 24576),
                "--network", ReferenceData.path("awkward-net/network.json")}, "x.npz", "3 steps", "10"),
            new Case("audit of a missing clip", f -> new Object[] {"audit", f.resolve("none.mp4")}, "none.mp4"),
            new Case("labels that name no clip",
                f -> new Object[] {"audit", "--labels", write(f, "l.tsv", "other\tpositive\n")}, "l.tsv", "clip-9003"),
            new Case("report into a file", f -> new Object[] {"audit", "--report", write(f, "page", "x")}, "page",
                "no folder"),
            new Case("report into no folder", f -> new Object[] {"audit", "--report", f.resolve("none/page")},
                "none"),
            new Case("events log into no folder", f -> new Object[] {"run", "--events-log", f.resolve("none/l.npz")},
                "none"));
    }

    private static Stream<Case> prices() {
        return Stream.of(
            new Case("no price file", f -> new Object[] {"run", "--energy", f.resolve("none.json")}, "none.json"),
            new Case("prices are not JSON", f -> priced(f, "acc: 1"), "prices.json", "not JSON"),
            new Case("prices of something else", f -> priced(f, "{\"format\": \"x\"}"), "prices.json", "format"),
            new Case("price without a source", f -> priced(f, price("\"value\": 1, \"unit\": \"pJ\"")),
                "prices.json", "'acc'", "source"),
            new Case("price without a unit", f -> priced(f, price("\"value\": 1, \"source\": \"s\"")),
                "prices.json", "'acc'", "unit"),
            new Case("price without a value", f -> priced(f, price("\"unit\": \"pJ\", \"source\": \"s\"")),
                "prices.json", "'acc'", "value"),
            new Case("negative price", f -> priced(f,
                price("\"value\": -1, \"unit\": \"pJ\", \"source\": \"s\"")), "prices.json", "'acc'", "-1"),
            new Case("unknown unit", f -> priced(f,
                price("\"value\": 1, \"unit\": \"kWh\", \"source\": \"s\"")), "prices.json", "'acc'", "kWh"),
            new Case("unknown field of a price", f -> priced(f,
                price("\"value\": 1, \"unit\": \"pJ\", \"source\": \"s\", \"colour\": 1")), "prices.json",
                "colour"),
            new Case("unknown operation", f -> priced(f, model("[\"fly\"]", "{}")), "prices.json", "fly"),
            new Case("price outside the scope", f -> priced(f, model("[\"mac\"]",
                "{\"acc\": {\"value\": 1, \"unit\": \"pJ\", \"source\": \"s\"}}")), "prices.json", "scope"),
            new Case("unknown boundary", f -> priced(f,
                model("[]", "{}").replace("CHIP", "MOON")), "prices.json", "MOON"),
            new Case("no scope", f -> priced(f, model("[]", "{}").replace("\"scope\": [],", "")), "prices.json",
                "scope"));
    }

    private static Object[] priced(final Path folder, final String text) throws IOException {
        return new Object[] {"audit", "--energy", write(folder, "prices.json", text)};
    }

    private static String price(final String fields) {
        return model("[\"acc\"]", "{\"acc\": {" + fields + "}}");
    }

    private static String model(final String scope, final String prices) {
        return "{\"format\": \"spikemeter-prices/1\", \"name\": \"mine\", \"description\": \"d\","
            + " \"nodeNanometres\": 7, \"bits\": 8, \"boundary\": \"CHIP\", \"scope\": " + scope
            + ", \"prices\": " + prices + "}";
    }

    private static Path copy(final Path folder, final String reference, final String name) throws IOException {
        return Files.copy(ReferenceData.path(reference), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path cut(final Path file, final int length) throws IOException {
        return Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
    }

    private static void damage(final Path file) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        for (int i = 300; i < 320; i++) {
            bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);
    }

    /** Leaves the first array out, or makes its last number NaN. */
    private static void rewrite(final Path npz, final boolean withoutFirst) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(npz));
            ZipOutputStream out = new ZipOutputStream(bytes)) {
            boolean first = true;
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                final byte[] array = in.readAllBytes();
                if (first) {
                    System.arraycopy(NAN, 0, array, array.length - NAN.length, NAN.length);
                }
                if (!first || !withoutFirst) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    out.write(array);
                }
                first = false;
            }
        }
        Files.write(npz, bytes.toByteArray());
    }

    private static Path npy(
        final Path folder, final String name, final String type, final String shape, final int bytes)
        throws IOException {
        return Files.write(folder.resolve(name), npy(type, shape, bytes));
    }

    private static Path npz(
        final Path folder, final String array, final String type, final String shape, final int bytes)
        throws IOException {
        final Path file = folder.resolve("x.npz");
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(array + ".npy"));
            zip.write(npy(type, shape, bytes));
        }
        return file;
    }

    private static byte[] npy(final String type, final String shape, final int bytes) {
        final String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
        final String header = text + " ".repeat(117 - text.length()) + "\n";
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1));
        out.write(header.length());
        out.write(0);
        out.writeBytes(header.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(new byte[bytes]);
        return out.toByteArray();
    }
}
