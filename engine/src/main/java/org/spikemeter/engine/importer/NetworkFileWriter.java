package org.spikemeter.engine.importer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.spikemeter.engine.importer.npy.NpyArray;
import org.spikemeter.engine.importer.npy.NpzWriter;
import org.spikemeter.engine.io.AtomicFile;
import org.spikemeter.engine.network.Connections;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.EulerModel;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writer of the network file: {@link NetworkFile} reads the very same network from it. Defaults are left out. Neurons
 * with parameters of their own must not read first what comes behind them; delays have up to 65,536 steps.
 */
public final class NetworkFileWriter {
    private final Network network;
    private final SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();

    private NetworkFileWriter(final Network network) {
        this.network = network;
    }

    /**
     * Creates or replaces the file and the archive of its weights. The archive comes first: a file that is there has
     * its weights.
     *
     * @param file the JSON file
     * @param network the network
     * @throws IOException as by {@link AtomicFile#write}
     */
    public static void write(final Path file, final Network network) throws IOException {
        final Path weights = weights(file);
        AtomicFile.requireWritable(file);
        final NetworkFileWriter writer = new NetworkFileWriter(network);
        final ObjectNode json = writer.json(weights.getFileName().toString());
        final byte[] text = (JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n")
            .getBytes(StandardCharsets.UTF_8);
        NpzWriter.write(weights, writer.arrays);
        AtomicFile.write(file, out -> out.write(text));
    }

    /** Where the weights of a network file are written: beside it, {@code .npz} instead of {@code .json}. */
    public static Path weights(final Path file) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.json$", "") + ".npz");
    }

    private ObjectNode json(final String weights) {
        final ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("format", NetworkFile.FORMAT).put("name", network.name()).put("weights", weights);
        json.putObject("input").put("channels", network.input().channels()).put("height", network.input().height())
            .put("width", network.input().width());
        final ArrayNode layers = json.putArray("layers");
        for (int i = 0; i < network.layers().size(); i++) {
            final ObjectNode node = layers.addObject().put("name", network.layers().get(i).name());
            put(node, network.layers().get(i), network.outputOf(i));
            putEdges(node, i);
        }
        network.voting().ifPresent(voting -> {
            final ObjectNode readout = json.putObject("readout").put("type", "voting");
            voting.groups().forEach(group -> readout.withArray("groups").addObject().put("label", group.label())
                .put("from", group.from()).put("to", group.to()));
        });
        return json;
    }

    private void putEdges(final ObjectNode node, final int layer) {
        final List<Edge> edges = network.edgesOf(layer);
        if (edges.equals(List.of(Edge.from(layer - 1)))) {
            return;
        }
        final ArrayNode from = node.putArray("from");
        for (final Edge edge : edges) {
            final String source = edge.source() == Edge.INPUT ? null : network.layers().get(edge.source()).name();
            if (edge.delay() == 0) {
                from.add(source);
            } else {
                from.addObject().put("layer", source).put("delay", edge.delay());
            }
        }
    }

    private void put(final ObjectNode node, final Layer layer, final Shape grid) {
        switch (layer) {
            case Layer.Conv2d conv -> {
                tensor(node.put("type", "conv2d"), "weight", conv.weight());
                bias(node, conv.bias());
                window(node, conv.window(), 1, 1);
                pair(node, "dilation", conv.window().dilationY(), conv.window().dilationX(), 1, 1);
                if (conv.groups() != 1) {
                    node.put("groups", conv.groups());
                }
            }
            case Layer.Linear linear -> {
                tensor(node.put("type", "linear"), "weight", linear.weight());
                bias(node, linear.bias());
            }
            case Layer.Sparse sparse -> {
                connections(node.put("type", "sparse"), sparse.connections());
                bias(node, sparse.bias());
            }
            case Layer.BatchNorm norm -> {
                tensor(node.put("type", "batch_norm"), "weight", norm.weight());
                tensor(node, "bias", norm.bias());
                tensor(node, "running_mean", norm.runningMean());
                tensor(node, "running_var", norm.runningVar());
                node.put("eps", norm.eps());
            }
            case Layer.Scale scale -> tensor(node.put("type", "scale"), "factor", scale.factor());
            case Layer.Pool2d pool -> {
                final Window window = pool.window();
                node.put("type", switch (pool.pooling()) {
                    case AVERAGE -> "avg_pool2d";
                    case SUM -> "sum_pool2d";
                    case MAX -> "max_pool2d";
                });
                pair(node, "kernel", window.kernelY(), window.kernelX(), 0, 0);
                window(node, window, window.kernelY(), window.kernelX());
            }
            case Layer.Flatten _ -> node.put("type", "flatten");
            case Layer.Sum _ -> node.put("type", "sum");
            case Layer.Concat _ -> node.put("type", "concat");
            case Layer.Relu relu -> {
                node.put("type", "relu");
                if (Float.isFinite(relu.ceiling())) {
                    node.put("ceiling", relu.ceiling());
                }
            }
            case Layer.Neurons neurons -> neurons(node, neurons.model());
            case Layer.Euler euler -> euler(node, euler.model(), grid);
        }
    }

