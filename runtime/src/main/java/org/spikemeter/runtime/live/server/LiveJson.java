package org.spikemeter.runtime.live.server;

import java.util.Locale;
import org.spikemeter.engine.network.Voting;
import org.spikemeter.runtime.live.LiveControls;
import org.spikemeter.runtime.live.LiveDescription;
import org.spikemeter.runtime.live.LiveFeed;
import org.spikemeter.runtime.live.LiveFrame;
import org.spikemeter.runtime.live.LiveSetting;
import org.spikemeter.runtime.live.MapSize;
import org.spikemeter.runtime.live.OutputNeurons;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A live run as JSON: what a page is told first, and the state for scripts. Numbers that there are not are null. */
final class LiveJson {
    /** What the field {@code format} says. */
    static final String FORMAT = "spikemeter-live/1";

    private LiveJson() {
    }

    /** What does not change, and the history. */
    static ObjectNode description(
        final LiveDescription description, final LiveControls controls, final LiveHistory history) {
        final ObjectNode json = head(description);
        json.put("samplesPerSecond", LiveFeed.SAMPLES_PER_SECOND);
        addSize(json.putObject("input"), description.inputMap());
        final ArrayNode layers = json.putArray("layers");
        for (final LiveDescription.NeuronLayer layer : description.layers()) {
            addSize(layers.addObject().put("name", layer.name()).put("shape", layer.shape().toString()), layer.map());
        }
        addOutput(json.putObject("output"), description.output());
        putAll(json.putArray("stages"), description.stages());
        putAll(json.putArray("percentiles"), LiveFrame.PERCENTILES);
        putAll(json.putArray("priceModels"), controls.priceModels());
        final ObjectNode settings = json.putObject("controls");
        addRange(settings.putObject("speed"), controls.speed());
        addRange(settings.putObject("threshold"), controls.thresholdScale());
        addRange(settings.putObject("sens"), controls.sens());
        final ObjectNode past = json.putObject("history").put("points", LiveHistory.POINTS)
            .put("intervalSamples", LiveHistory.INTERVAL);
        putAll(past.putArray("events"), history.events());
        putAll(past.putArray("spikes"), history.spikes());
        putAll(past.putArray("power"), history.power());
        return json;
    }

    /** The state, without maps and windows. */
    static ObjectNode state(
        final LiveDescription description, final LiveFrame frame, final LiveControls controls, final int viewers) {
        final ObjectNode json = head(description);
        json.put("state", frame.state.name().toLowerCase(Locale.ROOT));
        json.put("failure", frame.failure == null ? null : frame.failure.toString());
        json.put("step", frame.step).put("timeMicros", frame.timeMicros);
        json.put("label", label(description, frame.label));
        final ObjectNode rates = json.putObject("groupRates");
        for (int group = 0; group < frame.groupRates.length; group++) {
            put(rates, description.output().groups().get(group).label(), frame.groupRates[group]);
        }
        final ArrayNode labels = json.putArray("labels");
        for (int i = 0; i < frame.labelChanges; i++) {
            labels.addObject().put("timeMicros", frame.labelMicros[i])
                .put("label", label(description, frame.labels[i]));
        }
        json.put("acceptedEvents", frame.acceptedEvents).put("processedEvents", frame.processedEvents)
            .put("goneEvents", frame.goneEvents).put("droppedBatches", frame.droppedBatches);
        put(json, "eventsPerSecond", frame.eventsPerSecond);
        put(json, "spikesPerSecond", frame.spikesPerSecond);
        put(json, "accPerSecond", frame.accPerSecond);
        put(json, "macPerSecond", frame.macPerSecond);
        put(json, "powerMicrowatts", frame.powerMicrowatts);
        put(json, "powerHighMicrowatts", frame.powerHighMicrowatts);
        addLatency(json.putArray("latencyMicros"), description, frame);
        addValues(json.putObject("controls"), controls);
        return json.put("viewers", viewers);
    }

    /** The present values of the controls. */
    static void addValues(final ObjectNode json, final LiveControls controls) {
        put(json, "speed", controls.speed().value());
        put(json, "threshold", controls.thresholdScale().value());
        put(json, "sens", controls.sens().value());
        json.put("priceModel", controls.priceModel());
    }

    private static ObjectNode head(final LiveDescription description) {
        final ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("format", FORMAT).put("network", description.network()).put("source", description.source());
        json.putObject("sensor").put("width", description.sensor().width())
            .put("height", description.sensor().height());
        return json;
    }

    private static void addSize(final ObjectNode json, final MapSize map) {
        json.put("width", map.width()).put("height", map.height()).put("cell", map.cell());
    }

    private static void addOutput(final ObjectNode json, final OutputNeurons output) {
        json.put("layer", output.layer()).put("count", output.count()).put("shown", output.shown());
        put(json, "threshold", output.threshold());
        put(json, "rest", output.rest());
        final ArrayNode groups = json.putArray("groups");
        for (final Voting.Group group : output.groups()) {
            groups.addObject().put("label", group.label()).put("from", group.from()).put("to", group.to());
        }
    }

    private static void addRange(final ObjectNode json, final LiveSetting setting) {
        put(json, "low", setting.low());
        put(json, "high", setting.high());
        json.put("refusal", setting.refusal());
    }

    private static void addLatency(
        final ArrayNode rows, final LiveDescription description, final LiveFrame frame) {
        final int columns = LiveFrame.PERCENTILES.size();
        for (int row = 0; row <= description.stages().size(); row++) {
            final ObjectNode json = rows.addObject()
                .put("stage", row == 0 ? "whole" : description.stages().get(row - 1));
            for (int column = 0; column < columns; column++) {
                put(json, LiveFrame.PERCENTILES.get(column), frame.latencyMicros[row * columns + column]);
            }
        }
    }

    private static String label(final LiveDescription description, final int label) {
        return switch (label) {
            case LiveFrame.NO_LABEL -> null;
            case LiveFrame.TIE -> "tie";
            default -> description.output().groups().get(label).label();
        };
    }

    private static void put(final ObjectNode json, final String name, final double value) {
        if (Double.isFinite(value)) {
            json.put(name, value);
        } else {
            json.putNull(name);
        }
    }

    private static void putAll(final ArrayNode array, final Iterable<String> values) {
        values.forEach(array::add);
    }

    private static void putAll(final ArrayNode array, final double[] values) {
        for (final double value : values) {
            if (Double.isFinite(value)) {
                array.add(value);
            } else {
                array.addNull();
            }
        }
    }
}
