package org.spikemeter.engine.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.importer.npy.NpyArray;
import org.spikemeter.engine.importer.npy.NpyWriter;
import org.spikemeter.engine.importer.npy.NpzWriter;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;

class NetworkFileTest {
    private static final String CONV = "{'name': 'c', 'type': 'conv2d', 'weight': 'cw'}";

    @TempDir
    private Path folder;
    private final SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();

    @BeforeEach
    void writeWeights() throws IOException {
        arrays.put("cw", zeros(4, 2, 3, 3));
        arrays.put("grouped", zeros(4, 1, 3, 1));
        arrays.put("four", NpyArray.ofFloats(new float[] {1, 2, 3, 4}, 4));
        arrays.put("lw", zeros(3, 72));
        arrays.put("w", NpyArray.ofFloats(new float[] {0.5f}));
        arrays.put("nan", NpyArray.ofFloats(new float[] {1, Float.NaN, 3, 4}, 4));
        arrays.put("wide", NpyArray.ofDoubles(new double[] {1, 2, 1e39, 4}, 4));
        NpzWriter.write(folder.resolve("w.npz"), arrays);
    }

    private static NpyArray zeros(final int... shape) {
        int size = 1;
        for (final int side : shape) {
            size *= side;
        }
        return NpyArray.ofFloats(new float[size], shape);
    }

    private Path text(final String json) throws IOException {
        return Files.writeString(folder.resolve("net.json"), json.replace('\'', '"'));
    }

    private static String head(final String weights) {
        return "{'format': 'spikemeter-network/1', 'weights': '" + weights
            + "', 'input': {'channels': 2, 'height': 8, 'width': 8}";
    }

    private Path layers(final String... layers) throws IOException {
        return text(head("w.npz") + ", 'layers': [" + String.join(", ", layers) + "]}");
    }

    /** The message after the file's own name: one line that begins with the file. */
    private String refusal(final Path file) {
        final IOException thrown = assertThrows(IOException.class, () -> NetworkFile.read(file));
        assertInstanceOf(FormatException.class, thrown);
        final String message = thrown.getMessage();
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
        assertTrue(message.startsWith(file + ": "), message);
        return message.substring(file.toString().length() + 2);
    }

    private String refusedLayer(final String layer) throws IOException {
        return refusal(layers(layer));
    }

    private <T> T read(final Class<T> type, final int index, final String... layers) throws IOException {
        return type.cast(NetworkFile.read(layers(layers)).layers().get(index));
    }

    @Test
    void shouldReadDelaysAndNameThoseThatAreWrong() throws IOException {
        arrays.put("rows", NpyArray.ofInts(rows(), 129));
        arrays.put("to", NpyArray.ofInts(new int[] {0, 2, 2, 4}, 4));
        arrays.put("late", NpyArray.ofInts(new int[] {7, 1, 2, 0}, 4));
        arrays.put("early", NpyArray.ofInts(new int[] {7, 1, 2, -1}, 4));
        arrays.put("twice", NpyArray.ofInts(new int[] {7, 2, 2, 0}, 4));
        NpzWriter.write(folder.resolve("w.npz"), arrays);
        final String flatten = "{'name': 'f', 'type': 'flatten'}";
        final String sparse = "{'name': 's', 'type': 'sparse', 'targets': 5, 'row_start': 'rows', 'target': 'to',"
            + " 'weight': 'four', 'delay': 'late'}";
        final Layer.Sparse layer = read(Layer.Sparse.class, 1, flatten, sparse);
        assertEquals(2, layer.connections().delay(2));
        assertEquals("layer 's': connections: delay -1 of source 0: expected 0 to 65536 steps",
            refusal(layers(flatten, sparse.replace("late", "early"))));
        assertEquals("layer 's': connections: target 2 of source 0 again with delay 2: expected one longer than 2",
            refusal(layers(flatten, sparse.replace("late", "twice"))));
        assertEquals("layer 's': connections: target 2 of source 0: expected ascending targets below 5",
            refusal(layers(flatten, sparse.replace(", 'delay': 'late'", ""))));
        assertTrue(refusal(layers(flatten, sparse.replace("late", "four"))).endsWith("expected whole numbers"));
    }

    /** All synapses are of the first source. */
    private static int[] rows() {
        final int[] rows = new int[129];
        Arrays.fill(rows, 1, rows.length, 4);
        return rows;
    }

