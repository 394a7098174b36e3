package org.spikemeter.engine.importer.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;

/** Makes layers of a model's nodes, and knows which layer gives which value. */
final class OnnxLayers {
    private static final String KNOWN = "Conv, Gemm, MatMul, Add, Sub, Mul, Div, BatchNormalization, AveragePool,"
        + " MaxPool, GlobalAveragePool, Flatten, Reshape, Relu, Clip, Concat, Pad, Identity, Dropout, Cast; of"
        + " constants also Constant, Transpose, Squeeze, Unsqueeze, Gather, QuantizeLinear, DequantizeLinear";
    /** What would help where a known operator cannot be run. */
    private static final Map<String, String> ADVICE = Map.of(
        "ConvTranspose", "transposed convolutions are not run; resize before the network",
        "QuantizeLinear", "quantised activations are not run; quantise the weights alone",
        "DequantizeLinear", "quantised activations are not run; quantise the weights alone",
        "Sigmoid", "only rectified units become spiking neurons; train with Relu",
        "Tanh", "only rectified units become spiking neurons; train with Relu",
        "LeakyRelu", "a spike has no negative value; train with Relu",
        "LSTM", "recurrent layers come in as NIR graphs");

    /** Axes of [N, C, L]. */
    private static final int LINE_AXES = 3;

    private final OnnxConstants constants;
    private final Network.Builder builder;
    private final int axes;
    private final Map<String, Integer> layerOf = new HashMap<>();
    /** Zeros around a value: top, left, bottom, right. */
    private final Map<String, int[]> padding = new HashMap<>();

    /**
     * @param axes of the input, batch included; grids have as many throughout
     */
    OnnxLayers(
        final OnnxConstants constants, final String name, final String input, final Shape shape, final int axes) {
        this.constants = constants;
        this.axes = axes;
        this.builder = Network.builder(name, shape);
        layerOf.put(input, Edge.INPUT);
    }

    Network network() {
        return builder.build();
    }

    /** True where the last layer gives a value. */
    boolean isLast(final String value) {
        return builder.size() > 0 && Integer.valueOf(builder.size() - 1).equals(layerOf.get(value))
            && !padding.containsKey(value);
    }

    /** Puts a layer behind input {@code input} of a node; its output is the node's. */
    void add(final OnnxNode node, final int input, final Layer layer) throws FormatException {
        add(node, layer, List.of(data(node, input)));
    }

    private void add(final OnnxNode node, final Layer layer, final List<Edge> from) {
        builder.add(layer, from);
        layerOf.put(node.output(), builder.size() - 1);
    }

    /** Puts a layer behind a value. */
    void add(final OnnxNode node, final String value, final Layer layer) throws FormatException {
        add(node, layer, List.of(data(node, value)));
    }

    /** The node's output is another name of a value. */
    void alias(final OnnxNode node, final String value) throws FormatException {
        if (constants.has(value)) {
            constants.put(node.output(), constants.get(value));
            return;
        }
        if (!layerOf.containsKey(value)) {
            throw node.fail("reads '" + value + "', which no layer gives");
        }
        layerOf.put(node.output(), layerOf.get(value));
        if (padding.containsKey(value)) {
            padding.put(node.output(), padding.get(value));
        }
    }

    /** The layer that gives input {@code input} of a node; what was padded becomes a layer of its own. */
    private Edge data(final OnnxNode node, final int input) throws FormatException {
        return data(node, node.input(input));
    }

    private Edge data(final OnnxNode node, final String value) throws FormatException {
        if (!layerOf.containsKey(value)) {
            throw node.fail("reads '" + value + "', which no layer gives");
        }
        final int[] pads = padding.remove(value);
        if (pads != null) {
            final int channels = builder.shapeAt(Edge.from(layerOf.get(value))).channels();
            final float[] ones = new float[channels];
            Arrays.fill(ones, 1.0f);
            builder.add(new Layer.Conv2d(value + ".pad", Tensor.of(ones, channels, 1, 1, 1), null,
                Window.square(1, 1, 0).padded(pads[0], pads[1], pads[2], pads[3]), channels),
                List.of(Edge.from(layerOf.get(value))));
            layerOf.put(value, builder.size() - 1);
        }
        return Edge.from(layerOf.get(value));
    }

