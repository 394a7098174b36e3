package org.spikemeter.engine.convention;

import java.util.List;
import org.spikemeter.engine.log.EventLog;

/**
 * The operations that an event-driven machine executes: what {@link org.spikemeter.engine.count.Operation} calls ACC
 * and MAC, decided event by event, exact at the borders, spikes before linear pools counted each.
 */
public final class Executed implements Convention {
    @Override
    public String name() {
        return "executed";
    }

    @Override
    public String definition() {
        return "one ACC for each (spike, existing target), one MAC for each (analog event, existing target)";
    }

    @Override
    public String source() {
        return "this engine: docs/counting.md";
    }

    @Override
    public List<String> quirks() {
        return List.of("a spike under an average pool counts for each window that reads it, since pooling is linear",
            "weights that are 0 are counted, and counted apart in zeroWeightAcc and zeroWeightMac",
            "neurons, bias and folded batch norm are not in it; they are counted apart");
    }

    @Override
    public Counter over(final EventLog log) {
        return new Counter(this, log, "acc", "mac", true) {
            @Override
            void call(final LayerCall call) {
                if (call.isSynaptic() || call.executedAcc + call.executedMac > 0) {
                    operations(call, call.executedAcc, call.executedMac);
                    terms.start(call);
                }
            }
        };
    }
}