    @Test
    void shouldTakePytorchsDefaults() throws IOException {
        final Layer.Conv2d conv = read(Layer.Conv2d.class, 0, CONV);
        assertEquals(Window.square(3, 1, 0), conv.window());
        assertEquals(1, conv.groups());
        assertNull(conv.bias());
        final Layer.BatchNorm norm = read(Layer.BatchNorm.class, 1, CONV, "{'name': 'b', 'type': 'batch_norm',"
            + " 'weight': 'four', 'bias': 'four', 'running_mean': 'four', 'running_var': 'four'}");
        assertEquals(1e-5, norm.eps());
        final Layer.Pool2d pool = read(Layer.Pool2d.class, 0, "{'name': 'p', 'type': 'max_pool2d', 'kernel': [3, 2]}");
        assertEquals(new Window(3, 2, 3, 2, 0, 0, 1, 1), pool.window());
        assertEquals(Layer.Pooling.MAX, pool.pooling());
    }

    @Test
    void shouldTakeSpikingjellysDefaults() throws IOException {
        final Reset zero = Reset.hard(0.0f);
        final Firing at = Firing.AT_THRESHOLD;
        assertEquals(new If(1.0f, zero, at),
            read(Layer.Neurons.class, 0, "{'name': 'n', 'type': 'if'}").model());
        assertEquals(new Lif(1.1, true, 1.0f, zero, at),
            read(Layer.Neurons.class, 0, "{'name': 'n', 'type': 'lif', 'tau': 1.1}").model());
        assertEquals(new Plif(0.5f, true, 1.0f, zero, at),
            read(Layer.Neurons.class, 0, "{'name': 'n', 'type': 'plif', 'w': 'w'}").model());
    }

    @Test
    void shouldTakeWhatIsSaid() throws IOException {
        final Layer.Conv2d conv = read(Layer.Conv2d.class, 0, "{'name': 'c', 'type': 'conv2d', 'weight': 'grouped',"
            + " 'bias': 'four', 'stride': [1, 2], 'padding': [3, 1], 'dilation': 2, 'groups': 2}");
        assertEquals(new Window(3, 1, 1, 2, 3, 1, 2, 2), conv.window());
        assertEquals(2, conv.groups());
        assertEquals(4.0f, conv.bias().get(3));
        assertEquals(new If(0.25f, Reset.soft(), Firing.AT_THRESHOLD), read(Layer.Neurons.class, 0,
            "{'name': 'n', 'type': 'if', 'v_threshold': 0.25, 'v_reset': null}").model());
        assertEquals(new Plif(-2.0f, false, 1.0f, Reset.hard(-0.1f), Firing.AT_THRESHOLD), read(Layer.Neurons.class,
            0, "{'name': 'n', 'type': 'plif', 'w': -2, 'v_reset': -0.1, 'decay_input': false}").model());
        assertEquals(new Window(2, 2, 1, 1, 1, 1, 1, 1), read(Layer.Pool2d.class, 0,
            "{'name': 'p', 'type': 'avg_pool2d', 'kernel': 2, 'stride': 1, 'padding': 1}").window());
    }

    @Test
    void shouldReadReadoutAndWeightsFromFolder() throws IOException {
        final Path weights = Files.createDirectories(folder.resolve("with spaces/a b"));
        for (final Map.Entry<String, NpyArray> array : arrays.entrySet()) {
            NpyWriter.write(weights.resolve(array.getKey() + ".npy"), array.getValue());
        }
        final Network network = NetworkFile.read(text(head("with spaces/a b") + ", 'name': 'mine', 'layers': ["
            + "{'name': 'p', 'type': 'sum_pool2d', 'kernel': 2, 'stride': 1, 'padding': 0},"
            + "{'name': 'c', 'type': 'conv2d', 'weight': 'cw', 'padding': [1, 0], 'stride': [3, 1]},"
            + "{'name': 'f', 'type': 'flatten'}, {'name': 'l', 'type': 'linear', 'weight': 'lw2', 'bias': null}],"
            + "'readout': {'type': 'voting', 'groups': [{'label': 'a', 'from': 0, 'to': 2}]}}"
            .replace("lw2", writeLinear(weights))));
        assertEquals("mine", network.name());
        assertEquals(Shape.flat(3), network.output());
        assertEquals(2, network.voting().orElseThrow().groups().getFirst().to());
    }

    private static String writeLinear(final Path weights) throws IOException {
        NpyWriter.write(weights.resolve("lw2.npy"), zeros(3, 4 * 3 * 5));
        return "lw2";
    }

