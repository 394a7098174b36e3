package org.spikemeter.engine.importer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.importer.npy.ArrayStore;
import org.spikemeter.engine.importer.npy.NpyArray;
import org.spikemeter.engine.io.JsonFields;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Voting;
import org.spikemeter.engine.network.Window;
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

    /** How far trained weights go: they hardly compress. Layers may share them. */
    private static final long MAX_EXPANSION = 16;
    private static final long FREE_BYTES = 4L << 20;

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
        for (int i = 0; i < layers.size(); i++) {
            addLayer(builder, i, layers.get(i));
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

    private void addLayer(final Network.Builder builder, final int index, final JsonNode node) throws IOException {
        final JsonNode name = node.get("name");
        final String place = file + ": " + (name != null && name.isString()
            ? "layer '" + name.stringValue() + "'" : "layer " + index);
        try (JsonFields fields = new JsonFields(place, node)) {
            final Layer layer;
            try {
                layer = layer(fields);
            } catch (final IllegalArgumentException e) {
                throw fields.fail(e.getMessage());
            }
            try {
                builder.add(layer);
            } catch (final IllegalArgumentException e) {
                fields.fail("");
                throw new FormatException(file + ": " + e.getMessage(), e);
            }
        }
    }

    private Layer layer(final JsonFields fields) throws IOException {
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
            default -> throw fields.fail("unknown type '" + type + "', expected conv2d, linear, batch_norm,"
                + " avg_pool2d, sum_pool2d, max_pool2d, flatten, if, lif or plif");
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
        final Window window = new Window(weight.dimension(2), weight.dimension(3), stride[0], stride[1], padding[0],
            padding[1], dilation[0], dilation[1]);
        return new Layer.Conv2d(name, weight, optionalTensor(fields, "bias"), window, fields.integer("groups", 1));
    }

    private static Layer.Pool2d pool(final String name, final Layer.Pooling pooling, final JsonFields fields)
        throws FormatException {
        final int[] kernel = fields.pair("kernel");
        final int[] stride = fields.pair("stride", kernel);
        final int[] padding = fields.pair("padding", new int[] {0, 0});
        return new Layer.Pool2d(name, pooling,
            new Window(kernel[0], kernel[1], stride[0], stride[1], padding[0], padding[1], 1, 1));
    }

    private NeuronModel neuron(final String type, final JsonFields fields) throws IOException {
        final float threshold = (float) fields.number("v_threshold", 1.0);
        final Reset reset = fields.isNull("v_reset") ? Reset.soft()
            : Reset.hard((float) fields.number("v_reset", 0.0));
        return switch (type) {
            case "if" -> new If(threshold, reset, Firing.AT_THRESHOLD);
            case "lif" -> new Lif(fields.number("tau"), fields.flag("decay_input", true), threshold, reset,
                Firing.AT_THRESHOLD);
            default -> new Plif(parameter(fields, "w"), fields.flag("decay_input", true), threshold, reset,
                Firing.AT_THRESHOLD);
        };
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
        final String name = fields.text(field);
        if (!arrays.names().contains(name)) {
            // the store's message knows the names that come near
            try {
                arrays.get(name);
            } catch (final org.spikemeter.engine.FormatException e) {
                throw fields.fail(field + ": " + e.getMessage());
            }
        }
        final NpyArray array = arrays.get(name, weightBytes);
        weightBytes -= (long) array.size() * array.type().bytes();
        try {
            return Tensor.of(array.toFloats(), array.shape());
        } catch (final IllegalArgumentException e) {
            throw fields.fail(field + " (array '" + name + "' of " + arrays.path() + "): " + e.getMessage());
        }
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
