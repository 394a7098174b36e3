package org.spikemeter.engine.energy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.spikemeter.engine.io.JsonFields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The price models that come with the engine; they are data, in {@code price-models.json}. */
public final class PriceModels {
    /** Name of the model with the constants that most papers take. */
    public static final String DEFAULT = "45nm-float32";
    /** Name of the model that prices neuron updates too. */
    public static final String WITH_NEURONS = "45nm-float32-neurons";
    /** Name of the model that prices neuron updates and memory too. */
    public static final String WITH_MEMORY = "45nm-float32-memory";
    /** Name of the model of 8-bit arithmetic. */
    public static final String INT8 = "45nm-int8";

    /** Name of the model of 8-bit weights that are added up in 32 bits. */
    public static final String INT8_SUMS = "45nm-int8-acc32";

    private static final String RESOURCE = "price-models.json";
    private static final List<PriceModel> MODELS = load();

    private PriceModels() {
    }

    /** All models. */
    public static List<PriceModel> all() {
        return MODELS;
    }

    /** Names of all models, with commas between. */
    public static String names() {
        return MODELS.stream().map(PriceModel::name).collect(Collectors.joining(", "));
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
        throw new IllegalArgumentException("no price model '" + name + "': expected one of " + names());
    }

    private static List<PriceModel> load() {
        try (InputStream json = PriceModels.class.getResourceAsStream(RESOURCE)) {
            final List<PriceModel> models = new ArrayList<>();
            for (final JsonNode node : JsonMapper.shared().readTree(json)) {
                try (JsonFields fields = JsonFields.of(RESOURCE, node, PriceFile.FORMAT)) {
                    models.add(PriceFile.model(fields));
                }
            }
            return List.copyOf(models);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
