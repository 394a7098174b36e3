package org.spikemeter.engine.importer.nir;

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
import org.spikemeter.engine.network.Connections;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;

/**
 * Reader of NIR graphs ({@code .nir}, HDF5), NIR 0.1 to 1.x, all primitives, nested graphs, branches, merges and
 * cycles: where several edges lead into a node, their values are summed, and an edge that closes a cycle takes a step.
 */
public final class NirFile {
    private static final byte[] FIRST_BYTES = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    private final Path file;
    private final NirOptions options;
    private final NirGraph graph;
    private final Hdf5Group root;
    private final NirNeurons neurons;
    private final List<String> assumptions = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Integer> layerOf = new HashMap<>();
    private final Map<String, Shape> shapeOf = new HashMap<>();
    private final Map<String, Integer> planned = new HashMap<>();
    private Network.Builder builder;
    private int layers;

    private NirFile(final Path file, final Hdf5Group root, final NirOptions options, final double dt)
        throws IOException {
        this.file = file;
        this.root = root;
        this.options = options;
        this.graph = new NirGraph(root, dt);
        this.neurons = new NirNeurons(options, dt, assumptions, warnings);
    }

    /** True for a file that begins as HDF5 does. */
    public static boolean isHdf5(final byte[] start) {
        return start.length >= FIRST_BYTES.length
            && Arrays.equals(start, 0, FIRST_BYTES.length, FIRST_BYTES, 0, FIRST_BYTES.length);
    }