    private static void neurons(final ObjectNode node, final NeuronModel model) {
        switch (model) {
            case If _ -> node.put("type", "if");
            case Lif lif -> node.put("type", "lif").put("tau", lif.tau()).put("decay_input", lif.decayInput());
            case Plif plif -> node.put("type", "plif").put("w", plif.w()).put("decay_input", plif.decayInput());
        }
        node.put("v_threshold", model.vThreshold());
        if (model.reset() instanceof Reset.Hard(float vReset)) {
            node.put("v_reset", vReset);
        } else {
            node.putNull("v_reset");
        }
        firing(node, model.firing());
    }

    private static void firing(final ObjectNode node, final Firing firing) {
        if (firing == Firing.ABOVE_THRESHOLD) {
            node.put("firing", NetworkFile.ABOVE);
        }
    }

    private void euler(final ObjectNode node, final EulerModel model, final Shape grid) {
        node.put("type", "euler").put("model", model.type())
            .put("membrane", model.membrane().name().toLowerCase(Locale.ROOT));
        for (final EulerModel.Parameter parameter : EulerModel.Parameter.values()) {
            final float[] byAddress = model.values(parameter);
            if (byAddress != null) {
                final float[] values = new float[byAddress.length];
                for (int address = 0; address < values.length; address++) {
                    values[grid.channelFirstIndex(address)] = byAddress[address];
                }
                array(node, parameter.name().toLowerCase(Locale.ROOT),
                    NpyArray.ofFloats(values, grid.channels(), grid.height(), grid.width()));
            }
        }
        firing(node, model.firing());
    }

    private void connections(final ObjectNode node, final Connections connections) {
        node.put("targets", connections.targets());
        array(node, "row_start", NpyArray.ofInts(connections.rowStarts(), connections.sources() + 1));
        array(node, "target", NpyArray.ofInts(connections.allTargets(), connections.synapses()));
        array(node, "weight", NpyArray.ofFloats(connections.weights(), connections.synapses()));
        if (connections.hasDelays()) {
            array(node, "delay", NpyArray.ofInts(connections.delays(), connections.synapses()));
        }
    }

    private void bias(final ObjectNode node, final Tensor bias) {
        if (bias != null) {
            tensor(node, "bias", bias);
        }
    }

    private void tensor(final ObjectNode node, final String field, final Tensor tensor) {
        array(node, field, NpyArray.ofFloats(tensor.toArray(), tensor.shape()));
    }

    /** Layers may be called as files must not. */
    private void array(final ObjectNode node, final String field, final NpyArray array) {
        final String layer = node.get("name").stringValue().replaceAll("[^\\w.-]+", "_").replaceAll("^[_.]+", "");
        String free = layer + "." + field;
        for (int number = 0; layer.isEmpty() && number == 0 || arrays.containsKey(free); number++) {
            free = "array" + number + "." + layer + "." + field;
        }
        arrays.put(free, array);
        node.put(field, free);
    }

    private static void window(final ObjectNode node, final Window window, final int strideY, final int strideX) {
        pair(node, "stride", window.strideY(), window.strideX(), strideY, strideX);
        pair(node, "padding", window.paddingY(), window.paddingX(), 0, 0);
        pair(node, "padding_end", window.endY(), window.endX(), window.paddingY(), window.paddingX());
    }

    private static void pair(
        final ObjectNode node, final String field, final int y, final int x, final int usualY, final int usualX) {
        if (y == usualY && x == usualX) {
            return;
        }
        if (y == x) {
            node.put(field, y);
        } else {
            node.putArray(field).add(y).add(x);
        }
    }
}
