package org.spikemeter.engine.energy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spikemeter.engine.count.Operation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The price models that come with the engine; they are data, in {@code price-models.json}. */
public final class PriceModels {
    /** Name of the model with the constants that most papers take. */
    public static final String DEFAULT = "45nm-float32";

    private static final List<PriceModel> MODELS = load();

    private PriceModels() {
    }

    /** All models. */
    public static List<PriceModel> all() {
        return MODELS;
    }

    /**
     * The model of a name.
     *
     * @throws IllegalArgumentException where there is none, with the names that there are
     */
    public static PriceModel byName(final String name) {
        for (final PriceModel model : MODELS) {
            if (model.name().equals(name)) {
                return model;
            }
        }
        throw new IllegalArgumentException("no price model '" + name + "': expected one of "
            + String.join(", ", MODELS.stream().map(PriceModel::name).toList()));
    }

    private static List<PriceModel> load() {
        try (InputStream json = PriceModels.class.getResourceAsStream("price-models.json")) {
            final List<PriceModel> models = new ArrayList<>();
            for (final JsonNode node : JsonMapper.shared().readTree(json)) {
                models.add(model(node));
            }
            return List.copyOf(models);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PriceModel model(final JsonNode node) {
        final Set<Operation> scope = EnumSet.noneOf(Operation.class);
        for (final JsonNode key : node.required("scope")) {
            scope.add(Operation.ofKey(key.stringValue()));
        }
        final Map<Operation, Price> prices = new EnumMap<>(Operation.class);
        for (final Map.Entry<String, JsonNode> price : node.required("prices").properties()) {
            prices.put(Operation.ofKey(price.getKey()), new Price(
                price.getValue().required("picojoules").doubleValue(),
                price.getValue().required("source").stringValue()));
        }
        return new PriceModel(node.required("name").stringValue(), node.required("description").stringValue(),
            node.required("nodeNanometres").doubleValue(), node.required("bits").intValue(),
            Boundary.valueOf(node.required("boundary").stringValue()), scope, prices);
    }
}