    /**
     * Reads a network.
     *
     * @param options what NIR cannot say
     * @throws FormatException naming file and node, where it is no NIR graph, or one that cannot be run
     * @throws IOException where it cannot be read
     */
    public static ImportedNetwork read(final Path file, final NirOptions options) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FormatException(file + ": " + (Files.exists(file) ? "not a regular file" : "no such file")
                + ", expected a NIR graph (HDF5)");
        }
        return Hdf5Group.read(file, root -> {
            final Hdf5Group node = root.has("node") ? root.group("node") : root;
            final List<String> assumptions = new ArrayList<>();
            final double dt = dt(node, options, assumptions);
            final NirFile reader = new NirFile(file, node, options, dt);
            reader.assumptions.addAll(assumptions);
            return reader.network();
        });
    }

    private static double dt(final Hdf5Group root, final NirOptions options, final List<String> assumptions)
        throws IOException {
        if (options.dt().isPresent()) {
            assumptions.add("dt is " + options.dt().getAsDouble() + " s, as given");
            return options.dt().getAsDouble();
        }
        double found = Double.NaN;
        final Hdf5Group nodes = root.group("nodes");
        for (final String name : nodes.groups()) {
            final Hdf5Group node = nodes.group(name);
            if (node.has("metadata") && node.group("metadata").has("dt")) {
                final double dt = node.group("metadata").number("dt");
                if (!(dt > 0)) {
                    throw node.fail("'metadata/dt' is " + dt + ", expected a positive number of seconds");
                }
                if (!Double.isNaN(found) && dt != found) {
                    throw node.fail("'metadata/dt' is " + dt + ", in other nodes " + found + "; --dt decides");
                }
                found = dt;
            }
        }
        if (Double.isNaN(found)) {
            assumptions.add("dt is " + NirOptions.DEFAULT_DT + " s: the file does not say");
            return NirOptions.DEFAULT_DT;
        }
        assumptions.add("dt is " + found + " s, by the file's metadata");
        return found;
    }

    private ImportedNetwork network() throws IOException {
        final String name = file.getFileName().toString();
        readInputs(name);
        final List<String> order = graph.order(root);
        plan(order);
        for (final String node : order) {
            try {
                addNode(node);
            } catch (final IllegalArgumentException e) {
                throw new FormatException(graph.node(node).place() + ": " + e.getMessage(), e);
            }
        }
        neurons.requireAllUsed(file, graph);
        addOutput();
        try {
            return new ImportedNetwork(builder.build(), assumptions, warnings);
        } catch (final IllegalArgumentException e) {
            throw new FormatException(file + ": " + e.getMessage(), e);
        }
    }

    /** An Output that reads one node, the last, needs no layer. */
    private void addOutput() throws FormatException {
        final String name = graph.output();
        if (name == null) {
            return;
        }
        final List<Edge> edges = new ArrayList<>();
        for (final NirGraph.Link link : graph.into(name)) {
            edges.add(new Edge(layerOf.get(link.source()), link.delay()));
        }
        if (edges.isEmpty() || edges.equals(List.of(Edge.from(layers - 1)))) {
            return;
        }
        final boolean sums = edges.size() > 1 || edges.getFirst().delay() > 0;
        try {
            add(name, sums ? new Layer.Sum(name) : new Layer.Concat(name), edges);
        } catch (final IllegalArgumentException e) {
            throw new FormatException(graph.node(name).place() + ": " + e.getMessage(), e);
        }
    }

    private void readInputs(final String name) throws IOException {
        final List<String> inputs = graph.inputs();
        if (inputs.isEmpty()) {
            throw root.fail("has no node of type Input");
        }
        int total = 0;
        for (final String input : inputs) {
            shapeOf.put(input, shape(graph.node(input), "shape"));
            total += shapeOf.get(input).size();
        }
        if (inputs.size() == 1) {
            builder = Network.builder(name, shapeOf.get(inputs.getFirst()));
            layerOf.put(inputs.getFirst(), Edge.INPUT);
            return;
        }
        builder = Network.builder(name, Shape.flat(total));
        int first = 0;
        for (final String input : inputs) {
            final Shape shape = shapeOf.get(input);
            if (shape.pixels() > 1) {
                throw graph.node(input).fail("is one of " + inputs.size() + " inputs and has the shape " + shape
                    + ": expected vectors, which are put one behind the other");
            }
            add(input, new Layer.Sparse(input, slice(total, first, shape.size()), null),
                List.of(Edge.from(Edge.INPUT)));
            assumptions.add("input '" + input + "' is " + first + " to " + (first + shape.size() - 1)
                + " of the network's input");
            first += shape.size();
        }
    }

    /** One synapse for each of {@code size} of {@code total} inputs. */
    private static Connections slice(final int total, final int first, final int size) {
        final int[] rowStart = new int[total + 1];
        final int[] target = new int[size];
        final float[] weight = new float[size];
        Arrays.fill(weight, 1.0f);
        for (int i = 0; i < size; i++) {
            target[i] = i;
        }
        for (int i = 0; i <= total; i++) {
            rowStart[i] = Math.clamp(i - first, 0, size);
        }
        return new Connections(size, rowStart, target, weight);
    }

    /** [N], [C, L], or [C, H, W]. */
    private static Shape shape(final Hdf5Group node, final String field) throws IOException {
        final int[] sides = node.integers(field);
        try {
            return switch (sides.length) {
                case 1 -> Shape.flat(sides[0]);
                case 2 -> new Shape(1, sides[1], sides[0]);
                case 3 -> new Shape(sides[1], sides[2], sides[0]);
                default -> throw node.fail("'" + field + "' is " + Arrays.toString(sides)
                    + ", expected [N], [C, L] or [C, H, W]");
            };
        } catch (final IllegalArgumentException e) {
            throw node.fail("'" + field + "' is " + Arrays.toString(sides) + ": " + e.getMessage());
        }
    }

    private void add(final String node, final Layer layer, final List<Edge> edges) {
        builder.add(layer, edges);
        layerOf.put(node, layers);
        layers++;
    }

    private void addNode(final String name) throws IOException {
        final Hdf5Group node = graph.node(name);
        final String type = graph.type(name);
        final List<Edge> edges = new ArrayList<>();
        final List<NirGraph.Link> back = new ArrayList<>();
        for (final NirGraph.Link link : graph.into(name)) {
            if (layerOf.containsKey(link.source())) {
                edges.add(new Edge(layerOf.get(link.source()), link.delay()));
            } else {
                back.add(link);
            }
        }
        if (edges.isEmpty()) {
            throw node.fail(back.isEmpty() ? "no edge leads to it" : "is reached only through a cycle");
        }
        for (final NirGraph.Link link : back) {
            edges.add(new Edge(planned.get(link.source()), link.delay()));
            assumptions.add("the edge " + link.source() + " -> " + name + " closes a cycle: it takes "
                + (link.delay() == 1 ? "a step" : link.delay() + " steps"));
        }
        final boolean neuron = NirNeurons.isNeuron(type);
        if (edges.size() > 1 && !neuron) {
            String sum = name + ".sum";
            while (graph.node(sum) != null) {
                sum += "'";
            }
            add(sum, new Layer.Sum(sum), List.copyOf(edges));
            edges.clear();
            edges.add(Edge.from(layers - 1));
        }
        final Shape before = builder.shapeAt(edges.getFirst());
        final Layer layer = neuron ? neurons.layer(name, type, node, before) : layer(name, type, node, before);
        add(name, layer, edges);
    }

    /** The index that each node's layer will have; sums are put before nodes that cannot read several. */
    private void plan(final List<String> order) {
        int next = layers;
        for (final String name : order) {
            final boolean sum = graph.into(name).size() > 1 && !NirNeurons.isNeuron(graph.type(name));
            planned.put(name, sum ? next + 1 : next);
            next += sum ? 2 : 1;
        }
    }

    private Layer layer(final String name, final String type, final Hdf5Group node, final Shape before)
        throws IOException {
        return switch (type) {
            case "Affine" -> new Layer.Linear(name, tensor(node, "weight", 2), bias(node));
            case "Linear" -> new Layer.Linear(name, tensor(node, "weight", 2), null);
            case "Scale" -> scale(name, node, before);
            case NirGraph.DELAY -> delayed(name, node, before);
            case "Conv1d" -> convolution(name, node, 1);
            case "Conv2d" -> convolution(name, node, 2);
            case "SumPool2d" -> pool(name, node, Layer.Pooling.SUM);
            case "AvgPool2d" -> pool(name, node, Layer.Pooling.AVERAGE);
            case "Flatten" -> flatten(name, node);
            default -> throw node.fail("type '" + type + "' is not known; expected a primitive of NIR: Affine, Linear,"
                + " Scale, Conv1d, Conv2d, SumPool2d, AvgPool2d, Flatten, Delay, Threshold, I, IF, LI, LIF, CubaLI,"
                + " CubaLIF, NIRGraph");
        };
    }

    private static Tensor tensor(final Hdf5Group node, final String field, final int rank) throws IOException {
        final int[] shape = node.shape(field);
        if (shape.length != rank) {
            throw node.fail("'" + field + "' has the shape " + Arrays.toString(shape) + ", expected " + rank
                + " axes");
        }
        return Tensor.of(floats(node.numbers(field)), shape);
    }

    static float[] floats(final double[] numbers) {
        final float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    private Layer scale(final String name, final Hdf5Group node, final Shape before) throws IOException {
        final float[] scale = NirNeurons.each(neurons.perNeuron(node, "scale", before), before);
        final int channels = before.channels();
        boolean perChannel = true;
        for (int i = 0; i < scale.length; i++) {
            perChannel &= scale[i] == scale[i % channels];
        }
        // a flattened grid has no channels any more
        final int[] found = node.shape("scale");
        final boolean flattened = before.pixels() > 1 && found.length == 1 && found[0] == before.size();
        if (!perChannel || flattened) {
            return factors(name, scale, before);
        }
        final float[] zeros = new float[channels];
        final float[] ones = new float[channels];
        Arrays.fill(ones, 1.0f);
        return new Layer.BatchNorm(name, Tensor.of(Arrays.copyOf(scale, channels), channels),
            Tensor.of(zeros, channels), Tensor.of(zeros, channels), Tensor.of(ones, channels), 0.0);
    }

    private static Layer factors(final String name, final float[] byAddress, final Shape shape) {
        final float[] factor = new float[byAddress.length];
        for (int address = 0; address < factor.length; address++) {
            factor[shape.channelFirstIndex(address)] = byAddress[address];
        }
        return new Layer.Scale(name, Tensor.of(factor, shape.channels(), shape.height(), shape.width()));
    }

    /** Lets those neurons pass that have the delay of this part; the edges from it take it. */
    private Layer delayed(final String name, final Hdf5Group node, final Shape before) throws IOException {
        final double[] seconds = neurons.perNeuron(node, "delay", before);
        final float[] passes = new float[seconds.length];
        for (int address = 0; address < passes.length; address++) {
            passes[address] = graph.steps(node, seconds[address]) == graph.delayOfPart(name) ? 1.0f : 0.0f;
        }
        return factors(name, passes, before);
    }

    private static Layer convolution(final String name, final Hdf5Group node, final int axes) throws IOException {
        final Tensor weight = tensor(node, "weight", 2 + axes);
        final int kernelX = weight.dimension(1 + axes);
        final int kernelY = axes == 1 ? 1 : weight.dimension(2);
        final int[] stride = sides(node, "stride", axes, 1);
        final int[] dilation = sides(node, "dilation", axes, 1);
        final int[] padding = padding(node, axes, new int[] {kernelY, kernelX}, stride, dilation);
        final Tensor four = axes == 2 ? weight
            : Tensor.of(weight.toArray(), weight.dimension(0), weight.dimension(1), 1, kernelX);
        final int groups = node.has("groups") ? node.integers("groups")[0] : 1;
        return new Layer.Conv2d(name, four, node.has("bias") ? bias(node) : null, new Window(kernelY, kernelX,
            stride[0], stride[1], padding[0], padding[1], dilation[0], dilation[1], padding[2], padding[3]), groups);
    }

    /** A bias that is 0 everywhere is none: exporters write zeros for it. */
    private static Tensor bias(final Hdf5Group node) throws IOException {
        final Tensor bias = tensor(node, "bias", 1);
        for (int i = 0; i < bias.size(); i++) {
            if (bias.get(i) != 0.0f) {
                return bias;
            }
        }
        return null;
    }

    /** [y, x] of a field with one number for all axes, or one for each. */
    private static int[] sides(final Hdf5Group node, final String field, final int axes, final int otherwise)
        throws IOException {
        if (!node.has(field)) {
            return new int[] {axes == 1 ? 1 : otherwise, otherwise};
        }
        final int[] values = node.integers(field);
        if (values.length != 1 && values.length != axes) {
            throw node.fail("'" + field + "' has " + values.length + " numbers, expected 1 or " + axes);
        }
        return axes == 1 ? new int[] {1, values[0]} : new int[] {values[0], values[values.length - 1]};
    }

    /** Top, left, bottom, right. */
    private static int[] padding(
        final Hdf5Group node, final int axes, final int[] kernel, final int[] stride, final int[] dilation)
        throws IOException {
        if (!node.isText("padding")) {
            final int[] padding = sides(node, "padding", axes, 0);
            final int y = axes == 1 ? 0 : padding[0];
            return new int[] {y, padding[1], y, padding[1]};
        }
        final String text = node.text("padding");
        if (text.equals("valid")) {
            return new int[4];
        }
        if (!text.equals("same")) {
            throw node.fail("'padding' is '" + text + "', expected numbers, 'same' or 'valid'");
        }
        final int[] padding = new int[4];
        for (int axis = 0; axis < 2; axis++) {
            final int total = dilation[axis] * (kernel[axis] - 1);
            if (stride[axis] != 1) {
                throw node.fail("'padding' is 'same' with a stride of " + stride[axis] + ", expected a stride of 1");
            }
            // as PyTorch does, where both sides cannot be equal
            padding[axis] = total / 2;
            padding[axis + 2] = total - total / 2;
        }
        return padding;
    }

    private static Layer pool(final String name, final Hdf5Group node, final Layer.Pooling pooling)
        throws IOException {
        final int[] kernel = sides(node, "kernel_size", 2, 1);
        final int[] stride = node.has("stride") ? sides(node, "stride", 2, 1) : kernel;
        final int[] padding = sides(node, "padding", 2, 0);
        return new Layer.Pool2d(name, pooling, new Window(
            kernel[0], kernel[1], stride[0], stride[1], padding[0], padding[1], 1, 1));
    }

    private static Layer flatten(final String name, final Hdf5Group node) throws IOException {
        final int start = node.has("start_dim") ? node.integers("start_dim")[0] : 0;
        final int end = node.has("end_dim") ? node.integers("end_dim")[0] : -1;
        final int last = node.has("input_type") ? node.integers("input_type").length - 1 : -1;
        if (start != 0 && start != 1 || end != -1 && end != last && end != last + 1) {
            throw node.fail("flattens axes " + start + " to " + end + ", expected all (0 to -1)");
        }
        return new Layer.Flatten(name);
    }
}
