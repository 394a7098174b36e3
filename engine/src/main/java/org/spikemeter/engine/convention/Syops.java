package org.spikemeter.engine.convention;

import java.util.List;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.network.Layer;

/** syops-counter's hooks, one call a step, summed over the calls. */
public final class Syops implements Convention {
    @Override
    public String name() {
        return "syops";
    }

    @Override
    public String definition() {
        return "dense operations, padding and bias included: x mean input as AC where the input has at most two values"
            + " from 0 to 1, else MAC; pools, batch norm and neurons too";
    }

    @Override
    public String source() {
        return "iCGY96/syops-counter 4232f77: syops/ops.py";
    }

    @Override
    public List<String> quirks() {
        return List.of("{0, 1/4} and a constant 1/2 pass as spikes; -1 and 2 do not",
            "a call that is no spike is billed densely, zeros too", "AC is size times float32 rate, not a whole number",
            "taps in the padding are counted", "neurons are one AC each, batch norm two MAC",
            "get_model_complexity_info divides by the first axis of its input; this is the sum");
    }

    @Override
    public Counter over(final EventLog log) {
        return new SyopsCounter(this, log);
    }

    private static final class SyopsCounter extends Counter {
        private final Tally total = tally("total", true);

        SyopsCounter(final Convention convention, final EventLog log) {
            super(convention, log, "acc", "mac", false);
        }

        @Override
        void call(final LayerCall call) {
            switch (call.layer) {
                case Layer.Conv2d _, Layer.Linear _, Layer.Sparse _ -> synapses(call);
                case Layer.Pool2d _ -> other(call, call.inputShape.size(), Term.POOLING);
                case Layer.BatchNorm _ -> other(call, 2.0 * call.inputShape.size(), Term.BATCH_NORM);
                case Layer.Neurons _ -> {
                    oneToOne(call);
                    final double neurons = call.inputShape.size();
                    operations(call, neurons, 0);
                    count(total, call, neurons);
                    terms.add(Term.NEURON_UPDATES, neurons, 0);
                }
                case Layer.Flatten _, Layer.Euler _, Layer.Sum _, Layer.Concat _, Layer.Relu _,
                    Layer.Scale _ -> oneToOne(call);
            }
        }

        private void oneToOne(final LayerCall call) {
            terms.start(call);
            terms.to(Term.ONE_TO_ONE, 0, 0);
        }

        private void other(final LayerCall call, final double size, final Term term) {
            oneToOne(call);
            final boolean spike = call.input().isTwoLevels();
            final double acc = spike ? size * call.input().meanInFloat32() : 0;
            operations(call, acc, spike ? 0 : size);
            count(total, call, size);
            terms.add(term, acc, spike ? 0 : size);
        }

        private void synapses(final LayerCall call) {
            final double bias = call.hasBias() ? call.outputShape.size() : 0;
            final double size = call.denseOperations + bias;
            final boolean spike = call.input().isTwoLevels();
            final double rate = spike ? call.input().meanInFloat32() : 1.0;
            operations(call, spike ? size * rate : 0, spike ? 0 : size);
            count(total, call, size);

            final Pairs pairs = call.pairs;
            terms.start(call);
            terms.to(Term.POOLED_VALUES, pairs.ofOnes(), pairs.all() - pairs.ofOnes());
            if (spike) {
                terms.to(Term.TWO_LEVELS, pairs.all(), 0);
                terms.to(Term.MEAN_RATE, rate * call.synapses, 0);
                terms.add(Term.PADDED_TAPS, rate * (call.denseOperations - call.synapses), 0);
                terms.add(Term.BIAS, rate * bias, 0);
            } else {
                terms.to(Term.POISONED_FRAMES, 0, pairs.all());
                terms.to(Term.SILENT_INPUTS, 0, call.synapses);
                terms.add(Term.PADDED_TAPS, 0, call.denseOperations - call.synapses);
                terms.add(Term.BIAS, 0, bias);
            }
        }
    }
}
