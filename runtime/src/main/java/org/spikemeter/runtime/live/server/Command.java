package org.spikemeter.runtime.live.server;

import org.spikemeter.runtime.live.ControlRefusedException;
import org.spikemeter.runtime.live.LiveControls;
import org.spikemeter.runtime.live.LiveSetting;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A command of a viewer, such as {@code {"command": "speed", "value": 2}}. */
final class Command {
    private static final String NAMES = "pause, resume, step, speed, threshold, sens or priceModel";

    private final String name;
    private final JsonNode value;

    private Command(final String name, final JsonNode value) {
        this.name = name;
        this.value = value;
    }

    /**
     * Reads a command.
     *
     * @throws IllegalArgumentException where it is none, with a message for people
     */
    static Command parse(final byte[] json) {
        final JsonNode node;
        try {
            node = JsonMapper.shared().readTree(json);
        } catch (final JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
        if (!node.isObject() || !node.path("command").isString()) {
            throw new IllegalArgumentException("expected an object with a field 'command': " + NAMES);
        }
        return new Command(node.get("command").stringValue(), node.path("value"));
    }

    /**
     * Does it.
     *
     * @throws IllegalArgumentException where there is no such command, or its value is of the wrong kind
     * @throws ControlRefusedException where it cannot be done
     */
    void apply(final LiveControls controls) throws ControlRefusedException {
        switch (name) {
            case "pause" -> controls.pause();
            case "resume" -> controls.resume();
            case "step" -> controls.step();
            case "speed" -> controls.speed(number(controls.speed()));
            case "threshold" -> controls.thresholdScale(number(controls.thresholdScale()));
            case "sens" -> controls.sens(number(controls.sens()));
            case "priceModel" -> controls.priceModel(text());
            default -> throw new IllegalArgumentException("no command '" + name + "': expected " + NAMES);
        }
    }

    private double number(final LiveSetting setting) throws ControlRefusedException {
        if (setting.refusal() != null) {
            throw new ControlRefusedException(setting.refusal());
        }
        if (!value.isNumber()) {
            throw new IllegalArgumentException("command '" + name + "': expected a number as 'value'");
        }
        final double number = value.doubleValue();
        if (!(number >= setting.low() && number <= setting.high())) {
            throw new ControlRefusedException(
                name + " " + number + ": expected " + setting.low() + " to " + setting.high());
        }
        return number;
    }

    private String text() {
        if (!value.isString()) {
            throw new IllegalArgumentException("command '" + name + "': expected a text as 'value'");
        }
        return value.stringValue();
    }
}
