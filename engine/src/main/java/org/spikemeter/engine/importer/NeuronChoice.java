package org.spikemeter.engine.importer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.io.JsonFields;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;
import tools.jackson.databind.JsonNode;

/**
 * Which spiking neurons stand for the rectified units of a model.
 *
 * @param otherwise for nodes that are not named; null where each must be, or stays as it is
 * @param byNode by the node's name
 * @param rectified whether units that no neuron was chosen for stay rectified units
 */
public record NeuronChoice(NeuronModel otherwise, Map<String, NeuronModel> byNode, boolean rectified) {
    /** No neurons were chosen. */
    public static final NeuronChoice NONE = new NeuronChoice(null, Map.of(), false);
    /** All stay rectified units: the network is run as it was trained. */
    public static final NeuronChoice RECTIFIED = new NeuronChoice(null, Map.of(), true);
    /** What stands for {@link #RECTIFIED}, on the command line and as the default of a file. */
    public static final String RELU = "relu";
    /** What the field {@code format} of a file of neurons says. */
    public static final String FORMAT = "spikemeter-neurons/1";

    private static final String FORM = "expected if, lif or plif, a colon, and any of threshold=V, reset=soft|V, tau=T,"
        + " w=W, decay_input=true|false, with commas between";

    /** Copies the map. */
    public NeuronChoice {
        byNode = Map.copyOf(byNode);
    }

    /** The same neurons everywhere. */
    public static NeuronChoice all(final NeuronModel model) {
        return new NeuronChoice(model, Map.of(), false);
    }

    /** The neurons of a node; null where none were chosen. */
    public NeuronModel of(final String node) {
        return byNode.getOrDefault(node, otherwise);
    }

    /**
     * Reads a neuron such as {@code plif:tau=2,threshold=0.4}. Defaults are SpikingJelly's: threshold 1, reset to 0,
     * tau 2, decay_input true; fires at its threshold.
     *
     * @throws IllegalArgumentException where it is not so
     */
    public static NeuronModel neuron(final String text) {
        final String[] parts = text.split(":", 2);
        final Map<String, String> fields = new HashMap<>();
        for (final String field : parts.length < 2 ? new String[0] : parts[1].split(",", -1)) {
            final String[] pair = field.split("=", 2);
            if (pair.length < 2 || fields.put(pair[0].strip(), pair[1].strip()) != null) {
                throw new IllegalArgumentException("'" + text + "': " + FORM);
            }
        }
        final float threshold = (float) number(text, fields.remove("threshold"), 1.0);
        final String resetText = fields.remove("reset");
        final Reset reset = "soft".equals(resetText) ? Reset.soft() : Reset.hard((float) number(text, resetText, 0.0));
        final boolean decay = !"false".equals(fields.getOrDefault("decay_input", "true"));
        if (fields.containsKey("decay_input") && decay && !fields.get("decay_input").equals("true")) {
            throw new IllegalArgumentException("'" + text + "': " + FORM);
        }
        final String tau = fields.remove("tau");
        final String w = fields.remove("w");
        if (!parts[0].equals("if")) {
            fields.remove("decay_input");
        }
        final NeuronModel model = switch (parts[0]) {
            case "if" -> tau == null && w == null ? new If(threshold, reset, Firing.AT_THRESHOLD) : null;
            case "lif" -> w == null
                ? new Lif(number(text, tau, 2.0), decay, threshold, reset, Firing.AT_THRESHOLD) : null;
            case "plif" -> tau == null || w == null
                ? new Plif(w != null ? (float) number(text, w, 0.0) : weight(text, number(text, tau, 2.0)), decay,
                    threshold, reset, Firing.AT_THRESHOLD) : null;
            default -> null;
        };
        if (model == null || !fields.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "': " + FORM);
        }
        return model;
    }

    /** SpikingJelly's w for an initial tau: sigmoid(w) = 1 / tau. */
    private static float weight(final String text, final double tau) {
        if (!(tau > 1.0)) {
            throw new IllegalArgumentException("'" + text + "': expected a tau above 1");
        }
        return (float) -Math.log(tau - 1.0);
    }

    private static double number(final String text, final String value, final double otherwise) {
        try {
            return value == null ? otherwise : Double.parseDouble(value);
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "': '" + value + "' is no number; " + FORM, e);
        }
    }

    /**
     * Reads a file of neurons: {@code {"format": "spikemeter-neurons/1", "nodes": {"node": "plif:w=0.1", ...}}}, and
     * {@code "default"} (a neuron, or {@code relu}) for nodes that are not named.
     *
     * @throws FormatException naming file and node, where it is not so
     * @throws IOException where it cannot be read
     */
    public static NeuronChoice read(final Path file) throws IOException {
        try (JsonFields fields = JsonFields.read(file, FORMAT, "a file of neurons")) {
            final Map<String, NeuronModel> nodes = new LinkedHashMap<>();
            final JsonNode list = fields.require("nodes");
            if (!list.isObject()) {
                throw fields.fail("field 'nodes' is no object, expected a neuron for each node");
            }
            final String other = fields.has("default") ? fields.text("default") : null;
            NeuronModel otherwise = null;
            try {
                for (final Map.Entry<String, JsonNode> node : list.properties()) {
                    nodes.put(node.getKey(), neuron(node.getValue().asString("")));
                }
                otherwise = other == null || other.equals(RELU) ? null : neuron(other);
            } catch (final IllegalArgumentException e) {
                throw fields.fail(e.getMessage());
            }
            return new NeuronChoice(otherwise, nodes, RELU.equals(other));
        }
    }
}
