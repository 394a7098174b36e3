package org.spikemeter.engine.importer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.importer.npy.ArrayStore;
import org.spikemeter.engine.importer.npy.NpyArray;
import org.spikemeter.engine.io.JsonFields;
import org.spikemeter.engine.network.Connections;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Voting;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.EulerModel;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;
import tools.jackson.databind.JsonNode;

/**
 * Reader of the network file: JSON with the topology, beside an {@code .npz} or a folder of {@code .npy} with the
 * weights. Format "spikemeter-network/1"; fields, types and defaults are PyTorch's and SpikingJelly's. A field or type
 * that is not known is an error, never passed over; arrays that no layer names are ignored.
 */
public final class NetworkFile {
    /** What the field {@code format} must say. */
    public static final String FORMAT = "spikemeter-network/1";

    /** Values of the field {@code firing}. */
    static final String AT = "at";
    static final String ABOVE = "above";

    private static final int MAX_DELAY = 1 << 16;
    /** How far weights may inflate: pruned ones are zeros for the most part. Layers may share them. */
    private static final long MAX_EXPANSION = 100;
    private static final long FREE_BYTES = 16L << 20;

    private final Path file;
    private final ArrayStore arrays;
    /** Bytes that the weights may still have: a few of an archive can stand for very many. */
    private long weightBytes;

    private NetworkFile(final Path file, final ArrayStore arrays) throws IOException {
        this.file = file;
        this.arrays = arrays;
        this.weightBytes = FREE_BYTES + MAX_EXPANSION * arrays.storedBytes();
    }

    /**
     * Reads a network.
     *
     * @param file the JSON file; the path of its weights is relative to its folder
     * @throws FormatException where it is not a network file, or its layers do not fit
     * @throws IOException where it, or its weights, cannot be read
     */
    public static Network read(final Path file) throws IOException {
        try (JsonFields fields = JsonFields.read(file, FORMAT, "a network file")) {
            final Path weights = weightsPath(file, fields);
            if (!Files.exists(weights)) {
                throw fields.fail("field 'weights' names " + weights + ", which does not exist");
            }
            try (ArrayStore arrays = ArrayStore.open(weights)) {
                return new NetworkFile(file, arrays).network(fields);
            }
        }
    }

    private static Path weightsPath(final Path file, final JsonFields fields) throws FormatException {
        try {
            return file.resolveSibling(fields.text("weights"));
        } catch (final InvalidPathException e) {
            throw fields.fail("field 'weights' is \"" + fields.text("weights") + "\", expected a path: "
                + e.getReason());
        }
    }