    private Shape shape(final OnnxNode node, final int input) throws FormatException {
        final String value = node.input(input);
        if (!layerOf.containsKey(value)) {
            throw node.fail("reads '" + value + "', which no layer gives");
        }
        return builder.shapeAt(Edge.from(layerOf.get(value)));
    }

    /** Makes the layer of a node that is neither a constant nor neurons. */
    void add(final OnnxNode node) throws FormatException {
        switch (node.type()) {
            case "Identity", "Dropout" -> alias(node, node.input(0));
            case "Cast" -> {
                if (!OnnxConstants.isReal(node.integer("to", 0))) {
                    throw node.fail("cuts values to whole numbers, expected a cast to float");
                }
                alias(node, node.input(0));
            }
            case "Pad" -> pad(node);
            case "Conv" -> convolution(node);
            case "Gemm" -> gemm(node);
            case "MatMul" -> add(node, 0, new Layer.Linear(node.name(),
                matrix(node, constants.of(node, 1)).transposed().tensor(), null));
            case "BatchNormalization" -> add(node, 0, new Layer.BatchNorm(node.name(),
                constants.of(node, 1).tensor(), constants.of(node, 2).tensor(), constants.of(node, 3).tensor(),
                constants.of(node, 4).tensor(), node.number("epsilon", 1e-5f)));
            case "Add", "Sub" -> sum(node);
            case "Mul", "Div" -> product(node);
            case "AveragePool" -> pool(node, Layer.Pooling.AVERAGE);
            case "MaxPool" -> pool(node, Layer.Pooling.MAX);
            case "GlobalAveragePool" -> globalPool(node);
            case "Concat" -> concat(node);
            case "Flatten" -> flatten(node);
            case "Reshape", "Squeeze" -> reshape(node);
            case "Shape" -> shape(node);
            case "Softmax", "LogSoftmax" -> alias(node, node.input(0));
            default -> throw node.fail(ADVICE.containsKey(node.type()) ? ADVICE.get(node.type())
                : "the operator is not known, expected one of " + KNOWN);
        }
    }

    private void globalPool(final OnnxNode node) throws FormatException {
        final Edge edge = data(node, 0);
        final Shape grid = builder.shapeAt(edge);
        add(node, new Layer.Pool2d(node.name(), Layer.Pooling.AVERAGE,
            new Window(grid.height(), grid.width(), 1, 1, 0, 0, 1, 1)), List.of(edge));
    }

    private void flatten(final OnnxNode node) throws FormatException {
        if (node.integer("axis", 1) != 1) {
            throw node.fail("axis is " + node.integer("axis", 1) + ", expected 1");
        }
        add(node, 0, new Layer.Flatten(node.name()));
    }

    /** [N, C, H, W], of a batch of one. */
    private void shape(final OnnxNode node) throws FormatException {
        if (node.hasAttribute("start") || node.hasAttribute("end")) {
            throw node.fail("gives a part of a shape, expected all of it");
        }
        final Shape grid = builder.shapeAt(data(node, 0));
        if (isVector(node, 0)) {
            constants.putIntegers(node.output(), 1, grid.size());
        } else if (axes == LINE_AXES) {
            constants.putIntegers(node.output(), 1, grid.channels(), grid.width());
        } else {
            constants.putIntegers(node.output(), 1, grid.channels(), grid.height(), grid.width());
        }
    }

    private boolean isVector(final OnnxNode node, final int input) throws FormatException {
        return builder.isFlat(Edge.from(layerOf.get(node.input(input))));
    }