    @Test
    void shouldNameFileThatIsNone() throws IOException {
        final String expected = ", expected a network file (JSON, spikemeter-network/1)";
        assertEquals("no such file" + expected, refusal(folder.resolve("none.json")));
        assertEquals("not a regular file" + expected, refusal(folder));
        assertTrue(refusal(text("")).contains("expected an object"));
        assertEquals("the file is empty, expected an object", refusal(text("")));
        assertEquals("the file is empty, expected an object", refusal(text(" \n ")));
        assertEquals("found a list of 0, expected an object", refusal(text("[]")));
        assertEquals("found 3, expected an object", refusal(text("3")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'format': 'spikemeter-network/1',", "{'a' 1}", "{} x", "{'a': 01}", "\u0000\u0001\u0002",
        "{'a': nul}", "\n\n  {'a': 1, 'a': 2}", "some text", "{'a': '\n'}"})
    void shouldSayWhereJsonBreaks(final String json) throws IOException {
        final String message = refusal(text(json));
        assertTrue(message.matches("not JSON: .+ \\(line \\d+, column \\d+\\)"), message);
    }

    @Test
    void shouldRefuseBinaryFileAndDeepNesting() throws IOException {
        final Path zip = folder.resolve("w.npz");
        assertTrue(refusal(zip).startsWith("not JSON: "));
        final Path bytes = Files.write(folder.resolve("b.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0, 1, 2, 3});
        assertTrue(refusal(bytes).startsWith("not JSON: "));
        assertTrue(refusal(text("[".repeat(100_000))).startsWith("not JSON: "));
        assertTrue(refusal(text("{'a': " + "9".repeat(100_000) + "}")).startsWith("not JSON: "));
        final byte[] latin = head("w\u00e4.npz").replace('\'', '"').getBytes(StandardCharsets.ISO_8859_1);
        assertTrue(refusal(Files.write(folder.resolve("l.json"), latin)).startsWith("not JSON: "));
    }

    @Test
    void shouldNameFieldOfTheFileThatIsWrong() throws IOException {
        assertEquals("has no field 'format'", refusal(text("{}")));
        assertEquals("field 'format' is 1, expected a text", refusal(text("{'format': 1}")));
        assertEquals("field 'format' is \"x/1\", expected \"spikemeter-network/1\"",
            refusal(text("{'format': 'x/1'}")));
        assertEquals("has no field 'weights'", refusal(text("{'format': 'spikemeter-network/1'}")));
        assertEquals("field 'weights' names " + folder.resolve("no.npz") + ", which does not exist",
            refusal(text(head("no.npz") + ", 'layers': []}")));
        assertEquals("has no field 'layers'", refusal(text(head("w.npz") + "}")));
        assertEquals("field 'layers' is an object, expected a list", refusal(text(head("w.npz") + ",'layers': {}}")));
        assertEquals("network 'net.json' has no layers", refusal(layers()));
        assertTrue(refusal(text(head("w.npz") + ",'layer': [], 'layers': [" + CONV + "]}"))
            .startsWith("unknown field 'layer', expected one of [format, input, layers, name, readout, weights]"));
        assertTrue(refusal(text(head("a\\u0000b") + ",'layers': []}")).startsWith("field 'weights' is "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-1 | shape -1 x 8 x 2 (height x width x channels): every side must be at least 1",
        "0 | shape 0 x 8 x 2 (height x width x channels): every side must be at least 1",
        "2147483647 | shape 2147483647 x 8 x 2 (height x width x channels) has more than 268435456 neurons",
        "2147483648 | field 'height' is 2147483648, expected a whole number below 2^31",
        "1e3 | field 'height' is 1000.0, expected a whole number below 2^31",
        "null | field 'height' is null, expected a whole number below 2^31",
        "[1] | field 'height' is a list of 1, expected a whole number below 2^31"})
    void shouldNameInputSideThatIsWrong(final String height, final String message) throws IOException {
        assertEquals("input: " + message, refusal(text("{'format': 'spikemeter-network/1', 'weights': 'w.npz',"
            + " 'input': {'channels': 2, 'height': " + height + ", 'width': 8}, 'layers': [" + CONV + "]}")));
    }

    @Test
    void shouldNameLayerAndFieldThatAreWrong() throws IOException {
        final String conv = "{'name': 'c', 'type': 'conv2d', 'weight': 'cw', ";
        assertEquals("layer 0: found 3, expected an object", refusedLayer("3"));
        assertEquals("layer 0: has no field 'name'", refusedLayer("{'type': 'flatten'}"));
        assertEquals("layer 0: field 'name' is 7, expected a text", refusedLayer("{'name': 7, 'type': 'flatten'}"));
        assertEquals("layer 'x': has no field 'type'", refusedLayer("{'name': 'x'}"));
        assertTrue(refusedLayer("{'name': 'x', 'type': 'gru'}").startsWith("layer 'x': unknown type 'gru', expected "));
        assertTrue(refusedLayer(conv + "'strides': 2}").startsWith("layer 'c': unknown field 'strides', expected "));
        assertEquals("layer 'c': has no field 'weight'", refusedLayer("{'name': 'c', 'type': 'conv2d'}"));
        assertEquals("layer 'c': field 'stride' is \"2\", expected a whole number below 2^31",
            refusedLayer(conv + "'stride': '2'}"));
        assertEquals("layer 'c': field 'stride' is a list of 3, expected a whole number or two of them [y, x]",
            refusedLayer(conv + "'stride': [1, 2, 3]}"));
        assertEquals("layer 'c': stride is -1: expected 1 to 1048576", refusedLayer(conv + "'stride': -1}"));
        assertEquals("layer 'c': groups is 3: expected a divisor of the 4 output channels",
            refusedLayer(conv + "'groups': 3}"));
        assertEquals("layer 'c': weight has the shape [4], expected [out, in / groups, ky, kx]",
            refusedLayer("{'name': 'c', 'type': 'conv2d', 'weight': 'four'}"));
        assertEquals("layer 'p': kernel is 0: expected 1 to 1048576",
            refusedLayer("{'name': 'p', 'type': 'avg_pool2d', 'kernel': 0}"));
        assertEquals("layer 'p': has no field 'kernel'", refusedLayer("{'name': 'p', 'type': 'max_pool2d'}"));
        assertEquals("layer 'f': a layer before has this name",
            refusal(layers("{'name': 'f', 'type': 'flatten'}", "{'name': 'f', 'type': 'flatten'}")));
        assertEquals("layer 'l': needs a flat input, found 2 x 8 x 8; put a flatten before it",
            refusedLayer("{'name': 'l', 'type': 'linear', 'weight': 'lw'}"));
    }

    @Test
    void shouldNameNeuronParameterThatIsWrong() throws IOException {
        assertTrue(refusedLayer("{'name': 'n', 'type': 'if', 'decay_input': true}")
            .startsWith("layer 'n': unknown field 'decay_input', expected one of "));
        assertEquals("layer 'n': has no field 'tau'", refusedLayer("{'name': 'n', 'type': 'lif'}"));
        assertEquals("layer 'n': tau is 0.5: expected at least 1 (steps)",
            refusedLayer("{'name': 'n', 'type': 'lif', 'tau': 0.5}"));
        assertEquals("layer 'n': v_threshold is Infinity: expected a finite number",
            refusedLayer("{'name': 'n', 'type': 'if', 'v_threshold': 1e400}"));
        assertTrue(refusedLayer("{'name': 'n', 'type': 'if', 'v_threshold': 1" + "0".repeat(400) + "}")
            .startsWith("layer 'n': "));
        assertEquals("layer 'n': field 'v_threshold' is \"1\", expected a number",
            refusedLayer("{'name': 'n', 'type': 'if', 'v_threshold': '1'}"));
        assertEquals("layer 'n': field 'decay_input' is 1, expected true or false",
            refusedLayer("{'name': 'n', 'type': 'lif', 'tau': 2, 'decay_input': 1}"));
        assertEquals("layer 'n': array 'four' has the shape [4], expected one value",
            refusedLayer("{'name': 'n', 'type': 'plif', 'w': 'four'}"));
    }

    @Test
    void shouldNameArrayThatIsWrong() throws IOException {
        final String place = "of " + folder.resolve("w.npz") + "): ";
        final String conv = "{'name': 'c', 'type': 'conv2d', 'weight': 'cw', ";
        assertEquals("layer 'c': bias (array 'nan' " + place + "value 1 of 4 is NaN: expected finite numbers",
            refusedLayer(conv + "'bias': 'nan'}"));
        assertEquals("layer 'c': bias (array 'wide' " + place + "value 2 of 4 is Infinity: expected finite numbers",
            refusedLayer(conv + "'bias': 'wide'}"));
        final String missing = refusedLayer(conv + "'bias': 'for'}");
        assertTrue(missing.startsWith("layer 'c': bias: " + folder.resolve("w.npz") + ": found no array 'for'"),
            missing);
        assertTrue(missing.contains("'four'"), missing);
        assertEquals("layer 'c': field 'bias' is 4, expected a text", refusedLayer(conv + "'bias': 4}"));
    }

    @Test
    void shouldStayOnOneLineWhateverNamesSay() throws IOException {
        refusedLayer("{'name': 'a\\nb', 'type': 'x\\u001b[2J'}");
        refusedLayer("{'name': 'a', 'type': 'flatten', 'b\\r\\nc': 1}");
        refusedLayer("{'name': 'a', 'type': 'linear', 'weight': 'b\\nc'}");
        refusal(text("{'format': 'a\\nb'}"));
    }

    @Test
    void shouldNameGroupOfReadoutThatIsWrong() throws IOException {
        assertEquals("readout: field 'type' is \"rate\", expected \"voting\"", readout("'type': 'rate'"));
        assertEquals("readout: readout has no group", readout("'type': 'voting', 'groups': []"));
        assertEquals("readout group 0: readout group 'a' is 2 to 1: expected 0 <= from < to",
            readout("'type': 'voting', 'groups': [{'label': 'a', 'from': 2, 'to': 1}]"));
        assertEquals("readout group 'a' is 0 to 2147483647: the last layer has 144 neurons",
            readout("'type': 'voting', 'groups': [{'label': 'a', 'from': 0, 'to': 2147483647}]"));
    }

    private String readout(final String fields) throws IOException {
        return refusal(text(head("w.npz") + ", 'layers': [" + CONV + "], 'readout': {" + fields + "}}"));
    }

    /** The message names the archive, which is the file that is damaged. */
    private void assertWeightsRefused(final byte[] archive) throws IOException {
        final Path weights = Files.write(folder.resolve("bad.npz"), archive);
        final Path file = text(head("bad.npz") + ", 'layers': [" + CONV + "]}");
        final FormatException thrown = assertThrows(FormatException.class, () -> NetworkFile.read(file));
        assertTrue(thrown.getMessage().contains(weights.toString()), thrown.getMessage());
        assertEquals(1, thrown.getMessage().lines().count());
    }

    @Test
    void shouldNameWeightsThatAreCutOrDamaged() throws IOException {
        final byte[] whole = Files.readAllBytes(folder.resolve("w.npz"));
        for (final int length : new int[] {0, 1, 100, whole.length / 2, whole.length - 1}) {
            assertWeightsRefused(Arrays.copyOf(whole, length));
        }
        final byte[] flipped = whole.clone();
        flipped[200] ^= 1;
        assertWeightsRefused(flipped);
        assertWeightsRefused("not an archive".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldNotReserveWhatAHeaderClaims() throws IOException {
        final byte[] honest = Files.readAllBytes(npyOf("(4, 2, 3, 3)"));
        assertTrue(honest.length < 1000);
        for (final String shape : new String[] {"(500000000,)", "(20000, 2, 100, 100)", "(2147483647, 2147483647)"}) {
            final Path archive = folder.resolve("claim.npz");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
                zip.putNextEntry(new ZipEntry("cw.npy"));
                zip.write(Files.readAllBytes(npyOf(shape)));
                zip.closeEntry();
            }
            final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
            final long before = threads.getCurrentThreadAllocatedBytes();
            assertWeightsRefused(Files.readAllBytes(archive));
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < 50_000_000, shape + " took " + allocated + " bytes");
        }
    }

    private Path npyOf(final String shape) throws IOException {
        final String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }\n";
        final byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        final byte[] file = new byte[10 + text.length + 288];
        final byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0};
        System.arraycopy(start, 0, file, 0, start.length);
        System.arraycopy(text, 0, file, 10, text.length);
        return Files.write(folder.resolve("claim.npy"), file);
    }

    @Test
    void shouldRefuseEmptyArrayWhoseSidesOverflow() throws IOException {
        final Path weights = Files.createDirectories(folder.resolve("empty"));
        Files.write(weights.resolve("cw.npy"),
            Files.readAllBytes(npyOf("(2147483647, 2147483647, 2147483647, 0)")));
        assertTrue(refusal(text(head("empty") + ", 'layers': [" + CONV + "]}")).startsWith("layer 'c': "));
    }
}
