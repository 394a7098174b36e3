package org.spikemeter.runtime.report;

import java.util.List;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.integer.Quantisation;
import org.spikemeter.runtime.run.FloatRun;
import tools.jackson.databind.node.ObjectNode;

/** Integers beside floating point, as JSON. */
final class IntegerJson {
    private IntegerJson() {
    }

    /** The field {@code quantisation}. */
    static void addQuantisation(
        final ObjectNode json, final Quantisation quantisation, final List<String> notes) {
        json.put("weightBits", quantisation.weightBits()).put("membraneBits", quantisation.membraneBits());
        notes.forEach(json.putArray("notes")::add);
    }

    /** The field {@code float} of a run. */
    static void addFloat(final ObjectNode json, final FloatRun floating) {
        final OperationCounts counts = floating.counts();
        json.put("label", floating.label().orElse(null));
        final ObjectNode groups = json.putObject("groups");
        floating.vote().ifPresent(vote -> vote.groups().forEach(group -> groups.put(group.label(), group.rate())));
        for (final Operation operation : List.of(Operation.SPIKES, Operation.SYNAPTIC_ACCUMULATES,
            Operation.SYNAPTIC_MULTIPLY_ACCUMULATES)) {
            json.put(operation.key(), counts.total(operation));
        }
        json.put("differingSpikes", floating.differing()).put("differingRate", IntegerText.rate(floating));
        EnergyJson.add(json.putObject("energy"), floating.energy());
    }
}
