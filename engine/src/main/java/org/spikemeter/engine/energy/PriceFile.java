package org.spikemeter.engine.energy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.io.JsonFields;
import tools.jackson.databind.JsonNode;

/** Reader of a price model: JSON, format "spikemeter-prices/1"; {@code docs/prices.md} describes it. */
public final class PriceFile {
    /** What the field {@code format} must say. */
    public static final String FORMAT = "spikemeter-prices/1";

    private PriceFile() {
    }

    /**
     * Reads a model.
     *
     * @throws FormatException naming file, operation and field, where something is missing, negative or unknown
     * @throws IOException where it cannot be read
     */
    public static PriceModel read(final Path file) throws IOException {
        try (JsonFields fields = JsonFields.read(file, FORMAT, "a price model")) {
            return model(fields);
        }
    }

    static PriceModel model(final JsonFields fields) throws FormatException {
        final String name = fields.text("name");
        final String description = fields.text("description");
        final double node = positive(fields, "nodeNanometres");
        final int bits = (int) positive(fields, "bits");
        final Boundary boundary = boundary(fields);
        final Set<Operation> scope = EnumSet.noneOf(Operation.class);
        for (final JsonNode key : fields.list("scope")) {
            scope.add(operation(fields, key.isString() ? key.stringValue() : key.toString()));
        }
        final Defaults defaults = new Defaults(node, bits, boundary);
        final Map<Operation, Price> prices = new EnumMap<>(Operation.class);
        final JsonNode list = fields.require("prices");
        if (!list.isObject()) {
            throw fields.fail("field 'prices' is no object, expected one field for each operation");
        }
        for (final Map.Entry<String, JsonNode> entry : list.properties()) {
            prices.put(operation(fields, entry.getKey()),
                price(fields.place() + ": price of '" + entry.getKey() + "'", entry.getValue(), defaults));
        }
        final MemoryPrices memory = fields.has("memory") ? memory(fields, defaults) : null;
        try {
            return new PriceModel(name, description, node, bits, boundary, scope, prices, memory);
        } catch (final IllegalArgumentException e) {
            throw fields.fail(e.getMessage());
        }
    }

    /** What a price has that does not say otherwise. */
    private record Defaults(double node, int bits, Boundary boundary) {}

    private static Operation operation(final JsonFields fields, final String key) throws FormatException {
        try {
            return Operation.ofKey(key);
        } catch (final IllegalArgumentException e) {
            throw fields.fail(e.getMessage());
        }
    }

    private static Boundary boundary(final JsonFields fields) throws FormatException {
        final String text = fields.text("boundary");
        for (final Boundary boundary : Boundary.values()) {
            if (boundary.name().equals(text)) {
                return boundary;
            }
        }
        throw fields.fail("field 'boundary' is \"" + text + "\", expected one of " + List.of(Boundary.values()));
    }

    private static double positive(final JsonFields fields, final String field) throws FormatException {
        final double value = fields.number(field);
        if (!(value > 0) || value > Integer.MAX_VALUE) {
            throw fields.fail("field '" + field + "' is " + value + ", expected a positive number");
        }
        return value;
    }

    private static Price price(final String place, final JsonNode node, final Defaults defaults)
        throws FormatException {
        final List<Price.Quote> quotes = new ArrayList<>();
        if (node.isArray()) {
            for (final JsonNode quote : node) {
                quotes.add(quote(place, quote, defaults));
            }
        } else {
            quotes.add(quote(place, node, defaults));
        }
        if (quotes.isEmpty()) {
            throw new FormatException(place + ": an empty list, expected at least one price");
        }
        return new Price(quotes);
    }

    private static Price.Quote quote(final String place, final JsonNode node, final Defaults defaults)
        throws FormatException {
        try (JsonFields fields = new JsonFields(place, node)) {
            return quote(fields, defaults);
        }
    }

    private static Price.Quote quote(final JsonFields fields, final Defaults defaults) throws FormatException {
        final double value = fields.number("value");
        if (!Double.isFinite(value) || value < 0) {
            throw fields.fail("field 'value' is " + value + ", expected a finite number, at least 0");
        }
        final String unit = fields.text("unit");
        if (!EnergyUnit.isKnown(unit)) {
            throw fields.fail("field 'unit' is \"" + unit + "\", expected one of " + EnergyUnit.NAMES);
        }
        return new Price.Quote(EnergyUnit.toPicojoules(value, unit),
            fields.has("nodeNanometres") ? positive(fields, "nodeNanometres") : defaults.node(),
            fields.has("bits") ? (int) positive(fields, "bits") : defaults.bits(),
            fields.has("boundary") ? boundary(fields) : defaults.boundary(), fields.text("source"));
    }

    private static MemoryPrices memory(final JsonFields model, final Defaults defaults) throws FormatException {
        final String place = model.place() + ": memory";
        try (JsonFields fields = new JsonFields(place, model.require("memory"))) {
            final int accessBits = (int) positive(fields, "accessBits");
            final List<MemoryPrices.Size> sizes = new ArrayList<>();
            for (final JsonNode node : fields.list("sizes")) {
                try (JsonFields size = new JsonFields(
                    String.format(Locale.ROOT, "%s: size %d", place, sizes.size()), node)) {
                    final long bytes = size.has("bytes") ? (long) positive(size, "bytes") : Long.MAX_VALUE;
                    sizes.add(new MemoryPrices.Size(bytes,
                        price(size.place(), size.require("price"), defaults)));
                }
            }
            try {
                return new MemoryPrices(accessBits, sizes);
            } catch (final IllegalArgumentException e) {
                throw fields.fail(e.getMessage());
            }
        }
    }
}
