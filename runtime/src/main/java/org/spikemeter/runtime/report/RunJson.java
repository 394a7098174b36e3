package org.spikemeter.runtime.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.readout.Vote;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A run as JSON, format "spikemeter-run/1"; {@code docs/json.md} describes it. */
public final class RunJson {
    /** What the field {@code format} says. */
    public static final String FORMAT = "spikemeter-run/1";

    private static final String OVERFLOWS = "overflows";

    private RunJson() {
    }

    /** The one window of an input. */
    public static ObjectNode of(final RunResult result) {
        final ObjectNode json = head(result);
        addWindow(json, result);
        return json;
    }

    /** What all windows of an input share, with an empty list of windows. */
    public static ObjectNode ofWindows(final RunResult first) {
        final ObjectNode json = head(first);
        json.putArray("windows");
        return json;
    }

    /** Adds a window to what {@link #ofWindows} began. */
    public static void addToWindows(final ObjectNode json, final RunResult result) {
        final ObjectNode window = json.withArray("windows").addObject();
        window.put("firstStep", result.firstStep());
        addWindow(window, result);
    }

    private static ObjectNode head(final RunResult result) {
        final ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("format", FORMAT);
        json.put("input", result.input());
        json.put("network", result.network().name());
        json.put("execution", result.execution());
        return json;
    }

    private static void addWindow(final ObjectNode json, final RunResult result) {
        json.put("steps", result.steps());
        json.put("label", result.label().orElse(null));
        result.expected().ifPresent(truth -> json.put("expected", truth));
        result.isRight().ifPresent(right -> json.put("right", right));
        final ObjectNode groups = json.putObject("groups");
        result.vote().map(Vote::groups).orElse(List.of()).forEach(group -> groups.put(group.label(), group.rate()));
        result.density().ifPresent(density -> json.putObject("inputDensity")
            .put("positions", density.positions()).put("channels", density.channels()));
        result.recording().ifPresent(recording -> BinningJson.add(json.putObject("recording"), recording));
        putAll(json.putArray("inputEvents"),
            result.counts().entries().getFirst().counts().perStep(Operation.INPUT_EVENTS));
        addLayers(json.putArray("layers"), result);
        final ObjectNode totals = json.putObject("totals");
        for (final Operation operation : Operation.values()) {
            totals.put(operation.key(), result.counts().total(operation));
        }
        EnergyJson.add(json.putObject("energy"), result.energy());
        result.floatRun().ifPresent(floating -> {
            totals.put(OVERFLOWS, result.counts().overflows());
            IntegerJson.addQuantisation(json.putObject("quantisation"), floating.quantisation(), floating.notes());
            IntegerJson.addFloat(json.putObject("float"), floating);
        });
        if (!result.conventions().isEmpty()) {
            ConventionsJson.add(json.putObject("conventions"), result.conventions());
        }
    }

    private static void addLayers(final ArrayNode layers, final RunResult result) {
        final Network network = result.network();
        final OperationCounts counts = result.counts();
        for (int i = 0; i < network.layers().size(); i++) {
            final Layer layer = network.layers().get(i);
            final ObjectNode node = layers.addObject();
            node.put("name", layer.name());
            node.put("type", LayerText.type(layer));
            final int index = i;
            addCounts(node, counts.entries().stream().filter(entry -> entry.synapticLayer() == index).toList(), true);
            final List<OperationCounts.Entry> ways = ofNeurons(counts, i);
            addCounts(node, ways, false);
            if (result.floatRun().isPresent() && !ways.isEmpty()) {
                // values that saturate on any way in are counted with the neurons
                putAll(node.putArray(OVERFLOWS), ways.getFirst().counts().overflowsPerStep());
            }
        }
    }

    /** The ways into a layer's neurons: the entry that names it, and those of further ways behind it. */
    private static List<OperationCounts.Entry> ofNeurons(final OperationCounts counts, final int layer) {
        final List<OperationCounts.Entry> ways = new ArrayList<>();
        boolean own = false;
        for (final OperationCounts.Entry entry : counts.entries()) {
            own = entry.outputLayer() == OperationCounts.NO_LAYER ? own : entry.outputLayer() == layer;
            if (own) {
                ways.add(entry);
            }
        }
        return ways;
    }

    /** The sum over several ways into a layer. */
    private static void addCounts(
        final ObjectNode node, final List<OperationCounts.Entry> entries, final boolean synaptic) {
        for (final Operation operation : Operation.values()) {
            if (operation.isSynaptic() == synaptic && !entries.isEmpty()) {
                final long[] sum = entries.getFirst().counts().perStep(operation);
                for (final OperationCounts.Entry entry : entries.subList(1, entries.size())) {
                    final long[] more = entry.counts().perStep(operation);
                    Arrays.setAll(sum, step -> sum[step] + more[step]);
                }
                putAll(node.putArray(operation.key()), sum);
            }
        }
    }

    private static void putAll(final ArrayNode array, final long[] values) {
        for (final long value : values) {
            array.add(value);
        }
    }
}
