package org.spikemeter.runtime.report;

import java.util.List;
import org.spikemeter.engine.convention.ConventionResult;
import org.spikemeter.engine.convention.Tally;
import org.spikemeter.engine.network.Network;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The field {@code conventions}: how others would have counted the same run. */
public final class ConventionsJson {
    private ConventionsJson() {
    }

    /** Adds one object for each convention: totals, where they come from, and its layers with their steps. */
    public static void add(final ObjectNode conventions, final List<ConventionResult> results) {
        for (final ConventionResult result : results) {
            final ObjectNode json = conventions.putObject(result.convention().name());
            for (final Tally tally : result.tallies()) {
                put(json, tally.key(), tally.total(), tally.isIntegral());
            }
            result.figures().forEach((key, value) -> put(json, key, value, key.endsWith("Bytes")));
            json.put("definition", result.convention().definition());
            json.put("source", result.convention().source());
            result.convention().quirks().forEach(json.putArray("quirks")::add);
            addLayers(json.putArray("layers"), result);
        }
    }

    /** A number, without a fraction where it has none by its nature. */
    static void put(final ObjectNode json, final String key, final double value, final boolean integral) {
        if (integral) {
            json.put(key, (long) value);
        } else {
            json.put(key, value);
        }
    }

    private static void addLayers(final ArrayNode layers, final ConventionResult result) {
        final Network network = result.network();
        for (int layer = 0; layer < network.layers().size(); layer++) {
            ObjectNode json = null;
            for (final Tally tally : result.tallies()) {
                if (tally.has(layer)) {
                    if (json == null) {
                        json = layers.addObject().put("name", network.layers().get(layer).name());
                    }
                    final ArrayNode steps = json.putArray(tally.key());
                    for (final double count : tally.steps(layer)) {
                        if (tally.isIntegral()) {
                            steps.add((long) count);
                        } else {
                            steps.add(count);
                        }
                    }
                }
            }
        }
    }
}
