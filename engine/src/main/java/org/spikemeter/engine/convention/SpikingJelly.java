package org.spikemeter.engine.convention;

import java.util.List;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Tensor;

/** SpikingJelly's op counters under its DispatchCounterMode, one forward pass a step, on its own neurons. */
public final class SpikingJelly implements Convention {
    private static final double ACC_PICOJOULES = 0.9;
    private static final double MAC_PICOJOULES = 4.6;

    @Override
    public String name() {
        return "spikingjelly";
    }

    @Override
    public String definition() {
        return "a spike tensor's border-exact fan-out as AC, any other input's dense size as MAC; batch norm, pools and"
            + " the neurons' additions too";
    }

    @Override
    public String source() {
        return "fangwei123456/spikingjelly afb1322: activation_based/op_counter/{ac, mac, synop, compute_energy}.py,"
            + " functional/neuron.py";
    }

    @Override
    public List<String> quirks() {
        return List.of("one element that is not 0 or 1 makes the whole call dense MACs, padded taps included",
            "zero weights are counted, bias is not", "a PLIF or LIF neuron is 6 AC a step with hard reset, 5 with soft,"
            + " whether anything reaches it or not; its multiplications are not counted",
            "an addition of two binary tensors counts their ones only: zeros on zeros at step 0 are free",
            "weights that are all 0 or 1 make accumulates of any input");
    }

    @Override
    public Counter over(final EventLog log) {
        return new SpikingJellyCounter(this, log);
    }

    private static final class SpikingJellyCounter extends Counter {
        private final Tally synop = tally("synop", true);

        SpikingJellyCounter(final Convention convention, final EventLog log) {
            super(convention, log, "acc", "mac", true);
        }

        @Override
        void call(final LayerCall call) {
            terms.start(call);
            if (call.isSynaptic()) {
                synapses(call);
                return;
            }
            terms.to(Term.ONE_TO_ONE, 0, 0);
            switch (call.layer) {
                case Layer.BatchNorm norm -> {
                    final long size = call.inputShape.size();
                    operations(call, size + norm.weight().size(), size);
                    terms.add(Term.BATCH_NORM, size + norm.weight().size(), size);
                }
                case Layer.Pool2d pool -> {
                    final long adds = poolAdditions(pool, call);
                    operations(call, adds, 0);
                    terms.add(Term.POOLING, adds, 0);
                }
                case Layer.Neurons _ -> {
                    final SpikingJellyNeuron neuron = new SpikingJellyNeuron(call);
                    operations(call, neuron.leak + neuron.update + neuron.reset, 0);
                    terms.add(Term.LEAK, neuron.leak, 0);
                    terms.add(Term.NEURON_UPDATES, neuron.update, 0);
                    terms.add(Term.RESETS, neuron.reset, 0);
                }
                default -> { }
            }
        }

        private void synapses(final LayerCall call) {
            final Synapses counted = Synapses.of(call);
            operations(call, counted.acc, counted.mac);
            count(synop, call, counted.acc);
            explain(terms, call, counted);
        }

        @Override
        void finish() {
            figure(ConventionResult.COMPUTE_ENERGY, accumulates() * ACC_PICOJOULES + multiplies() * MAC_PICOJOULES);
        }
    }

    /** From what was executed to what is counted, of a synaptic layer. */
    static void explain(final Terms terms, final LayerCall call, final Synapses counted) {
        final Pairs pairs = call.pairs;
        terms.to(Term.POOLED_VALUES, pairs.ofOnes(), pairs.all() - pairs.ofOnes());
        if (call.input().isBinary()) {
            terms.to(Term.BINARY_WEIGHTS, counted.acc, 0);
            return;
        }
        terms.to(Term.POISONED_FRAMES, 0, pairs.all());
        if (counted.mac == 0) {
            terms.to(Term.BINARY_WEIGHTS, counted.acc, 0);
            return;
        }
        terms.to(Term.SILENT_INPUTS, 0, call.synapses);
        terms.to(Term.PADDED_TAPS, 0, counted.mac);
    }

    /** Additions of an average or sum pool: one less than the window has elements, an output. */
    static long poolAdditions(final Layer.Pool2d pool, final LayerCall call) {
        return pool.pooling() == Layer.Pooling.MAX ? 0
            : (long) call.outputShape.size() * (pool.window().kernelY() * pool.window().kernelX() - 1);
    }

    /**
     * What a call of a synaptic layer counts.
     *
     * @param acc accumulates, which are its synaptic operations too
     * @param mac multiply-accumulates
     */
    record Synapses(long acc, long mac) {
        static Synapses of(final LayerCall call) {
            final long binaryWeights = onesIfBinary(call.layer);
            if (call.input().isBinary()) {
                return new Synapses(
                    binaryWeights < 0 ? call.pairs.all() : call.pairs.all() - call.pairs.zeroWeights(), 0);
            }
            return binaryWeights < 0 ? new Synapses(0, call.denseOperations)
                : new Synapses(binaryWeights * call.outputShape.pixels(), 0);
        }

        /** Number of ones where all weights are 0 or 1; -1 where they are not. */
        private static long onesIfBinary(final Layer layer) {
            final Tensor weight = switch (layer) {
                case Layer.Conv2d conv -> conv.weight();
                case Layer.Linear linear -> linear.weight();
                default -> null;
            };
            if (weight == null) {
                return -1;
            }
            long ones = 0;
            for (int i = 0; i < weight.size(); i++) {
                final float value = weight.get(i);
                if (value != 0.0f && value != 1.0f) {
                    return -1;
                }
                ones += value == 1.0f ? 1 : 0;
            }
            return ones;
        }
    }
}