    private void reshape(final OnnxNode node) throws FormatException {
        final Shape grid = shape(node, 0);
        final double[] sides = node.type().equals("Reshape") ? constants.of(node, 1).values() : new double[] {0, -1};
        if (node.type().equals("Squeeze") && grid.pixels() > 1) {
            throw node.fail("takes sides away from " + grid + ", expected one place of a grid");
        }
        if (sides.length == 2 && sides[0] <= 1 && (sides[1] == -1 || sides[1] == grid.size())) {
            add(node, 0, new Layer.Flatten(node.name()));
            return;
        }
        final double[] same = {sides.length > 0 ? sides[0] : 1, grid.channels(), grid.height(), grid.width()};
        if (!Arrays.equals(sides, same) || isVector(node, 0) && grid.pixels() > 1) {
            throw node.fail("gives the shape " + Arrays.toString(sides) + ", expected [N, -1]");
        }
        alias(node, node.input(0));
    }

    /** Zeros around a grid: a convolution behind takes them into its own padding. */
    private void pad(final OnnxNode node) throws FormatException {
        final double[] pads = node.has(1) ? constants.of(node, 1).values()
            : node.integers("pads").stream().mapToDouble(Long::doubleValue).toArray();
        if (node.has(3) || node.has(2) && constants.of(node, 2).size() != 1) {
            throw node.fail("names axes, or has no number to pad with; expected pads of all axes, by one number");
        }
        final double value = node.has(2) ? constants.of(node, 2).values()[0] : node.number("value", 0);
        final int rank = pads.length / 2;
        final boolean zeros = node.text("mode", "constant").equals("constant") && value == 0;
        final boolean inside = rank >= 3 && rank <= 4 && pads.length == 2 * rank && pads[0] == 0 && pads[1] == 0
            && pads[rank] == 0 && pads[rank + 1] == 0;
        if (Arrays.stream(pads).allMatch(side -> side == 0)) {
            alias(node, node.input(0));
            return;
        }
        if (!zeros || !inside || Arrays.stream(pads).anyMatch(side -> side < 0 || side > Short.MAX_VALUE)) {
            throw node.fail("pads by " + Arrays.toString(pads) + " (" + node.text("mode", "constant") + ", " + value
                + "), expected zeros around height and width");
        }
        data(node, 0);
        alias(node, node.input(0));
        padding.put(node.output(), new int[] {
            rank == 4 ? (int) pads[2] : 0, (int) pads[rank - 1], rank == 4 ? (int) pads[rank + 2] : 0,
            (int) pads[2 * rank - 1]
        });
    }

    private void convolution(final OnnxNode node) throws FormatException {
        final OnnxTensors weight = constants.of(node, 1);
        final int[] shape = weight.shape();
        if (shape.length != 3 && shape.length != 4) {
            throw node.fail("its weight is " + Arrays.toString(shape) + ", expected 3 or 4 axes");
        }
        final int kernelX = shape[shape.length - 1];
        final int kernelY = shape.length == 3 ? 1 : shape[2];
        final Tensor bias = node.has(2) ? constants.of(node, 2).tensor() : null;
        // an input that others read too was padded for this one alone
        final int[] pads = padding.getOrDefault(node.input(0), new int[4]);
        final Shape grid = shape(node, 0);
        final Shape padded =
            new Shape(grid.height() + pads[0] + pads[2], grid.width() + pads[1] + pads[3], grid.channels());
        final Window window =
            OnnxWindows.of(node, padded, kernelY, kernelX).padded(pads[0], pads[1], pads[2], pads[3]);
        add(node, new Layer.Conv2d(node.name(), weight.tensor(shape[0], shape[1], kernelY, kernelX), bias, window,
            Math.toIntExact(node.integer("group", 1))), List.of(Edge.from(layerOf.get(node.input(0)))));
    }

    private static OnnxTensors matrix(final OnnxNode node, final OnnxTensors constant) throws FormatException {
        if (constant.shape().length != 2) {
            throw node.fail("its weight is " + Arrays.toString(constant.shape()) + ", expected a matrix");
        }
        return constant;
    }

    private void gemm(final OnnxNode node) throws FormatException {
        OnnxTensors weight = matrix(node, constants.of(node, 1)).times(node.number("alpha", 1.0f));
        if (node.integer("transA", 0) != 0) {
            throw node.fail("transA is not 0");
        }
        weight = node.integer("transB", 0) == 0 ? weight.transposed() : weight;
        Tensor bias = null;
        if (node.has(2)) {
            final double[] each =
                constants.of(node, 2).times(node.number("beta", 1.0f)).perChannel(weight.shape()[0], 0);
            if (each == null) {
                throw node.fail("its C is " + Arrays.toString(constants.of(node, 2).shape()) + ", expected "
                    + weight.shape()[0] + " numbers");
            }
            bias = OnnxConstants.vector(each).tensor();
        }
        add(node, 0, new Layer.Linear(node.name(), weight.tensor(), bias));
    }

