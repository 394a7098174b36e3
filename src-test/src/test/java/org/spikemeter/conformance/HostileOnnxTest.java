package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.spikemeter.conformance.OnnxModels.floats;
import static org.spikemeter.conformance.OnnxModels.graph;
import static org.spikemeter.conformance.OnnxModels.node;
import static org.spikemeter.conformance.OnnxModels.with;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.importer.NeuronChoice;
import org.spikemeter.engine.importer.onnx.OnnxFile;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Reset;

/** ONNX models that are damaged, or made to harm: each is read or refused with its place, fast, in little memory. */
class HostileOnnxTest {
    private static final NeuronChoice INTEGRATE = NeuronChoice.all(new If(1.0f, Reset.soft(), Firing.AT_THRESHOLD));
    private static final long[] NUMBERS = {0, 1, -1, 2, 3, 7, -7, 64, 65536, Short.MAX_VALUE, Integer.MAX_VALUE,
        Integer.MIN_VALUE, 1L << 31, 1L << 32, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE};
    private static final List<String> TYPES = List.of("Conv", "Gemm", "MatMul", "Add", "Sub", "Mul", "Div",
        "BatchNormalization", "AveragePool", "MaxPool", "GlobalAveragePool", "Flatten", "Reshape", "Relu", "Clip",
        "Concat", "Pad", "Identity", "Dropout", "Cast", "Constant", "Transpose", "Squeeze", "Unsqueeze", "Gather",
        "QuantizeLinear", "DequantizeLinear", "Shape", "Softmax", "Sqrt", "Neg", "Reciprocal", "Sigmoid", "Where",
        "Greater", "GreaterOrEqual", "Less", "Not", "Slice", "ConstantOfShape", "Tanh");
    private static final List<String> ATTRIBUTES = List.of("kernel_shape", "pads", "strides", "dilations", "group",
        "axis", "axes", "perm", "ceil_mode", "count_include_pad", "transB", "transA", "value", "value_ints",
        "value_float", "starts", "ends", "auto_pad", "mode", "alpha");

    @TempDir
    private Path folder;

    private HostileReading reading(final byte[] bytes) throws IOException {
        return new HostileReading(Files.write(folder.resolve("model.onnx"), bytes), INTEGRATE);
    }

    private static OnnxMl.TensorProto.Builder tensor(final String name, final int type, final long... shape) {
        final OnnxMl.TensorProto.Builder tensor = OnnxMl.TensorProto.newBuilder().setName(name).setDataType(type);
        for (final long side : shape) {
            tensor.addDims(side);
        }
        return tensor;
    }

    /** One with a layer of each kind. */
    private static OnnxMl.GraphProto.Builder whole() {
        return graph("out", 1, 2, 8, 8)
            .addInitializer(floats("k", new float[36], 2, 2, 3, 3)).addInitializer(floats("kb", new float[2], 2))
            .addInitializer(floats("g", new float[] {1, 1}, 2)).addInitializer(floats("v", new float[] {1, 1}, 2))
            .addInitializer(floats("half", new float[] {0.5f})).addInitializer(floats("w", new float[24], 8, 3))
            .addInitializer(floats("wb", new float[3], 3)).addInitializer(floats("m", new float[9], 3, 3))
            .addInitializer(tensor("sides", OnnxMl.TensorProto.DataType.INT64_VALUE, 2).addInt64Data(1)
                .addInt64Data(-1))
            .addInitializer(tensor("q", OnnxMl.TensorProto.DataType.INT8_VALUE, 3, 3)
                .setRawData(ByteString.copyFrom(new byte[9])))
            .addNode(with(with(node("Conv", "c", "x", "k", "kb"), "pads", 1, 1, 1, 1), "strides", 1, 1))
            .addNode(node("BatchNormalization", "n", "c", "g", "kb", "kb", "v")).addNode(node("Relu", "r", "n"))
            .addNode(node("Add", "s", "r", "x")).addNode(node("Mul", "d", "s", "half"))
            .addNode(with(with(node("MaxPool", "p", "d"), "kernel_shape", 2, 2), "strides", 2, 2))
            .addNode(with(with(node("AveragePool", "a", "p"), "kernel_shape", 2, 2), "strides", 2, 2))
            .addNode(node("Clip", "l", "a", "zero")).addInitializer(floats("zero", new float[1]))
            .addNode(node("Reshape", "f", "l", "sides")).addNode(node("Gemm", "y", "f", "w", "wb"))
            .addNode(node("DequantizeLinear", "dq", "q", "half")).addNode(node("Transpose", "t", "dq"))
            .addNode(node("MatMul", "z", "y", "t")).addNode(node("Relu", "out", "z"));
    }

