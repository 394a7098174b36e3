package org.spikemeter.engine.convention;

import java.util.List;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.network.Network;

/**
 * The formula behind the 0.41 mJ of "Spiking Emotions" (CEUR-WS Vol-3331, paper 8, Table II): dense operations times
 * the density of the input's events, the same for every layer; the first frame apart, as MACs of the first layer.
 */
public final class Paper implements Convention {
    /** Price of an ACC in the paper, pJ. */
    public static final double ACC_PICOJOULES = 0.9;
    /** Price of a MAC in the paper, pJ. */
    public static final double MAC_PICOJOULES = 4.6;

    @Override
    public String name() {
        return "paper";
    }

    @Override
    public String definition() {
        return "first layer, first step: dense MACs; all else: dense operations x density of the input's events,"
            + " as ACC";
    }

    @Override
    public String source() {
        return "Spiking Emotions, CEUR-WS Vol-3331 paper 8, Table II, taken apart in docs/counting.md";
    }

    @Override
    public List<String> quirks() {
        return List.of("the input's density stands for every layer, whatever the layers fire at",
            "taps in the padding are counted", "nothing but synaptic operations costs energy",
            "the density is that of the input's addresses (channels) over all steps but the first");
    }

    @Override
    public Counter over(final EventLog log) {
        return new PaperCounter(this, log);
    }

    /** Needs the density of the whole run, so it counts at the end. */
    private static final class PaperCounter extends Counter {
        private final long[] existing = new long[log.network().layers().size()];
        private long inputEvents;

        PaperCounter(final Convention convention, final EventLog log) {
            super(convention, log, "acc", "mac", false);
        }

        @Override
        void call(final LayerCall call) {
            if (call.index == 0 && call.step > 0) {
                inputEvents += call.input().nonZero();
            }
            if (call.isSynaptic() || call.executedAcc + call.executedMac > 0) {
                terms.start(call);
                // what is executed is taken back here and put in again as the paper has it, in finish()
                terms.to(Term.INPUT_DENSITY, 0, 0);
            }
            if (call.isSynaptic()) {
                existing[call.index] = call.synapses;
            }
        }

        @Override
        void finish() {
            final Network network = log.network();
            final double places = (double) network.input().size() * Math.max(1, log.steps() - 1);
            final double density = inputEvents / places;
            boolean first = true;
            for (int layer = 0; layer < existing.length; layer++) {
                if (existing[layer] == 0) {
                    continue;
                }
                final double dense = network.denseOperations(layer);
                for (int step = 0; step < log.steps(); step++) {
                    final boolean frame = first && step == 0;
                    operations(layer, step, frame ? 0 : density * dense, frame ? dense : 0);
                    terms.add(Term.INPUT_DENSITY, frame ? 0 : density * existing[layer], frame ? existing[layer] : 0);
                    terms.add(Term.PADDED_TAPS, frame ? 0 : density * (dense - existing[layer]),
                        frame ? dense - existing[layer] : 0);
                }
                first = false;
            }
            figure("inputDensity", density);
            figure(ConventionResult.ENERGY, accumulates() * ACC_PICOJOULES + multiplies() * MAC_PICOJOULES);
        }
    }
}
