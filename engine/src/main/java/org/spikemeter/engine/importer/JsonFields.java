package org.spikemeter.engine.importer;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one object of a network file, each asked for once; {@link #close} refuses those that nobody asked for.
 * Messages name the place: the file and, in it, the layer.
 */
final class JsonFields implements AutoCloseable {
    private final String place;
    private final JsonNode object;
    private final Set<String> asked = new TreeSet<>();
    private boolean failed;

    JsonFields(final String place, final JsonNode object) throws NetworkFormatException {
        this.place = place;
        this.object = object;
        if (object.isMissingNode()) {
            throw new NetworkFormatException(place + ": the file is empty, expected an object");
        }
        if (!object.isObject()) {
            throw new NetworkFormatException(place + ": found " + kind(object) + ", expected an object");
        }
    }

    String place() {
        return place;
    }

    /** True where the field is there, be it null. */
    boolean has(final String field) {
        asked.add(field);
        return object.has(field);
    }

    boolean isNull(final String field) {
        return has(field) && object.get(field).isNull();
    }

    boolean isText(final String field) {
        return has(field) && object.get(field).isString();
    }

    JsonNode require(final String field) throws NetworkFormatException {
        if (!has(field)) {
            throw fail("has no field '" + field + "'");
        }
        return object.get(field);
    }

    String text(final String field) throws NetworkFormatException {
        final JsonNode value = require(field);
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw wrong(field, value, "a text");
        }
        return value.stringValue();
    }

    int integer(final String field) throws NetworkFormatException {
        return integer(field, require(field));
    }

    private int integer(final String field, final JsonNode value) throws NetworkFormatException {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(field, value, "a whole number below 2^31");
        }
        return value.intValue();
    }

    int integer(final String field, final int otherwise) throws NetworkFormatException {
        return has(field) ? integer(field) : otherwise;
    }

    /** One number for both axes, or [y, x]. */
    int[] pair(final String field) throws NetworkFormatException {
        final JsonNode value = require(field);
        if (value.isArray()) {
            if (value.size() != 2) {
                throw wrong(field, value, "a whole number or two of them [y, x]");
            }
            return new int[] {integer(field, value.get(0)), integer(field, value.get(1))};
        }
        return new int[] {integer(field, value), value.intValue()};
    }

    int[] pair(final String field, final int[] otherwise) throws NetworkFormatException {
        return has(field) ? pair(field) : otherwise;
    }

    double number(final String field, final double otherwise) throws NetworkFormatException {
        return has(field) ? number(field) : otherwise;
    }

    double number(final String field) throws NetworkFormatException {
        final JsonNode value = require(field);
        if (!value.isNumber()) {
            throw wrong(field, value, "a number");
        }
        // a whole number of hundreds of digits: doubleValue() refuses it, with an exception of its own
        return value.isBigInteger() ? value.bigIntegerValue().doubleValue() : value.doubleValue();
    }

    boolean flag(final String field, final boolean otherwise) throws NetworkFormatException {
        if (!has(field)) {
            return otherwise;
        }
        final JsonNode value = require(field);
        if (!value.isBoolean()) {
            throw wrong(field, value, "true or false");
        }
        return value.booleanValue();
    }

    JsonNode list(final String field) throws NetworkFormatException {
        final JsonNode value = require(field);
        if (!value.isArray()) {
            throw wrong(field, value, "a list");
        }
        return value;
    }

    /** An error at this object. */
    NetworkFormatException fail(final String what) {
        failed = true;
        return new NetworkFormatException(place + ": " + what);
    }

    private NetworkFormatException wrong(final String field, final JsonNode found, final String expected) {
        return fail("field '" + field + "' is " + kind(found) + ", expected " + expected);
    }

    private static String kind(final JsonNode node) {
        if (node.isObject()) {
            return "an object";
        }
        if (node.isArray()) {
            return "a list of " + node.size();
        }
        final String text = node.toString();
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }

    /** Refuses fields that were not asked for. */
    @Override
    public void close() throws NetworkFormatException {
        if (failed) {
            return;
        }
        for (final String field : object.propertyNames()) {
            if (!asked.contains(field)) {
                throw new NetworkFormatException(place + ": unknown field '" + field + "', expected one of " + asked);
            }
        }
    }
}