    /** Of two layers, or a bias. */
    private void sum(final OnnxNode node) throws FormatException {
        final boolean minus = node.type().equals("Sub");
        final int constant = constants.has(node.input(0)) ? 0 : 1;
        if (!constants.has(node.input(constant))) {
            if (minus) {
                throw node.fail("takes one layer from another, expected Add");
            }
            add(node, new Layer.Sum(node.name()), List.of(data(node, 0), data(node, 1)));
            return;
        }
        if (minus && constant == 0) {
            affine(node, 1, OnnxConstants.vector(-1.0), constants.of(node, 0));
        } else {
            affine(node, 1 - constant, null, minus ? constants.of(node, 1).times(-1.0) : constants.of(node, constant));
        }
    }

    private void product(final OnnxNode node) throws FormatException {
        final int constant = node.type().equals("Mul") && constants.has(node.input(0)) ? 0 : 1;
        final OnnxTensors factor = constants.of(node, constant);
        affine(node, 1 - constant, node.type().equals("Mul") ? factor : factor.inverse(), null);
    }

    /** A factor and a term a channel: batch norm of mean 0 and variance 1. */
    private void affine(
        final OnnxNode node, final int input, final OnnxTensors factor, final OnnxTensors term)
        throws FormatException {
        final int channels = shape(node, input).channels();
        final double[] zeros = new double[channels];
        final double[] ones = new double[channels];
        Arrays.fill(ones, 1.0);
        final int behind = isVector(node, input) ? 0 : axes - 2;
        final double[] weight = factor == null ? ones : factor.perChannel(channels, behind);
        final double[] bias = term == null ? zeros : term.perChannel(channels, behind);
        if (weight == null || bias == null) {
            throw node.fail("its constant is " + Arrays.toString((weight == null ? factor : term).shape())
                + ", expected one number, or one for each of " + channels + " channels");
        }
        add(node, input, new Layer.BatchNorm(node.name(), OnnxConstants.vector(weight).tensor(),
            OnnxConstants.vector(bias).tensor(), OnnxConstants.vector(zeros).tensor(),
            OnnxConstants.vector(ones).tensor(), 0.0));
    }

    /** Where windows at the border count fewer places, a sum and a factor for each window. */
    private void pool(final OnnxNode node, final Layer.Pooling pooling) throws FormatException {
        final Edge edge = data(node, 0);
        final Shape grid = builder.shapeAt(edge);
        final Window window = OnnxWindows.ofPool(node, grid);
        if (pooling == Layer.Pooling.MAX) {
            add(node, new Layer.Pool2d(node.name(), pooling, window), List.of(edge));
            return;
        }
        final Tensor shares = OnnxWindows.shares(node, window, grid);
        if (OnnxWindows.countsWhole(shares, window)) {
            add(node, new Layer.Pool2d(node.name(), pooling, window), List.of(edge));
            return;
        }
        builder.add(new Layer.Pool2d(node.name() + ".sum", Layer.Pooling.SUM, window), List.of(edge));
        final Edge sums = Edge.from(builder.size() - 1);
        add(node, new Layer.Scale(node.name(), shares), List.of(sums));
    }

    private void concat(final OnnxNode node) throws FormatException {
        final long axis = node.integer("axis", 1);
        final List<Edge> edges = new ArrayList<>();
        boolean vectors = true;
        for (int i = 0; i < node.inputs().size(); i++) {
            edges.add(data(node, i));
            vectors &= isVector(node, i);
        }
        if (axis != 1 && !(vectors && axis == -1) && !(axis == -3 && !vectors)) {
            throw node.fail("joins along axis " + axis + ", expected the channels (1)");
        }
        add(node, new Layer.Concat(node.name()), edges);
    }
}
