package org.spikemeter.runtime.report;

import java.util.Optional;
import org.spikemeter.engine.energy.EnergyEstimate;
import org.spikemeter.engine.energy.Interval;
import org.spikemeter.engine.energy.PriceModel;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Energies as JSON: a number, [lowest, highest] where sources disagree, null where a price is missing. */
final class EnergyJson {
    private EnergyJson() {
    }

    /** The field {@code energy} of a run. */
    static void add(final ObjectNode json, final EnergyEstimate energy) {
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
            put(node, "pricePicojoules", Optional.ofNullable(line.price()).map(price -> price.picojoules()));
            node.put("source", line.sources().isEmpty() ? null : String.join("; ", line.sources()));
            put(node, "picojoules", line.energy());
        }
        put(json, "totalPicojoules", energy.total());
        final ArrayNode unpriced = json.putArray("unpriced");
        energy.unpriced().forEach(operation -> unpriced.add(operation.key()));
    }

    static void put(final ObjectNode json, final String key, final Optional<Interval> energy) {
        if (energy.isEmpty()) {
            json.putNull(key);
        } else if (energy.get().isPoint()) {
            json.put(key, energy.get().low());
        } else {
            json.putArray(key).add(energy.get().low()).add(energy.get().high());
        }
    }
}
