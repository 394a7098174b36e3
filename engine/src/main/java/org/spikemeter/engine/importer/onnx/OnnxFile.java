package org.spikemeter.engine.importer.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.importer.ImportedNetwork;
import org.spikemeter.engine.importer.NeuronChoice;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.neuron.NeuronModel;

/**
 * Reader of ONNX models: convolutions, dense layers, batch norm, pools, sums, concatenation. Each Relu, or Clip from 0,
 * becomes a layer of spiking neurons, or stays a rectified unit; neurons that a model of a single step spells out as
 * operators are recognised. Constants may be float16, float32, float64, or quantised.
 */
public final class OnnxFile {
    private static final long MAX_BYTES = 1L << 30;

    private final Path file;
    private final NeuronChoice choice;
    private final List<String> assumptions = new ArrayList<>();
    private final List<String> unchosen = new ArrayList<>();
    private final Set<String> rectified = new HashSet<>();

    private OnnxFile(final Path file, final NeuronChoice choice) {
        this.file = file;
        this.choice = choice;
    }

    /**
     * Reads a network.
     *
     * @param choice what the rectified units become
     * @throws FormatException naming file and node, where it is no ONNX model, or one that cannot be run
     * @throws IOException where it cannot be read
     */
    public static ImportedNetwork read(final Path file, final NeuronChoice choice) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FormatException(file + ": " + (Files.exists(file) ? "not a regular file" : "no such file")
                + ", expected an ONNX model");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new FormatException(file + ": " + Files.size(file) + " bytes, expected at most " + MAX_BYTES);
        }
        final OnnxMl.ModelProto model;
        try {
            final byte[] bytes = Files.readAllBytes(file);
            OnnxMessages.check(file, bytes);
            model = OnnxMl.ModelProto.parseFrom(bytes);
        } catch (final InvalidProtocolBufferException e) {
            throw new FormatException(file + ": no ONNX model: " + e.getMessage(), e);
        }
        return new OnnxFile(file, choice).network(model.getGraph());
    }

    private ImportedNetwork network(final OnnxMl.GraphProto graph) throws IOException {
        final OnnxConstants constants = new OnnxConstants(file, graph.getInitializerList());
        final List<OnnxMl.ValueInfoProto> inputs = graph.getInputList().stream()
            .filter(input -> !constants.has(input.getName())).toList();
        if (inputs.isEmpty() || graph.getNodeCount() == 0) {
            throw new FormatException(file + ": has " + inputs.size() + " inputs and " + graph.getNodeCount()
                + " nodes, expected a model with an input");
        }
        final List<OnnxNode> nodes = new ArrayList<>();
        final Set<String> given = new HashSet<>();
        inputs.forEach(input -> given.add(input.getName()));
        for (final OnnxMl.NodeProto proto : graph.getNodeList()) {
            final OnnxNode node = new OnnxNode(file, proto);
            if (proto.getOutputCount() == 0) {
                throw node.fail("has no output");
            }
            if (constants.has(node.output()) || !given.add(node.output())) {
                throw node.fail("gives '" + node.output() + "', which something gives already");
            }
            if (!folds(constants, node)) {
                nodes.add(node);
            }
        }
        final Set<String> states = new HashSet<>();
        inputs.stream().skip(1).map(OnnxMl.ValueInfoProto::getName).forEach(states::add);
        final List<String> outputs = graph.getOutputList().stream().map(OnnxMl.ValueInfoProto::getName).toList();
        final OnnxNeurons neurons = new OnnxNeurons(nodes, constants, states, outputs);
        if (!neurons.found().equals(states)) {
            states.removeAll(neurons.found());
            throw new FormatException(file + ": inputs " + states.stream().sorted().toList() + " are no states of"
                + " neurons, expected one input '" + inputs.getFirst().getName() + "', and states");
        }
        final OnnxLayers layers = new OnnxLayers(constants, file.getFileName().toString(),
            inputs.getFirst().getName(), shape(inputs.getFirst()),
            inputs.getFirst().getType().getTensorType().getShape().getDimCount());
        for (final OnnxNode node : nodes) {
            try {
                if (node.type().endsWith("Softmax") && !outputs.contains(node.output())) {
                    throw node.fail("a softmax inside the network is not run; only the last may be left out");
                }
                add(layers, constants, neurons, node);
            } catch (final IllegalArgumentException | ArithmeticException e) {
                throw node.fail(e.getMessage());
            }
        }
        requireChoices();
        final List<String> results = outputs.stream().filter(output -> !neurons.isInside(output)
            || layers.isLast(output)).toList();
        // a model that ends early gives what no layer does
        if (results.size() != 1 || !layers.isLast(results.getFirst())) {
            throw new FormatException(file + ": outputs " + outputs + " are not what the last layer gives, and states");
        }
        requireShape(graph, results.getFirst(), layers.network().output());
        return new ImportedNetwork(layers.network(), assumptions, List.of());
    }

    /** What the model says of its output's sides must be so, where it says it: a net under what was misread. */
    private void requireShape(final OnnxMl.GraphProto graph, final String output, final Shape found)
        throws FormatException {
        for (final OnnxMl.ValueInfoProto value : graph.getOutputList()) {
            final List<Long> sides = value.getType().getTensorType().getShape().getDimList().stream().skip(1)
                .map(OnnxMl.TensorShapeProto.Dimension::getDimValue).toList();
            final double size = sides.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
            if (value.getName().equals(output) && !sides.isEmpty() && size > 0 && size != found.size()) {
                throw new FormatException(file + ": output '" + output + "' has the sides " + sides
                    + ", the last layer gives " + found);
            }
        }
    }

    private boolean folds(final OnnxConstants constants, final OnnxNode node) throws IOException {
        try {
            return constants.fold(node);
        } catch (final IllegalArgumentException e) {
            throw node.fail(e.getMessage());
        }
    }

    private void add(
        final OnnxLayers layers, final OnnxConstants constants, final OnnxNeurons neurons, final OnnxNode node)
        throws IOException {
        final OnnxNeurons.Neuron neuron = neurons.at(node);
        if (neuron != null) {
            layers.add(node, neuron.input(), new Layer.Neurons(node.name(), neuron.model()));
            assumptions.add(node.name() + ": neurons spelled out, with the state '" + neuron.state() + "'");
        } else if (neurons.isInside(node.output())) {
            final String spikes = neurons.spikesOf(node.output());
            if (spikes != null) {
                layers.alias(node, spikes);
            }
        } else if (node.type().equals("Relu") || node.type().equals("Clip")) {
            rectified(layers, constants, node);
        } else if (!folds(constants, node)) {
            if (node.type().endsWith("Softmax")) {
                assumptions.add(node.name() + ": " + node.type() + " left out: it does not change the order");
            }
            layers.add(node);
        }
    }

    private void rectified(final OnnxLayers layers, final OnnxConstants constants, final OnnxNode node)
        throws FormatException {
        double ceiling = Double.POSITIVE_INFINITY;
        if (node.type().equals("Clip")) {
            final double least = limit(constants, node, 1, "min", Float.NEGATIVE_INFINITY);
            ceiling = limit(constants, node, 2, "max", Float.POSITIVE_INFINITY);
            if (least != 0.0) {
                throw node.fail("cuts at " + least + ", expected 0: a rectified unit");
            }
        }
        rectified.add(node.name());
        final NeuronModel model = choice.of(node.name());
        if (model != null) {
            layers.add(node, 0, new Layer.Neurons(node.name(), model));
            assumptions.add(node.name() + ": spiking neurons instead of " + node.type());
        } else if (choice.rectified()) {
            layers.add(node, 0, new Layer.Relu(node.name(), (float) ceiling));
        } else {
            unchosen.add(node.name());
            layers.alias(node, node.input(0));
        }
    }

    private static double limit(
        final OnnxConstants constants, final OnnxNode node, final int input, final String attribute,
        final float otherwise) throws FormatException {
        if (!node.has(input)) {
            return node.number(attribute, otherwise);
        }
        final OnnxTensors limit = constants.of(node, input);
        if (limit.size() != 1) {
            throw node.fail("its " + attribute + " has " + limit.size() + " numbers, expected one");
        }
        return limit.values()[0];
    }

    private void requireChoices() throws FormatException {
        if (!unchosen.isEmpty()) {
            throw new FormatException(file + ": nothing says which neurons these nodes become: " + unchosen
                + " (--neuron plif:tau=2,threshold=0.4, a file, or relu)");
        }
        final List<String> unused = choice.byNode().keySet().stream().filter(name -> !rectified.contains(name))
            .sorted().toList();
        if (!unused.isEmpty()) {
            throw new FormatException(file + ": has no Relu or Clip called " + unused);
        }
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
}