    private Network network(final JsonFields fields) throws IOException {
        final String name = fields.has("name") ? fields.text("name") : file.getFileName().toString();
        final Network.Builder builder = Network.builder(name, input(fields));
        final JsonNode layers = fields.list("layers");
        final Map<String, Integer> indices = new HashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).has("name")) {
                indices.put(layers.get(i).get("name").asString(""), i);
            }
        }
        for (int i = 0; i < layers.size(); i++) {
            addLayer(builder, indices, i, layers.get(i));
        }
        if (fields.has("readout") && !fields.isNull("readout")) {
            builder.voting(readout(fields.require("readout")));
        }
        try {
            return builder.build();
        } catch (final IllegalArgumentException e) {
            throw new FormatException(file + ": " + e.getMessage(), e);
        }
    }

    private Shape input(final JsonFields network) throws FormatException {
        try (JsonFields fields = new JsonFields(file + ": input", network.require("input"))) {
            try {
                return new Shape(fields.integer("height"), fields.integer("width"), fields.integer("channels"));
            } catch (final IllegalArgumentException e) {
                throw fields.fail(e.getMessage());
            }
        }
    }

    private void addLayer(
        final Network.Builder builder, final Map<String, Integer> indices, final int index, final JsonNode node)
        throws IOException {
        final JsonNode name = node.get("name");
        final String place = file + ": " + (name != null && name.isString()
            ? "layer '" + name.stringValue() + "'" : "layer " + index);
        try (JsonFields fields = new JsonFields(place, node)) {
            final Layer layer;
            final List<Edge> edges = edges(fields, indices, index);
            try {
                final Edge first = edges.getFirst();
                layer = layer(fields, first.source() < index ? builder.shapeAt(first) : null);
            } catch (final IllegalArgumentException e) {
                throw fields.fail(e.getMessage());
            }
            try {
                builder.add(layer, edges);
            } catch (final IllegalArgumentException e) {
                fields.fail("");
                throw new FormatException(file + ": " + e.getMessage(), e);
            }
        }
    }

    /** What a layer reads: layers by name, null for the input, {"layer", "delay"} for those that take steps. */
    private static List<Edge> edges(
        final JsonFields fields, final Map<String, Integer> indices, final int index) throws FormatException {
        if (!fields.has("from")) {
            return List.of(Edge.from(index - 1));
        }
        final List<Edge> edges = new ArrayList<>();
        for (final JsonNode entry : fields.list("from")) {
            if (!entry.isObject()) {
                edges.add(Edge.from(source(fields, indices, entry)));
                continue;
            }
            try (JsonFields edge = new JsonFields(fields.place() + ": from " + edges.size(), entry)) {
                final int delay = edge.integer("delay");
                if (delay < 0 || delay > MAX_DELAY) {
                    throw edge.fail("delay is " + delay + ", expected 0 to " + MAX_DELAY + " steps");
                }
                edges.add(new Edge(source(fields, indices, edge.require("layer")), delay));
            }
        }
        if (edges.isEmpty()) {
            throw fields.fail("field 'from' is empty, expected what the layer reads");
        }
        return edges;
    }

    private static int source(
        final JsonFields fields, final Map<String, Integer> indices, final JsonNode name) throws FormatException {
        if (name.isNull()) {
            return Edge.INPUT;
        }
        if (!name.isString() || !indices.containsKey(name.stringValue())) {
            throw fields.fail("reads " + name + ", expected the name of a layer, or null for the input");
        }
        return indices.get(name.stringValue());
    }

    /** A layer behind a grid, which is null where only layers behind it lead to it. */
    private Layer layer(final JsonFields fields, final Shape grid) throws IOException {
        final String name = fields.text("name");
        final String type = fields.text("type");
        return switch (type) {
            case "conv2d" -> conv2d(name, fields);
            case "linear" -> new Layer.Linear(name, tensor(fields, "weight"), optionalTensor(fields, "bias"));
            case "batch_norm" -> new Layer.BatchNorm(name, tensor(fields, "weight"), tensor(fields, "bias"),
                tensor(fields, "running_mean"), tensor(fields, "running_var"), fields.number("eps", 1e-5));
            case "avg_pool2d" -> pool(name, Layer.Pooling.AVERAGE, fields);
            case "sum_pool2d" -> pool(name, Layer.Pooling.SUM, fields);
            case "max_pool2d" -> pool(name, Layer.Pooling.MAX, fields);
            case "flatten" -> new Layer.Flatten(name);
            case "if", "lif", "plif" -> new Layer.Neurons(name, neuron(type, fields));
            case "euler" -> new Layer.Euler(name, euler(fields, grid));
            case "sum" -> new Layer.Sum(name);
            case "concat" -> new Layer.Concat(name);
            case "relu" -> new Layer.Relu(name, (float) fields.number("ceiling", Double.POSITIVE_INFINITY));
            case "scale" -> new Layer.Scale(name, tensor(fields, "factor", grid == null ? 0 : grid.size()));
            case "sparse" -> new Layer.Sparse(name, connections(fields), optionalTensor(fields, "bias"));
            default -> throw fields.fail("unknown type '" + type + "', expected conv2d, linear, sparse, batch_norm,"
                + " scale, avg_pool2d, sum_pool2d, max_pool2d, flatten, sum, concat, if, lif, plif, euler or relu");
        };
    }

    private Layer.Conv2d conv2d(final String name, final JsonFields fields) throws IOException {
        final Tensor weight = tensor(fields, "weight");
        if (weight.rank() != 4) {
            throw fields.fail("weight has the shape " + weight.shapeText() + ", expected [out, in / groups, ky, kx]");
        }
        final int[] stride = fields.pair("stride", new int[] {1, 1});
        final int[] padding = fields.pair("padding", new int[] {0, 0});
        final int[] dilation = fields.pair("dilation", new int[] {1, 1});
        final int[] end = fields.pair("padding_end", padding);
        final Window window = new Window(weight.dimension(2), weight.dimension(3), stride[0], stride[1], padding[0],
            padding[1], dilation[0], dilation[1], end[0], end[1]);
        return new Layer.Conv2d(name, weight, optionalTensor(fields, "bias"), window, fields.integer("groups", 1));
    }

    private static Layer.Pool2d pool(final String name, final Layer.Pooling pooling, final JsonFields fields)
        throws FormatException {
        final int[] kernel = fields.pair("kernel");
        final int[] stride = fields.pair("stride", kernel);
        final int[] padding = fields.pair("padding", new int[] {0, 0});
        final int[] end = fields.pair("padding_end", padding);
        return new Layer.Pool2d(name, pooling,
            new Window(kernel[0], kernel[1], stride[0], stride[1], padding[0], padding[1], 1, 1, end[0], end[1]));
    }

    private NeuronModel neuron(final String type, final JsonFields fields) throws IOException {
        final float threshold = (float) fields.number("v_threshold", 1.0);
        final Reset reset = fields.isNull("v_reset") ? Reset.soft()
            : Reset.hard((float) fields.number("v_reset", 0.0));
        final Firing firing = firing(fields);
        return switch (type) {
            case "if" -> new If(threshold, reset, firing);
            case "lif" -> new Lif(fields.number("tau"), fields.flag("decay_input", true), threshold, reset, firing);
            default -> new Plif(parameter(fields, "w"), fields.flag("decay_input", true), threshold, reset, firing);
        };
    }

    private static Firing firing(final JsonFields fields) throws FormatException {
        final String firing = fields.has("firing") ? fields.text("firing") : AT;
        if (!firing.equals(AT) && !firing.equals(ABOVE)) {
            throw fields.fail("field 'firing' is \"" + firing + "\", expected \"" + AT + "\" or \"" + ABOVE + "\"");
        }
        return firing.equals(AT) ? Firing.AT_THRESHOLD : Firing.ABOVE_THRESHOLD;
    }

    /** Neurons with parameters of their own: an array each, in the order of the weights (channel, y, x). */
    private EulerModel euler(final JsonFields fields, final Shape grid) throws IOException {
        if (grid == null) {
            throw fields.fail("reads first what comes behind it, expected a layer before");
        }
        final String membrane = fields.text("membrane");
        final Map<EulerModel.Parameter, float[]> values = new EnumMap<>(EulerModel.Parameter.class);
        for (final EulerModel.Parameter parameter : EulerModel.Parameter.values()) {
            final String field = parameter.name().toLowerCase(Locale.ROOT);
            if (fields.has(field)) {
                values.put(parameter, byAddress(fields, field, grid));
            }
        }
        for (final EulerModel.Membrane known : EulerModel.Membrane.values()) {
            if (membrane.equals(known.name().toLowerCase(Locale.ROOT))) {
                return EulerModel.of(fields.text("model"), known, values, firing(fields));
            }
        }
        throw fields.fail("field 'membrane' is \"" + membrane + "\", expected \"integrate\", \"leak\" or \"pass\"");
    }

    private float[] byAddress(final JsonFields fields, final String field, final Shape grid) throws IOException {
        final Tensor tensor = tensor(fields, field, grid.size());
        if (tensor.size() != grid.size()) {
            throw fields.fail(field + " has the shape " + tensor.shapeText() + ", expected a number for each of "
                + grid.size() + " neurons (" + grid + ")");
        }
        final float[] values = new float[grid.size()];
        for (int address = 0; address < values.length; address++) {
            values[address] = tensor.get(grid.channelFirstIndex(address));
        }
        return values;
    }

    /** Compressed sparse rows, a row a source. */
    private Connections connections(final JsonFields fields) throws IOException {
        return new Connections(fields.integer("targets"), integers(fields, "row_start"), integers(fields, "target"),
            tensor(fields, "weight").toArray(),
            fields.has("delay") && !fields.isNull("delay") ? integers(fields, "delay") : null);
    }

    private int[] integers(final JsonFields fields, final String field) throws IOException {
        final NpyArray array = array(fields, field, 0);
        if (array.type().isFloating()) {
            throw fields.fail(field + " is " + array + ", expected whole numbers");
        }
        final double[] numbers = array.toDoubles();
        final int[] integers = new int[numbers.length];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = (int) numbers[i];
            if (integers[i] != numbers[i]) {
                throw fields.fail(field + " has the value " + numbers[i] + ", expected whole numbers below 2^31");
            }
        }
        return integers;
    }

    /** A number, or the name of an array with one value. */
    private float parameter(final JsonFields fields, final String field) throws IOException {
        if (!fields.isText(field)) {
            return (float) fields.number(field);
        }
        final Tensor tensor = tensor(fields, field);
        if (tensor.size() != 1) {
            throw fields.fail("array '" + fields.text(field) + "' has the shape " + tensor.shapeText()
                + ", expected one value");
        }
        return tensor.get(0);
    }

    private Tensor optionalTensor(final JsonFields fields, final String field) throws IOException {
        return !fields.has(field) || fields.isNull(field) ? null : tensor(fields, field);
    }

    private Tensor tensor(final JsonFields fields, final String field) throws IOException {
        return tensor(fields, field, 0);
    }

    private Tensor tensor(final JsonFields fields, final String field, final int used) throws IOException {
        final NpyArray array = array(fields, field, used);
        try {
            return Tensor.of(array.toFloats(), array.shape());
        } catch (final IllegalArgumentException e) {
            throw fields.fail(field + " (array '" + fields.text(field) + "' of " + arrays.path() + "): "
                + e.getMessage());
        }
    }

    /** An array; one of at most {@code used} numbers, for each neuron of a grid, is not counted: it compresses well. */
    private NpyArray array(final JsonFields fields, final String field, final int used) throws IOException {
        final String name = fields.text(field);
        if (!arrays.names().contains(name)) {
            // the store's message knows the names that come near
            try {
                arrays.get(name);
            } catch (final org.spikemeter.engine.FormatException e) {
                throw fields.fail(field + ": " + e.getMessage());
            }
        }
        final NpyArray array = arrays.get(name, Math.max(weightBytes, (long) used * Double.BYTES));
        if (array.size() > used) {
            weightBytes -= (long) array.size() * array.type().bytes();
        }
        return array;
    }

    private Voting readout(final JsonNode node) throws FormatException {
        try (JsonFields fields = new JsonFields(file + ": readout", node)) {
            if (!fields.text("type").equals("voting")) {
                throw fields.fail("field 'type' is \"" + fields.text("type") + "\", expected \"voting\"");
            }
            final List<Voting.Group> groups = new ArrayList<>();
            for (final JsonNode group : fields.list("groups")) {
                try (JsonFields g = new JsonFields(file + ": readout group " + groups.size(), group)) {
                    try {
                        groups.add(new Voting.Group(g.text("label"), g.integer("from"), g.integer("to")));
                    } catch (final IllegalArgumentException e) {
                        throw g.fail(e.getMessage());
                    }
                }
            }
            try {
                return new Voting(groups);
            } catch (final IllegalArgumentException e) {
                throw fields.fail(e.getMessage());
            }
        }
    }
}
