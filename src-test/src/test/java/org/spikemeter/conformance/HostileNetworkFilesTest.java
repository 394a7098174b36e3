package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.SequenceInputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.importer.NeuronChoice;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Reset;
import org.spikemeter.reference.ReferenceData;
import org.spikemeter.runtime.cli.Spikemeter;

/**
 * Network files that are cut at every hundredth byte, damaged, or made to harm: each is refused with its place, within
 * a second and 100 MB, or read as the network that it is.
 */
class HostileNetworkFilesTest {
    private static final int CUT = 100;
    private static final NeuronChoice INTEGRATE = NeuronChoice.all(new If(1.0f, Reset.soft(), Firing.AT_THRESHOLD));

    /** A network of one dense layer of 2 inputs. */
    private static final String DENSE = """
        {"format": "spikemeter-network/1", "weights": "weights.npz",
         "input": {"height": 1, "width": 1, "channels": 2},
         "layers": [{"name": "fc", "type": "linear", "weight": "w"}]}""";
    private static final byte[] GOOD = npy(header("'<f4'", "(1, 2)"), new byte[8]);

    @TempDir
    private Path folder;

    private Path copy(final Path from, final String name) throws IOException {
        return Files.copy(from, folder.resolve(name));
    }

    private static Path nir(final String name) throws IOException {
        try {
            return Path.of(HostileNetworkFilesTest.class.getResource("/nir/" + name).toURI());
        } catch (final URISyntaxException e) {
            throw new IOException(e);
        }
    }

    static void report(final HostileReading reading) {
        if (Boolean.getBoolean("spikemeter.report")) {
            System.out.println("HOSTILE " + reading);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"awkward-net", "emotion-plif"})
    void shouldRefuseNetworkFilesThatAreCut(final String name) throws IOException {
        final Path network = copy(ReferenceData.path(name + "/network.json"), "network.json");
        final Path weights = copy(ReferenceData.path(name + "/weights.npz"), "weights.npz");
        report(new HostileReading(network, NeuronChoice.NONE).cut(network, 1));
        report(new HostileReading(network, NeuronChoice.NONE).cut(weights, CUT));
    }

    @Test
    void shouldRefuseFoldersOfArraysThatAreCut() throws IOException {
        final Path arrays = Files.createDirectory(folder.resolve("weights"));
        for (final Map.Entry<String, byte[]> entry : unzip(ReferenceData.path("awkward-net/weights.npz")).entrySet()) {
            Files.write(arrays.resolve(entry.getKey()), entry.getValue());
        }
        final Path network = Files.writeString(folder.resolve("network.json"),
            Files.readString(ReferenceData.path("awkward-net/network.json")).replace("weights.npz", "weights"));
        final HostileReading reading = new HostileReading(network, NeuronChoice.NONE);
        try (var files = Files.list(arrays)) {
            for (final Path file : files.sorted().toList()) {
                reading.cut(file, 10).flip(file, 200, 3);
            }
        }
        report(reading);
    }

