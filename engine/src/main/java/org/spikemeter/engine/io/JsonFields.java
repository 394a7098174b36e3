package org.spikemeter.engine.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.spikemeter.engine.FormatException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of one object of a JSON file, each asked for once; {@link #close} refuses those that nobody asked for.
 * Messages name the place: the file and, in it, the object.
 */
public final class JsonFields implements AutoCloseable {
    /** An object of two characters becomes forty times as many bytes. */
    private static final long MAX_BYTES = 2L << 20;
    private static final JsonMapper MAPPER =
        JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final String place;
    private final JsonNode object;
    private final Set<String> asked = new TreeSet<>();
    private boolean failed;

    /**
     * The fields of an object.
     *
     * @param place what to call it in messages
     * @throws FormatException where it is no object
     */
    public JsonFields(final String place, final JsonNode object) throws FormatException {
        this.place = place;
        this.object = object;
        if (object.isMissingNode()) {
            throw new FormatException(place + ": the file is empty, expected an object");
        }
        if (!object.isObject()) {
            throw new FormatException(place + ": found " + kind(object) + ", expected an object");
        }
    }

    /**
     * Reads a file whose field {@code format} says what it is.
     *
     * @param what what to call such a file in messages
     * @throws FormatException where it is none
     * @throws IOException where it cannot be read
     */
    public static JsonFields read(final Path file, final String format, final String what) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FormatException(file + ": " + (Files.exists(file) ? "not a regular file" : "no such file")
                + ", expected " + what + " (JSON, " + format + ")");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new FormatException(file + ": " + Files.size(file) + " bytes, expected " + what + " of at most "
                + MAX_BYTES);
        }
        try {
            return of(file.toString(), MAPPER.readTree(Files.readAllBytes(file)), format);
        } catch (final JacksonException e) {
            final String where = e.getLocation() == null ? ""
                : " (line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ")";
            throw new FormatException(file + ": not JSON: " + e.getOriginalMessage().lines().findFirst()
                .orElse("") + where, e);
        }
    }

    /** The fields of an object whose field {@code format} says what it is. */
    public static JsonFields of(final String place, final JsonNode object, final String format)
        throws FormatException {
        final JsonFields fields = new JsonFields(place, object);
        final String found = fields.text("format");
        if (!found.equals(format)) {
            throw fields.fail("field 'format' is \"" + found + "\", expected \"" + format + "\"");
        }
        return fields;
    }

    /** What it is called in messages. */
    public String place() {
        return place;
    }

    /** True where the field is there, be it null. */
    public boolean has(final String field) {
        asked.add(field);
        return object.has(field);
    }

    /** True where the field is there and null. */
    public boolean isNull(final String field) {
        return has(field) && object.get(field).isNull();
    }

    /** True where the field is there and a text. */
    public boolean isText(final String field) {
        return has(field) && object.get(field).isString();
    }

    /** A field that must be there. */
    public JsonNode require(final String field) throws FormatException {
        if (!has(field)) {
            throw fail("has no field '" + field + "'");
        }
        return object.get(field);
    }

    /** A text that is not empty. */
    public String text(final String field) throws FormatException {
        final JsonNode value = require(field);
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw wrong(field, value, "a text");
        }
        return value.stringValue();
    }

    /** A whole number below 2^31. */
    public int integer(final String field) throws FormatException {
        return integer(field, require(field));
    }

    private int integer(final String field, final JsonNode value) throws FormatException {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(field, value, "a whole number below 2^31");
        }
        return value.intValue();
    }

    /** A whole number below 2^31, or what stands for none. */
    public int integer(final String field, final int otherwise) throws FormatException {
        return has(field) ? integer(field) : otherwise;
    }

    /** One number for both axes, or [y, x]. */
    public int[] pair(final String field) throws FormatException {
        final JsonNode value = require(field);
        if (value.isArray()) {
            if (value.size() != 2) {
                throw wrong(field, value, "a whole number or two of them [y, x]");
            }
            return new int[] {integer(field, value.get(0)), integer(field, value.get(1))};
        }
        return new int[] {integer(field, value), value.intValue()};
    }

    /** As {@link #pair(String)}, or what stands for none. */
    public int[] pair(final String field, final int[] otherwise) throws FormatException {
        return has(field) ? pair(field) : otherwise;
    }

    /** A number, or what stands for none. */
    public double number(final String field, final double otherwise) throws FormatException {
        return has(field) ? number(field) : otherwise;
    }

    /** A number. */
    public double number(final String field) throws FormatException {
        final JsonNode value = require(field);
        if (!value.isNumber()) {
            throw wrong(field, value, "a number");
        }
        // a whole number of hundreds of digits: doubleValue() refuses it, with an exception of its own
        return value.isBigInteger() ? value.bigIntegerValue().doubleValue() : value.doubleValue();
    }

    /** True or false, or what stands for none. */
    public boolean flag(final String field, final boolean otherwise) throws FormatException {
        if (!has(field)) {
            return otherwise;
        }
        final JsonNode value = require(field);
        if (!value.isBoolean()) {
            throw wrong(field, value, "true or false");
        }
        return value.booleanValue();
    }

    /** A list. */
    public JsonNode list(final String field) throws FormatException {
        final JsonNode value = require(field);
        if (!value.isArray()) {
            throw wrong(field, value, "a list");
        }
        return value;
    }

    /** An error at this object. */
    public FormatException fail(final String what) {
        failed = true;
        return new FormatException(place + ": " + what);
    }

    private FormatException wrong(final String field, final JsonNode found, final String expected) {
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
    public void close() throws FormatException {
        if (failed) {
            return;
        }
        for (final String field : object.propertyNames()) {
            if (!asked.contains(field)) {
                throw new FormatException(place + ": unknown field '" + field + "', expected one of " + asked);
            }
        }
    }
}
