package org.spikemeter.engine.importer.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.importer.ImportedNetwork;
import org.spikemeter.engine.importer.NeuronChoice;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.NeuronModel;

/**
 * Reader of ONNX models of one input: convolutions, dense layers, batch norm, pools, sums; each Relu, or Clip from 0,
 * becomes a layer of spiking neurons. Constants may be float16, float32, float64, or quantised.
 */
public final class OnnxFile {
    private static final long MAX_BYTES = 1L << 30;
    private static final String KNOWN = "Conv, Gemm, MatMul, Add, Mul, BatchNormalization, AveragePool, MaxPool,"
        + " GlobalAveragePool, Flatten, Reshape, Relu, Clip, Identity, Dropout, Pad by 0, and of constants Constant,"
        + " Transpose, Reshape, Cast, DequantizeLinear";

    private final Path file;
    private final NeuronChoice neurons;
    private final Map<String, OnnxTensors> constants = new HashMap<>();
    private final Map<String, Integer> layerOf = new HashMap<>();
    private final List<String> assumptions = new ArrayList<>();
    private final List<String> unchosen = new ArrayList<>();
    private Network.Builder builder;

    private OnnxFile(final Path file, final NeuronChoice neurons) {
        this.file = file;
        this.neurons = neurons;
    }

    /**
     * Reads a network.
     *
     * @param neurons what the rectified units become
     * @throws FormatException naming file and node, where it is no ONNX model, or one that cannot be run
     * @throws IOException where it cannot be read
     */
    public static ImportedNetwork read(final Path file, final NeuronChoice neurons) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FormatException(file + ": " + (Files.exists(file) ? "not a regular file" : "no such file")
                + ", expected an ONNX model");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new FormatException(file + ": " + Files.size(file) + " bytes, expected at most " + MAX_BYTES);
        }
        final OnnxMl.ModelProto model;
        try {
            model = OnnxMl.ModelProto.parseFrom(Files.readAllBytes(file));
        } catch (final InvalidProtocolBufferException e) {
            throw new FormatException(file + ": no ONNX model: " + e.getMessage(), e);
        }
        return new OnnxFile(file, neurons).network(model.getGraph());
    }

    private ImportedNetwork network(final OnnxMl.GraphProto graph) throws IOException {
        for (final OnnxMl.TensorProto tensor : graph.getInitializerList()) {
            constants.put(tensor.getName(), OnnxTensors.read(file, tensor));
        }
        final List<OnnxMl.ValueInfoProto> inputs = graph.getInputList().stream()
            .filter(input -> !constants.containsKey(input.getName())).toList();
        if (inputs.size() != 1 || graph.getNodeCount() == 0) {
            throw new FormatException(file + ": has " + inputs.size() + " inputs and " + graph.getNodeCount()
                + " nodes, expected a model of one input");
        }
        builder = Network.builder(file.getFileName().toString(), shape(inputs.getFirst()));
        layerOf.put(inputs.getFirst().getName(), Edge.INPUT);
        for (final OnnxMl.NodeProto node : graph.getNodeList()) {
            try {
                add(node);
            } catch (final IllegalArgumentException e) {
                throw fail(node, e.getMessage());
            }
        }
        if (!unchosen.isEmpty()) {
            throw new FormatException(file + ": nothing says which neurons these nodes become: " + unchosen
                + " (--neuron plif:tau=2,threshold=0.4, or a file)");
        }
        final List<String> unused = neurons.byNode().keySet().stream().filter(name -> !layerOf.containsKey("\0" + name))
            .sorted().toList();
        if (!unused.isEmpty()) {
            throw new FormatException(file + ": has no Relu or Clip called " + unused);
        }
        final String output = graph.getOutputCount() == 0 ? "" : graph.getOutput(0).getName();
        if (!Integer.valueOf(builder.size() - 1).equals(layerOf.get(output))) {
            throw new FormatException(file + ": output '" + output + "' is not what the last layer gives");
        }
        return new ImportedNetwork(builder.build(), assumptions, List.of());
    }

    /** [N, C, H, W], [N, C, L] or [N, F]; the first axis is the batch. */
    private Shape shape(final OnnxMl.ValueInfoProto input) throws FormatException {
        final List<Long> sides = input.getType().getTensorType().getShape().getDimList().stream()
            .map(OnnxMl.TensorShapeProto.Dimension::getDimValue).toList();
        if (sides.size() < 2 || sides.size() > 4
            || sides.stream().skip(1).anyMatch(side -> side < 1 || side > Shape.MAX_SIZE)) {
            throw new FormatException(file + ": input '" + input.getName() + "' has the shape " + sides
                + ", expected [N, C, H, W], [N, C, L] or [N, F] with known sides");
        }
        final int channels = sides.get(1).intValue();
        try {
            return switch (sides.size()) {
                case 2 -> Shape.flat(channels);
                case 3 -> new Shape(1, sides.get(2).intValue(), channels);
                default -> new Shape(sides.get(2).intValue(), sides.get(3).intValue(), channels);
            };
        } catch (final IllegalArgumentException e) {
            throw new FormatException(file + ": input '" + input.getName() + "': " + e.getMessage(), e);
        }
    }

    private FormatException fail(final OnnxMl.NodeProto node, final String what) {
        return new FormatException(file + ": node '" + name(node) + "' (" + node.getOpType() + "): " + what);
    }

    private static String name(final OnnxMl.NodeProto node) {
        return node.getName().isEmpty() ? node.getOutputCount() == 0 ? "" : node.getOutput(0) : node.getName();
    }

    private void add(final OnnxMl.NodeProto node) throws IOException {
        switch (node.getOpType()) {
            case "Constant" -> constant(node);
            case "Identity", "Dropout", "Cast" -> alias(node);
            case "Transpose" -> transpose(node);
            case "DequantizeLinear" -> dequantize(node);
            case "Pad" -> pad(node);
            case "Conv" -> convolution(node);
            case "Gemm" -> gemm(node);
            case "MatMul" -> layer(node, 0, new Layer.Linear(name(node),
                matrix(node, constant(node, 1)).transposed().tensor(), null));
            case "BatchNormalization" -> layer(node, 0, new Layer.BatchNorm(name(node), constant(node, 1).tensor(),
                constant(node, 2).tensor(), constant(node, 3).tensor(), constant(node, 4).tensor(),
                number(node, "epsilon", 1e-5f)));
            case "Add" -> sum(node);
            case "Mul" -> product(node);
            case "AveragePool" -> pool(node, Layer.Pooling.AVERAGE);
            case "MaxPool" -> pool(node, Layer.Pooling.MAX);
            case "GlobalAveragePool" -> {
                final Shape grid = builder.shapeAt(data(node, 0));
                layer(node, 0, new Layer.Pool2d(name(node), Layer.Pooling.AVERAGE,
                    new Window(grid.height(), grid.width(), 1, 1, 0, 0, 1, 1)));
            }
            case "Flatten" -> {
                if (integer(node, "axis", 1) != 1) {
                    throw fail(node, "axis is " + integer(node, "axis", 1) + ", expected 1");
                }
                layer(node, 0, new Layer.Flatten(name(node)));
            }
            case "Reshape" -> reshape(node);
            case "Relu", "Clip" -> neurons(node);
            case "ConvTranspose" -> throw fail(node, "transposed convolutions are not run; resize before the network");
            case "Concat" -> throw fail(node, "concatenation is not run yet; train with sums instead");
            default -> throw fail(node, "the operator is not known, expected one of " + KNOWN);
        }
    }

    private void constant(final OnnxMl.NodeProto node) throws IOException {
        for (final OnnxMl.AttributeProto attribute : node.getAttributeList()) {
            switch (attribute.getName()) {
                case "value" -> constants.put(node.getOutput(0), OnnxTensors.read(file, attribute.getT()));
                case "value_float" -> constants.put(node.getOutput(0),
                    new OnnxTensors(new double[] {attribute.getF()}, new int[0]));
                case "value_int" -> constants.put(node.getOutput(0),
                    new OnnxTensors(new double[] {attribute.getI()}, new int[0]));
                case "value_ints" -> constants.put(node.getOutput(0), new OnnxTensors(
                    attribute.getIntsList().stream().mapToDouble(Long::doubleValue).toArray(),
                    new int[] {attribute.getIntsCount()}));
                default -> throw fail(node, "'" + attribute.getName() + "' is not known");
            }
        }
    }

    private void alias(final OnnxMl.NodeProto node) throws FormatException {
        if (constants.containsKey(node.getInput(0))) {
            constants.put(node.getOutput(0), constants.get(node.getInput(0)));
        } else {
            layerOf.put(node.getOutput(0), data(node, 0).source());
        }
    }

    private void transpose(final OnnxMl.NodeProto node) throws FormatException {
        final OnnxTensors constant = constant(node, 0);
        final List<Long> order = integers(node, "perm");
        if (constant.shape().length != 2 || !order.isEmpty() && !order.equals(List.of(1L, 0L))) {
            throw fail(node, "turns " + Arrays.toString(constant.shape()) + " by " + order
                + ", expected a matrix of constants");
        }
        constants.put(node.getOutput(0), constant.transposed());
    }

    private void dequantize(final OnnxMl.NodeProto node) throws FormatException {
        final OnnxTensors quantised = constant(node, 0);
        final OnnxTensors scale = constant(node, 1);
        final OnnxTensors zero = node.getInputCount() > 2 ? constant(node, 2) : null;
        final int rank = quantised.shape().length;
        final int axis = scale.size() == 1 ? 0 : Math.floorMod((int) integer(node, "axis", 1), Math.max(1, rank));
        if (scale.size() != 1 && (rank == 0 || quantised.shape()[axis] != scale.size())
            || zero != null && zero.size() != scale.size()) {
            throw fail(node, "has " + scale.size() + " scales for " + Arrays.toString(quantised.shape()));
        }
        int inner = 1;
        for (int i = axis + 1; i < rank; i++) {
            inner *= quantised.shape()[i];
        }
        final double[] values = quantised.values().clone();
        for (int i = 0; i < values.length; i++) {
            final int at = scale.size() == 1 ? 0 : i / inner % scale.size();
            values[i] = (values[i] - (zero == null ? 0.0 : zero.values()[at])) * scale.values()[at];
        }
        constants.put(node.getOutput(0), new OnnxTensors(values, quantised.shape()));
    }

    private void pad(final OnnxMl.NodeProto node) throws FormatException {
        final double[] pads = node.getInputCount() > 1 ? constant(node, 1).values()
            : integers(node, "pads").stream().mapToDouble(Long::doubleValue).toArray();
        if (Arrays.stream(pads).anyMatch(side -> side != 0)) {
            throw fail(node, "pads by " + Arrays.toString(pads) + ", expected 0; padding belongs into the convolution");
        }
        alias(node);
    }

    private Window window(final OnnxMl.NodeProto node, final int kernelY, final int kernelX) throws FormatException {
        final String auto = text(node, "auto_pad", "NOTSET");
        final List<Long> pads = integers(node, "pads");
        final int half = pads.size() / 2;
        if (!auto.equals("NOTSET") && !auto.equals("VALID") || integer(node, "ceil_mode", 0) != 0
            || !pads.subList(0, half).equals(pads.subList(half, pads.size()))) {
            throw fail(node, "pads " + pads + " (" + auto + "), ceil_mode " + integer(node, "ceil_mode", 0)
                + ": expected the same padding on both sides, and no ceil_mode");
        }
        final int[] padding = pair(node, pads.subList(0, half), 0);
        final int[] stride = pair(node, integers(node, "strides"), 1);
        final int[] dilation = pair(node, integers(node, "dilations"), 1);
        return new Window(kernelY, kernelX, stride[0], stride[1], padding[0], padding[1], dilation[0], dilation[1]);
    }

    private int[] pair(final OnnxMl.NodeProto node, final List<Long> sides, final int otherwise)
        throws FormatException {
        if (sides.stream().anyMatch(side -> side < 0 || side > Short.MAX_VALUE) || sides.size() > 2) {
            throw fail(node, "has the sides " + sides + ", expected one or two small numbers");
        }
        return switch (sides.size()) {
            case 0 -> new int[] {otherwise, otherwise};
            case 1 -> new int[] {otherwise, sides.getFirst().intValue()};
            default -> new int[] {sides.get(0).intValue(), sides.get(1).intValue()};
        };
    }

    private void convolution(final OnnxMl.NodeProto node) throws FormatException {
        final OnnxTensors weight = constant(node, 1);
        final int[] shape = weight.shape();
        if (shape.length != 3 && shape.length != 4) {
            throw fail(node, "its weight is " + Arrays.toString(shape) + ", expected 3 or 4 axes");
        }
        final int kernelX = shape[shape.length - 1];
        final int kernelY = shape.length == 3 ? 1 : shape[2];
        final Tensor bias = node.getInputCount() > 2 && !node.getInput(2).isEmpty() ? constant(node, 2).tensor() : null;
        layer(node, 0, new Layer.Conv2d(name(node), weight.tensor(shape[0], shape[1], kernelY, kernelX), bias,
            window(node, kernelY, kernelX), (int) integer(node, "group", 1)));
    }

    private OnnxTensors matrix(final OnnxMl.NodeProto node, final OnnxTensors constant) throws FormatException {
        if (constant.shape().length != 2) {
            throw fail(node, "its weight is " + Arrays.toString(constant.shape()) + ", expected a matrix");
        }
        return constant;
    }

    private void gemm(final OnnxMl.NodeProto node) throws FormatException {
        OnnxTensors weight = matrix(node, constant(node, 1)).times(number(node, "alpha", 1.0f));
        if (integer(node, "transA", 0) != 0) {
            throw fail(node, "transA is not 0");
        }
        weight = integer(node, "transB", 0) == 0 ? weight.transposed() : weight;
        Tensor bias = null;
        if (node.getInputCount() > 2 && !node.getInput(2).isEmpty()) {
            final double[] each = constant(node, 2).times(number(node, "beta", 1.0f)).perChannel(weight.shape()[0]);
            if (each == null) {
                throw fail(node, "its C is " + Arrays.toString(constant(node, 2).shape()) + ", expected "
                    + weight.shape()[0] + " numbers");
            }
            bias = new OnnxTensors(each, new int[] {each.length}).tensor();
        }
        layer(node, 0, new Layer.Linear(name(node), weight.tensor(), bias));
    }

    /** Of two layers, or a bias. */
    private void sum(final OnnxMl.NodeProto node) throws FormatException {
        final int constant = constants.containsKey(node.getInput(0)) ? 0 : 1;
        if (!constants.containsKey(node.getInput(constant))) {
            final Layer.Sum sum = new Layer.Sum(name(node));
            builder.add(sum, List.of(data(node, 0), data(node, 1)));
            layerOf.put(node.getOutput(0), builder.size() - 1);
            return;
        }
        affine(node, 1 - constant, null, constant(node, constant));
    }

    private void product(final OnnxMl.NodeProto node) throws FormatException {
        final int constant = constants.containsKey(node.getInput(0)) ? 0 : 1;
        affine(node, 1 - constant, constant(node, constant), null);
    }

    /** A factor and a term a channel: batch norm of mean 0 and variance 1. */
    private void affine(
        final OnnxMl.NodeProto node, final int input, final OnnxTensors factor, final OnnxTensors term)
        throws FormatException {
        final int channels = builder.shapeAt(data(node, input)).channels();
        final double[] zeros = new double[channels];
        final double[] ones = new double[channels];
        Arrays.fill(ones, 1.0);
        final double[] weight = factor == null ? ones : factor.perChannel(channels);
        final double[] bias = term == null ? zeros : term.perChannel(channels);
        if (weight == null || bias == null) {
            throw fail(node, "its constant is " + Arrays.toString((factor == null ? term : factor).shape())
                + ", expected one number, or one for each of " + channels + " channels");
        }
        layer(node, input, new Layer.BatchNorm(name(node), vector(weight), vector(bias), vector(zeros), vector(ones),
            0.0));
    }

    private static Tensor vector(final double[] values) {
        return new OnnxTensors(values, new int[] {values.length}).tensor();
    }

    private void pool(final OnnxMl.NodeProto node, final Layer.Pooling pooling) throws FormatException {
        final int[] kernel = pair(node, integers(node, "kernel_shape"), 1);
        final Window window = window(node, kernel[0], kernel[1]);
        if (pooling == Layer.Pooling.AVERAGE && (window.paddingY() > 0 || window.paddingX() > 0)
            && integer(node, "count_include_pad", 0) == 0) {
            throw fail(node, "averages without its padding, expected count_include_pad");
        }
        layer(node, 0, new Layer.Pool2d(name(node), pooling, window));
    }

    private void reshape(final OnnxMl.NodeProto node) throws FormatException {
        final double[] sides = constant(node, 1).values();
        if (constants.containsKey(node.getInput(0))) {
            final int[] shape = Arrays.stream(sides).mapToInt(side -> (int) side).toArray();
            if (Arrays.stream(shape).anyMatch(side -> side < 1)
                || Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b) != constant(node, 0).size()) {
                throw fail(node, "gives a constant the shape " + Arrays.toString(shape));
            }
            constants.put(node.getOutput(0), new OnnxTensors(constant(node, 0).values(), shape));
            return;
        }
        if (sides.length != 2 || sides[1] != -1 && sides[1] != builder.shapeAt(data(node, 0)).size()) {
            throw fail(node, "gives the shape " + Arrays.toString(sides) + ", expected [N, -1]");
        }
        layer(node, 0, new Layer.Flatten(name(node)));
    }

    private void neurons(final OnnxMl.NodeProto node) throws FormatException {
        if (node.getOpType().equals("Clip")) {
            final double least = node.getInputCount() > 1 && !node.getInput(1).isEmpty()
                ? constant(node, 1).values()[0] : number(node, "min", Float.NEGATIVE_INFINITY);
            if (least != 0.0) {
                throw fail(node, "cuts at " + least + ", expected 0: a rectified unit");
            }
        }
        final NeuronModel model = neurons.of(name(node));
        if (model == null) {
            unchosen.add(name(node));
            alias(node);
            return;
        }
        layerOf.put("\0" + name(node), 0);
        layer(node, 0, new Layer.Neurons(name(node), model));
        assumptions.add(name(node) + ": spiking neurons instead of " + node.getOpType());
    }

    private void layer(final OnnxMl.NodeProto node, final int input, final Layer layer) throws FormatException {
        builder.add(layer, List.of(data(node, input)));
        layerOf.put(node.getOutput(0), builder.size() - 1);
    }

    private Edge data(final OnnxMl.NodeProto node, final int input) throws FormatException {
        if (input >= node.getInputCount() || !layerOf.containsKey(node.getInput(input))) {
            throw fail(node, "its input " + input + " is no value that a layer gives");
        }
        return Edge.from(layerOf.get(node.getInput(input)));
    }

    private OnnxTensors constant(final OnnxMl.NodeProto node, final int input) throws FormatException {
        if (input >= node.getInputCount() || !constants.containsKey(node.getInput(input))) {
            throw fail(node, "its input " + input + " is no constant");
        }
        return constants.get(node.getInput(input));
    }

    private static OnnxMl.AttributeProto attribute(final OnnxMl.NodeProto node, final String name) {
        return node.getAttributeList().stream().filter(a -> a.getName().equals(name)).findFirst().orElse(null);
    }

    private static long integer(final OnnxMl.NodeProto node, final String name, final long otherwise) {
        return attribute(node, name) == null ? otherwise : attribute(node, name).getI();
    }

    private static float number(final OnnxMl.NodeProto node, final String name, final float otherwise) {
        return attribute(node, name) == null ? otherwise : attribute(node, name).getF();
    }

    private static String text(final OnnxMl.NodeProto node, final String name, final String otherwise) {
        return attribute(node, name) == null ? otherwise : attribute(node, name).getS().toStringUtf8();
    }

    private static List<Long> integers(final OnnxMl.NodeProto node, final String name) {
        return attribute(node, name) == null ? List.of() : attribute(node, name).getIntsList();
    }
}
