package org.spikemeter.runtime.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.spikemeter.engine.count.LayerCounts;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.energy.EnergyEstimate;
import org.spikemeter.engine.energy.PriceModel;
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

    /** Counts that belong to synapses; the others belong to the neurons behind them. */
    private static final Set<Operation> SYNAPTIC = EnumSet.of(
        Operation.INPUT_EVENTS, Operation.SYNAPTIC_ACCUMULATES, Operation.SYNAPTIC_MULTIPLY_ACCUMULATES,
        Operation.ZERO_WEIGHT_ACCUMULATES, Operation.ZERO_WEIGHT_MULTIPLY_ACCUMULATES, Operation.POOLED_OPERATIONS,
        Operation.WEIGHT_READS, Operation.EVENT_READS);

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
        putAll(json.putArray("inputEvents"),
            result.counts().entries().getFirst().counts().perStep(Operation.INPUT_EVENTS));
        addLayers(json.putArray("layers"), result.network(), result.counts());
        final ObjectNode totals = json.putObject("totals");
        for (final Operation operation : Operation.values()) {
            totals.put(operation.key(), result.counts().total(operation));
        }
        addEnergy(json.putObject("energy"), result.energy());
    }

    private static void addLayers(final ArrayNode layers, final Network network, final OperationCounts counts) {
        for (int i = 0; i < network.layers().size(); i++) {
            final Layer layer = network.layers().get(i);
            final ObjectNode node = layers.addObject();
            node.put("name", layer.name());
            node.put("type", LayerText.type(layer));
            for (final OperationCounts.Entry entry : counts.entries()) {
                if (entry.synapticLayer() == i) {
                    addCounts(node, entry.counts(), SYNAPTIC);
                }
                if (entry.outputLayer() == i) {
                    addCounts(node, entry.counts(), EnumSet.complementOf(EnumSet.copyOf(SYNAPTIC)));
                }
            }
        }
    }

    private static void addCounts(final ObjectNode node, final LayerCounts counts, final Set<Operation> operations) {
        for (final Operation operation : operations) {
            putAll(node.putArray(operation.key()), counts.perStep(operation));
        }
    }

    private static void putAll(final ArrayNode array, final long[] values) {
        for (final long value : values) {
            array.add(value);
        }
    }

    private static void addEnergy(final ObjectNode json, final EnergyEstimate energy) {
        final PriceModel model = energy.model();
        json.put("model", model.name());
        json.put("description", model.description());
        json.put("nodeNanometres", model.nodeNanometres());
        json.put("bits", model.bits());
        json.put("boundary", model.boundary().name());
        final ArrayNode lines = json.putArray("operations");
        for (final EnergyEstimate.Line line : energy.lines()) {
            final ObjectNode node = lines.addObject();
            node.put("operation", line.operation().key());
            node.put("count", line.count());
            node.put("pricePicojoules", line.price() == null ? null : line.price().picojoules());
            node.put("source", line.price() == null ? null : line.price().source());
            node.put("picojoules",
                line.picojoules().isPresent() ? (Double) line.picojoules().getAsDouble() : null);
        }
        json.put("totalPicojoules",
            energy.totalPicojoules().isPresent() ? (Double) energy.totalPicojoules().getAsDouble() : null);
        final ArrayNode unpriced = json.putArray("unpriced");
        energy.unpriced().forEach(operation -> unpriced.add(operation.key()));
    }
}
