package org.spikemeter.conformance;

import static org.spikemeter.conformance.OnnxModels.floats;
import static org.spikemeter.conformance.OnnxModels.graph;
import static org.spikemeter.conformance.OnnxModels.node;
import static org.spikemeter.conformance.OnnxModels.with;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.importer.NeuronChoice;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Reset;

/** ONNX models that are damaged, or made to harm: each is refused with its place, fast and with little memory, or read. */
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
}
