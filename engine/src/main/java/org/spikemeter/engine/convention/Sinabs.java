package org.spikemeter.engine.convention;

import java.util.List;
import org.spikemeter.engine.log.EventLog;

/** sinabs' synops hooks on one flat Sequential, one call a step, computed in float64. */
public final class Sinabs implements Convention {
    @Override
    public String name() {
        return "sinabs";
    }

    @Override
    public String definition() {
        return "sum of the inputs' values times their fan-out, times the window size of average pools before";
    }

    @Override
    public String source() {
        return "synsense/sinabs 904eb89: sinabs/hooks.py conv_layer_synops_hook, linear_layer_synops_hook,"
            + " ModelSynopsHook";
    }

    @Override
    public List<String> quirks() {
        return List.of("events of -1 subtract, a value of 0.25 counts a quarter",
            "overlapping pools are multiplied by their window size all the same",
            "no bias, no batch norm, no neurons",
            "sinabs sums in float32, this in float64: within 1e-5 of each other");
    }

    @Override
    public Counter over(final EventLog log) {
        return new Counter(this, log, "synops", null, false) {
            @Override
            void call(final LayerCall call) {
                terms.start(call);
                if (!call.isSynaptic()) {
                    terms.to(Term.ONE_TO_ONE, 0, 0);
                    return;
                }
                final double synops = call.pairs.weighted() * call.averagedElements;
                operations(call, synops, 0);
                terms.to(Term.REAL_VALUES, call.pairsBeforePools.weighted(), 0);
                terms.to(Term.ROUNDING, synops, 0);
            }
        };
    }
}