    @Test
    void shouldReadOrRefuseNetworkFilesWithAByteChanged() throws IOException {
        final Path network = copy(ReferenceData.path("awkward-net/network.json"), "network.json");
        final Path weights = copy(ReferenceData.path("awkward-net/weights.npz"), "weights.npz");
        report(new HostileReading(network, NeuronChoice.NONE).flip(network, 2000, 1));
        report(new HostileReading(network, NeuronChoice.NONE).flip(weights, 2000, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"awkward-net/network.nir", "emotion-plif/network.nir"})
    void shouldRefuseNirGraphsThatAreCut(final String name) throws IOException {
        final Path graph = copy(ReferenceData.path(name), "network.nir");
        report(new HostileReading(graph, NeuronChoice.NONE).cut(graph, CUT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"flat", "nested", "branches", "two-inputs", "line", "currents", "compressed", "latest"})
    void shouldReadOrRefuseSmallNirGraphsThatAreCutOrChanged(final String name)
        throws IOException {
        final Path graph = copy(nir(name + ".nir"), "network.nir");
        report(new HostileReading(graph, NeuronChoice.NONE).cut(graph, CUT).flip(graph, 2000, 4));
    }

    @Test
    void shouldRefuseHostileNirGraphs() throws IOException {
        for (final Map.Entry<String, byte[]> entry : unzip(nir("hostile.zip")).entrySet()) {
            final Path graph = Files.write(folder.resolve(entry.getKey()), entry.getValue());
            final HostileReading reading = new HostileReading(graph, NeuronChoice.NONE);
            final String refusal = reading.refusal(entry.getKey());
            assertTrue(!refusal.contains("heap space"), refusal);
            report(reading);
        }
    }

    @Test
    void shouldRefuseOnnxModelsThatAreCut() throws IOException {
        final Path model = copy(ReferenceData.path("emotion-plif/topology-folded.onnx"), "model.onnx");
        report(new HostileReading(model, INTEGRATE).cut(model, CUT).flip(model, 1000, 5));
    }

    private static Map<String, byte[]> unzip(final Path zip) throws IOException {
        final Map<String, byte[]> files = new TreeMap<>();
        try (InputStream raw = Files.newInputStream(zip); ZipInputStream in = new ZipInputStream(raw)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    /** Weights that must not be read. */
    private record Weights(String name, byte[] archive) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Weights array(final String name, final String type, final String shape) {
        return new Weights(name, zip("w.npy", new ByteArrayInputStream(npy(header(type, shape), new byte[8]))));
    }

    static Stream<Weights> weights() {
        final byte[] stored = zip("w.npy", new ByteArrayInputStream(GOOD));
        final byte[] many = ByteBuffer.wrap(stored.clone()).order(ByteOrder.LITTLE_ENDIAN)
            .putShort(stored.length - 14, (short) 1000).putShort(stored.length - 12, (short) 1000).array();
        return Stream.of(
            array("2^31 sides", "'<f4'", "(2147483648, 2147483648)"),
            array("product beyond 2^63", "'<f8'", "(2147483647, 2147483647, 2147483647)"),
            array("product beyond 2^31", "'<f4'", "(65536, 65536)"), array("negative", "'<f4'", "(-1, 2)"),
            array("nothing", "'<f4'", "(0, 2)"), array("number", "'<f4'", "()"), array("70 axes", "'<f4'",
                "(" + "1, ".repeat(70) + ")"), array("digits", "'<f4'", "(" + "9".repeat(1000) + ", 2)"),
            array("objects", "'|O'", "(1, 2)"), array("texts", "'<U1'", "(1, 2)"),
            array("records", "[('a', '<f4')]", "(1, 2)"), array("complex", "'<c8'", "(1, 1)"),
            new Weights("more than it claims", zip("w.npy", endless(GOOD, 1 << 28))),
            new Weights("256 MB that are there",
                zip("w.npy", endless(npy(header("'<f4'", "(33554432, 2)")), 1 << 28))),
            new Weights("header of 4 GB", zip("w.npy",
                new ByteArrayInputStream(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, -1}))),
            new Weights("archive in an archive", zip("w.npy", new ByteArrayInputStream(stored))),
            new Weights("another name", zip("../w.npy", new ByteArrayInputStream(GOOD))),
            new Weights("1000 entries claimed", many), new Weights("two of a name", twice()),
            new Weights("not an archive", GOOD));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("weights")
    void shouldRefuseHostileWeights(final Weights hostile) throws IOException {
        final Path network = Files.writeString(folder.resolve("network.json"), DENSE);
        Files.write(folder.resolve("weights.npz"), hostile.archive);
        final HostileReading reading = new HostileReading(network, NeuronChoice.NONE);
        final String refusal = reading.refusal(hostile.name);
        assertTrue(refusal.contains("weights.npz") || refusal.contains("layer"), refusal);
        report(reading);
    }

    /** Its 8 bytes are there and right, whatever the directory says of them. */
    @Test
    void shouldNotBelieveTheSizesOfZip64() throws IOException {
        final Path network = Files.writeString(folder.resolve("network.json"), DENSE);
        Files.write(folder.resolve("weights.npz"), zip64());
        report(new HostileReading(network, NeuronChoice.NONE).flip(folder.resolve("weights.npz"), 1000, 6));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"channels\": 2 | \"channels\": 4294967298", "\"channels\": 2 | \"channels\": 2147483647",
        "\"height\": 1 | \"height\": 99999999999999999999999999", "\"height\": 1 | \"height\": -1",
        "\"height\": 1, \"width\": 1 | \"height\": 65536, \"width\": 65536",
        "\"type\": \"linear\" | \"type\": \"max_pool2d\", \"kernel\": 2147483647",
        "\"type\": \"linear\", \"weight\": \"w\" | \"type\": \"max_pool2d\", \"kernel\": 1, \"stride\": 0",
        "\"type\": \"linear\", \"weight\": \"w\" | \"type\": \"avg_pool2d\", \"kernel\": [1, -1]",
        "\"weight\": \"w\"}] | \"weight\": \"w\"}, {\"name\": \"if\", \"type\": \"if\", \"v_threshold\": 1e999}]",
        "\"weights\": \"weights.npz\" | \"weights\": \"../../../../etc\"",
        "\"weights\": \"weights.npz\" | \"weights\": \"a\\u0000b\"",
        "\"type\": \"linear\", \"weight\": \"w\" | \"type\": \"sparse\", \"targets\": 2147483647,"
            + " \"row_start\": \"w\", \"target\": \"w\", \"weight\": \"w\""})
    void shouldRefuseHostileNetworkFiles(final String good, final String bad) throws IOException {
        Files.write(folder.resolve("weights.npz"), zip("w.npy", new ByteArrayInputStream(GOOD)));
        final Path network = Files.writeString(folder.resolve("network.json"), DENSE);
        final HostileReading reading = new HostileReading(network, NeuronChoice.NONE);
        assertTrue(reading.attempt("the good one") != null);
        assertTrue(DENSE.contains(good), good);
        Files.writeString(network, DENSE.replace(good, bad));
        assertTrue(reading.refusal(bad).startsWith(network.toString()));
    }

    @Test
    void shouldRefuseNestedAndLongJson() throws IOException {
        final Path network = Files.writeString(folder.resolve("network.json"), "[".repeat(100_000));
        final HostileReading reading = new HostileReading(network, NeuronChoice.NONE);
        reading.refusal("nested lists");
        Files.writeString(network, "{\"a\": ".repeat(100_000));
        reading.refusal("nested objects");
        Files.writeString(network, "{\"format\": " + "9".repeat(1_000_000) + "}");
        reading.refusal("a long number");
        Files.writeString(network, DENSE.replace("\"channels\": 2", "\"channels\": 2e1000000000"));
        reading.refusal("a long exponent");
        Files.writeString(network, "{\"format\": \"none\", \"layers\": [" + "{},".repeat(690_000) + "{}]}");
        assertTrue(reading.refusal("many objects").contains("format"));
        Files.writeString(network, DENSE + " ".repeat(1 << 21));
        assertTrue(reading.refusal("a long file").contains("bytes"));
        report(reading);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunk-endless.nir", "links-to-itself.nir", "model.onnx", "network.json"})
    void shouldSayOneLineOnTheCommandLine(final String name) throws IOException {
        final Map<String, byte[]> files = unzip(nir("hostile.zip"));
        files.put("model.onnx", new byte[] {7 << 3 | 2, -1, -1, -1, -1, 7, 0});
        files.put("network.json", DENSE.getBytes(StandardCharsets.UTF_8));
        Files.write(folder.resolve("weights.npz"),
            zip("w.npy", endless(npy(header("'<f4'", "(33554432, 2)")), 1 << 28)));
        final Path file = Files.write(folder.resolve(name), files.get(name));
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        assertEquals(1, Spikemeter.execute(new PrintWriter(out), new PrintWriter(err, true), "inspect",
            file.toString()));
        assertEquals("", out.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().startsWith("spikemeter: ") && err.toString().contains(folder.toString()),
            err.toString());
        assertFalse(err.toString().contains("Exception") || err.toString().contains("memory"), err.toString());
    }

    private static String header(final String type, final String shape) {
        return "{'descr': " + type + ", 'fortran_order': False, 'shape': " + shape + ", }";
    }

    /** Bytes, and zeros behind them. */
    private static InputStream endless(final byte[] start, final long zeros) {
        return new SequenceInputStream(new ByteArrayInputStream(start), new InputStream() {
            private long left = zeros;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(final byte[] bytes, final int from, final int length) {
                final int count = (int) Math.min(left, length);
                left -= count;
                return count == 0 ? -1 : count;
            }
        });
    }

    private static byte[] zip(final String name, final InputStream content) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            content.transferTo(zip);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] twice() {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (final String name : List.of("w.npy", "v.npy")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(GOOD);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        // one character a byte: what is not a name stays as it is
        final String text = new String(out.toByteArray(), StandardCharsets.ISO_8859_1);
        return text.replace("v.npy", "w.npy").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The sizes in the directory are 2^32 - 1, and the extra field that should say more says 2^62. */
    private static byte[] zip64() {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            final ZipEntry entry = new ZipEntry("w.npy");
            // an id that nobody uses, of the size that zip64 has
            entry.setExtra(ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN).putShort((short) 0x7777)
                .putShort((short) 16).putLong(1L << 62).putLong(1L << 62).array());
            zip.putNextEntry(entry);
            zip.write(GOOD);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        final int directory = bytes.getInt(bytes.capacity() - 6);
        bytes.putInt(directory + 20, -1).putInt(directory + 24, -1).putShort(directory + 46 + 5, (short) 1);
        return bytes.array();
    }

    private static byte[] npy(final String header, final byte... data) {
        final String text = header + " ".repeat(Math.max(0, 117 - header.length())) + "\n";
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1));
        out.write(text.length());
        out.write(text.length() >> 8);
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(data);
        return out.toByteArray();
    }
}