    @Test
    void shouldReadOrRefuseAModelThatIsCutOrChanged() throws IOException {
        final HostileReading reading = reading(OnnxModels.model(whole()));
        final Path model = folder.resolve("model.onnx");
        HostileNetworkFilesTest.report(reading.cut(model, 1).flip(model, 5000, 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldReadOrRefuseModelsOfNonsense(final long seed) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final HostileReading reading = reading(new byte[0]);
        for (int trial = 0; trial < 3000; trial++) {
            final OnnxMl.GraphProto.Builder graph = whole();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                mutate(graph, random);
            }
            Files.write(folder.resolve("model.onnx"), OnnxModels.model(graph));
            reading.attempt("seed " + seed + ", trial " + trial);
        }
        HostileNetworkFilesTest.report(reading);
    }

    private static void mutate(final OnnxMl.GraphProto.Builder graph, final SplittableRandom random) {
        final OnnxMl.NodeProto.Builder node = graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
        final OnnxMl.TensorProto.Builder tensor =
            graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
        switch (random.nextInt(10)) {
            case 0 -> node.setOpType(TYPES.get(random.nextInt(TYPES.size())));
            case 1 -> node.setInput(random.nextInt(node.getInputCount()), value(graph, random));
            case 2 -> node.addInput(value(graph, random));
            case 3 -> tensor.setDataType(random.nextInt(1, 12));
            case 4, 5 -> attribute(node, random);
            case 6 -> tensor.addDims(number(random));
            case 7 -> {
                if (tensor.getDimsCount() > 0) {
                    tensor.setDims(random.nextInt(tensor.getDimsCount()), number(random));
                }
            }
            case 8 -> {
                tensor.clearDims();
                tensor.clearFloatData();
            }
            default -> graph.addNode(random.nextInt(graph.getNodeCount()), node.build().toBuilder()
                .setOpType(TYPES.get(random.nextInt(TYPES.size()))).setOutput(0, value(graph, random)));
        }
    }

    private static long number(final SplittableRandom random) {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    /** The name of some value; now and then none. */
    private static String value(final OnnxMl.GraphProto.Builder graph, final SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> graph.getInitializer(random.nextInt(graph.getInitializerCount())).getName();
            case 1 -> random.nextInt(5) == 0 ? "" : "x";
            default -> graph.getNode(random.nextInt(graph.getNodeCount())).getOutput(0);
        };
    }

    private static void attribute(final OnnxMl.NodeProto.Builder node, final SplittableRandom random) {
        final OnnxMl.AttributeProto.Builder attribute = OnnxMl.AttributeProto.newBuilder()
            .setName(ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()))).setI(number(random)).setF(number(random))
            .setS(ByteString.copyFromUtf8("SAME_UPPER"));
        for (int i = random.nextInt(5); i > 0; i--) {
            attribute.addInts(number(random));
        }
        node.addAttribute(0, attribute);
    }

    /** Something that must not be read. */
    private record Case(String name, byte[] model) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case constant(final String name, final OnnxMl.TensorProto.Builder weight) {
        return new Case(name, OnnxModels.model(graph("out", 1, 2).addInitializer(weight.setName("w"))
            .addNode(node("MatMul", "out", "x", "w"))));
    }

    private static Case nodes(final String name, final OnnxMl.NodeProto... nodes) {
        final OnnxMl.GraphProto.Builder graph = graph("out", 1, 2, 8, 8)
            .addInitializer(floats("k", new float[36], 2, 2, 3, 3)).addInitializer(floats("one", new float[] {1}))
            .addInitializer(floats("tall", new float[4096], 4096, 1))
            .addInitializer(floats("wide", new float[4096], 1, 4096))
            .addInitializer(tensor("sides", OnnxMl.TensorProto.DataType.INT64_VALUE, 3).addInt64Data(1 << 20)
                .addInt64Data(1 << 20).addInt64Data(1 << 20));
        List.of(nodes).forEach(graph::addNode);
        return new Case(name, OnnxModels.model(graph));
    }

    private static Case conv(final String attribute, final long... values) {
        return nodes("conv " + attribute + " " + Arrays.toString(values),
            with(node("Conv", "out", "x", "k"), attribute, values));
    }

    static Stream<Case> cases() {
        return Stream.of(lengths(), tensors(), windows(), graphs()).flatMap(cases -> cases);
    }

    /** Length-delimited fields that claim more than there is: the graph is field 7. */
    private static Stream<Case> lengths() {
        final int graph = 7 << 3 | 2;
        return Stream.of(
            new Case("2 GB", new byte[] {(byte) graph, -1, -1, -1, -1, 7, 0}),
            new Case("negative", new byte[] {(byte) graph, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1}),
            new Case("endless varint", new byte[] {(byte) graph, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}),
            new Case("group without an end", new byte[] {7 << 3 | 3, 7 << 3 | 3}),
            new Case("nothing", new byte[0]),
            new Case("nested 10,000 deep", nested(10_000)),
            new Case("empty nodes", empties(1, 200_000)), new Case("more of them", empties(1, 4_000_000)),
            new Case("empty tensors", empties(5, 4_000_000)));
    }

    /** graph.node.attribute.g, which is a graph again. */
    private static byte[] nested(final int depth) {
        byte[] inner = new byte[0];
        for (int i = 0; i < depth; i++) {
            inner = field(1, field(5, field(6, inner)));
        }
        return field(7, inner);
    }

    private static byte[] field(final int number, final byte[] content) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(number << 3 | 2);
        int length = content.length;
        while (length > 127) {
            out.write(length & 127 | 128);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** A graph of a field that is nothing, again and again. */
    private static byte[] empties(final int number, final int bytes) {
        final byte[] fields = new byte[bytes];
        for (int i = 0; i < fields.length; i += 2) {
            fields[i] = (byte) (number << 3 | 2);
        }
        return field(7, fields);
    }

    private static Stream<Case> tensors() {
        final int type = OnnxMl.TensorProto.DataType.FLOAT_VALUE;
        final ByteString seven = ByteString.copyFrom(new byte[7]);
        return Stream.of(
            constant("cube", tensor("", type, 65536, 65536, 65536)), constant("2^40", tensor("", type, 1L << 40)),
            constant("-1", tensor("", type, -1)), constant("2^26 of none", tensor("", type, 1 << 13, 1 << 13)),
            constant("none of 2^40", tensor("", type, 0, 1L << 40)),
            constant("scalar", tensor("", type).addFloatData(1)),
            constant("raw too short", tensor("", type, 2, 1).setRawData(seven)),
            constant("raw too long", tensor("", type, 1, 1).setRawData(seven)),
            constant("too many numbers", tensor("", type, 2, 1).addFloatData(1).addFloatData(2).addFloatData(3)),
            constant("numbers of another type", tensor("", type, 2, 1).addDoubleData(1).addDoubleData(2)),
            constant("texts", tensor("", OnnxMl.TensorProto.DataType.STRING_VALUE, 2, 1).addStringData(seven)),
            constant("no type", tensor("", 0, 2, 1)), constant("type 99", tensor("", 99, 2, 1)),
            constant("int8 of 300", tensor("", OnnxMl.TensorProto.DataType.INT8_VALUE, 2, 1).addInt32Data(300)
                .addInt32Data(1)),
            constant("NaN", tensor("", type, 2, 1).addFloatData(Float.NaN).addFloatData(1)),
            constant("1,000 axes", tensor("", type, LongStream.generate(() -> 1).limit(1000).toArray())
                .addFloatData(1)));
    }

    private static Stream<Case> windows() {
        final long huge = 1L << 40;
        return Stream.of(conv("pads", 1, 1, 1), conv("pads", -1, -1, -1, -1), conv("pads", huge, 1, huge, 1),
            conv("pads", Short.MAX_VALUE, Short.MAX_VALUE, Short.MAX_VALUE, Short.MAX_VALUE),
            conv("strides", 0, 0), conv("strides", -1, 1), conv("strides", huge, huge), conv("strides", 1, 1, 1),
            conv("dilations", 0, 0), conv("dilations", huge, 1), conv("group", 0), conv("group", -2),
            conv("group", 3), conv("group", huge), conv("group", (1L << 32) + 1),
            nodes("pool of nothing", with(node("MaxPool", "out", "x"), "kernel_shape", 0, 0)),
            nodes("pool of all", with(node("MaxPool", "out", "x"), "kernel_shape", 9, 9)),
            nodes("weight of one number", node("Conv", "out", "x", "one")));
    }

    private static Stream<Case> graphs() {
        final OnnxMl.NodeProto[] doubled = new OnnxMl.NodeProto[40];
        doubled[0] = node("Concat", "c0", "one", "one");
        for (int i = 1; i < doubled.length; i++) {
            doubled[i] = node("Concat", "c" + i, "c" + (i - 1), "c" + (i - 1));
        }
        return Stream.of(nodes("doubled 40 times", doubled),
            nodes("broadcast", node("Add", "big", "tall", "wide"), node("MatMul", "out", "x", "big")),
            nodes("filled", node("ConstantOfShape", "big", "sides"), node("MatMul", "out", "x", "big")),
            nodes("flattened constant", node("Reshape", "out", "k", "sides")),
            nodes("reshaped", node("Reshape", "out", "x", "sides")),
            nodes("turned", with(node("Transpose", "out", "k"), "perm", 0, 0, 1, 2)),
            nodes("turned data", with(node("Transpose", "out", "x"), "perm", 0, 2, 1, 3)),
            nodes("axis", with(node("Flatten", "out", "x"), "axis", Long.MIN_VALUE)),
            nodes("reads itself", node("Add", "out", "out", "x")),
            nodes("reads what comes", node("Identity", "a", "out"), node("Identity", "out", "a")),
            nodes("given twice", node("Relu", "out", "x"), node("Relu", "out", "x")),
            nodes("gives the input", node("Relu", "x", "x")),
            nodes("output of nothing", node("Relu", "other", "x")), nodes("no nodes"),
            nodes("no inputs", node("Add", "out")),
            new Case("huge input", OnnxModels.model(graph("out", 1, 1L << 31, 4).addNode(node("Relu", "out", "x")))),
            new Case("input of a product", OnnxModels.model(
                graph("out", 1, 65536, 65536, 65536).addNode(node("Relu", "out", "x")))),
            new Case("input without sides", OnnxModels.model(graph("out").addNode(node("Relu", "out", "x")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void shouldRefuse(final Case hostile) throws IOException {
        final String refusal = reading(hostile.model).refusal(hostile.name);
        assertFalse(refusal.contains("heap space") || refusal.contains("null"), refusal);
    }

    @Test
    void shouldReadManyNodesFast() throws IOException {
        final OnnxMl.GraphProto.Builder graph = graph("v100000", 1, 2).addNode(node("Identity", "v0", "x"));
        for (int i = 1; i < 100_000; i++) {
            graph.addNode(node(i % 1000 == 0 ? "Relu" : "Identity", "v" + i, "v" + (i - 1)));
        }
        final Path model = Files.write(folder.resolve("model.onnx"),
            OnnxModels.model(graph.addNode(node("Relu", "v100000", "v99999"))));
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> OnnxFile.read(model, INTEGRATE));
    }

    /** Where an external tensor lies, and what must be said of it. */
    static Stream<Arguments> places() {
        return Stream.of(Arguments.of("data", "-1", "8"), Arguments.of("data", "" + Long.MAX_VALUE, "8"),
            Arguments.of("data", "0", "" + Long.MAX_VALUE), Arguments.of("data", "0", "-8"),
            Arguments.of("data", "1", "8"), Arguments.of("data", "ten", "8"), Arguments.of("../data", "0", "8"),
            Arguments.of("/etc/hostname", "0", "8"), Arguments.of("folder/../../data", "0", "8"),
            Arguments.of("link", "0", "8"), Arguments.of("linked/data", "0", "8"), Arguments.of("folder", "0", "8"),
            Arguments.of("pipe", "0", "8"), Arguments.of("none", "0", "8"), Arguments.of("", "0", "8"),
            Arguments.of("a\0b", "0", "8"));
    }

    @ParameterizedTest
    @MethodSource("places")
    void shouldRefuseExternalData(final String location, final String offset, final String length) throws Exception {
        final Path inside = Files.createDirectory(folder.resolve("model"));
        Files.write(folder.resolve("data"), new byte[8]);
        Files.write(inside.resolve("data"), new byte[8]);
        Files.createDirectory(inside.resolve("folder"));
        Files.createSymbolicLink(inside.resolve("link"), folder.resolve("data"));
        Files.createSymbolicLink(inside.resolve("linked"), folder);
        new ProcessBuilder("mkfifo", inside.resolve("pipe").toString()).start().waitFor();
        final Path model = Files.write(inside.resolve("model.onnx"), OnnxModels.model(graph("out", 1, 2)
            .addInitializer(external(location, offset, length)).addNode(node("MatMul", "out", "x", "w"))));
        final String refusal = new HostileReading(model, INTEGRATE).refusal(location);
        assertTrue(refusal.contains("tensor 'w'"), refusal);
        Files.write(model, OnnxModels.model(graph("out", 1, 2).addInitializer(external("data", "0", "8"))
            .addNode(node("MatMul", "out", "x", "w"))));
        assertTrue(new HostileReading(model, INTEGRATE).attempt("external data") != null);
    }

    private static OnnxMl.TensorProto external(final String location, final String offset, final String length) {
        final OnnxMl.TensorProto.Builder tensor = tensor("w", OnnxMl.TensorProto.DataType.FLOAT_VALUE, 2, 1)
            .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL);
        Map.of("location", location, "offset", offset, "length", length).forEach((key, value) ->
            tensor.addExternalData(OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return tensor.build();
    }
}
