package org.spikemeter.engine.convention;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.neuron.Plif;

/** NeuroBench's metrics of a network that is called once a step, with the neurons' activations hooked. */
public final class NeuroBench implements Convention {
    private static final int FLOAT_BYTES = 4;
    /** {@code num_batches_tracked}, an int64, is a buffer of every batch norm. */
    private static final int BATCHES_TRACKED_BYTES = 8;

    @Override
    public String name() {
        return "neurobench";
    }

    @Override
    public String definition() {
        return "pairs of a non-zero input and a non-zero weight behind it; AC where the whole call's input is -1, 0"
            + " or 1, else MAC";
    }

    @Override
    public String source() {
        return "NeuroBench/neurobench e521c28: metrics/utils/layers/macs.py single_layer_MACs, metrics/workload/"
            + "{synaptic_operations, activation_sparsity, membrane_updates}.py, metrics/static/{footprint,"
            + " connection_sparsity}.py";
    }

    @Override
    public List<String> quirks() {
        return List.of("one element that is not -1, 0 or 1 makes the whole call MACs; so do pooled values",
            "no bias, no batch norm, no neurons", "connectionSparsity is rounded to 4 decimals",
            "footprintBytes includes 8 bytes of num_batches_tracked for each batch norm",
            "membraneUpdates counts every neuron at step 0; with SpikingJelly's neurons NeuroBench itself reports 0");
    }

    @Override
    public Counter over(final EventLog log) {
        return new NeuroBenchCounter(this, log);
    }

    private static final class NeuroBenchCounter extends Counter {
        private final Tally dense = tally("dense", true);
        private final Tally membraneUpdates = tally("membraneUpdates", true);
        private long activations;
        private long spikes;

        NeuroBenchCounter(final Convention convention, final EventLog log) {
            super(convention, log, "acc", "mac", true);
        }

        @Override
        void call(final LayerCall call) {
            if (call.layer instanceof Layer.Neurons) {
                count(membraneUpdates, call, call.membraneChanges);
                activations += call.outputShape.size();
                spikes += call.spikeCount;
            }
            if (!call.isSynaptic()) {
                if (call.executedAcc + call.executedMac > 0) {
                    terms.start(call);
                    terms.to(Term.ONE_TO_ONE, 0, 0);
                }
                return;
            }
            final Pairs pairs = call.pairs;
            final boolean spiking = call.input().isTernary();
            final double operations = pairs.all() - pairs.zeroWeights();
            operations(call, spiking ? operations : 0, spiking ? 0 : operations);
            count(dense, call, call.synapses);

            terms.start(call);
            terms.to(Term.POOLED_VALUES, pairs.ofOnes(), pairs.all() - pairs.ofOnes());
            terms.to(Term.SIGNED_EVENTS, pairs.ofOnes() + pairs.ofMinusOnes(),
                pairs.all() - pairs.ofOnes() - pairs.ofMinusOnes());
            terms.to(Term.POISONED_FRAMES, spiking ? pairs.all() : 0, spiking ? 0 : pairs.all());
            terms.to(Term.ZERO_WEIGHTS, spiking ? operations : 0, spiking ? 0 : operations);
        }

        @Override
        void finish() {
            figure("activationSparsity", activations == 0 ? 0.0 : (activations - spikes) / (double) activations);
            figure("connectionSparsity", connectionSparsity(log.network()));
            figure("footprintBytes", footprint(log.network()));
        }
    }

    private static double connectionSparsity(final Network network) {
        long zeros = 0;
        long weights = 0;
        for (final Layer layer : network.layers()) {
            final Tensor tensor = switch (layer) {
                case Layer.Conv2d conv -> conv.weight();
                case Layer.Linear linear -> linear.weight();
                default -> null;
            };
            for (int i = 0; tensor != null && i < tensor.size(); i++) {
                zeros += tensor.get(i) == 0.0f ? 1 : 0;
                weights++;
            }
            if (layer instanceof Layer.Sparse sparse) {
                weights += sparse.connections().synapses();
            }
        }
        // a quotient of two integer tensors is a float32; Python's round() then takes its decimal digits
        return weights == 0 ? 0.0
            : new BigDecimal((double) ((float) zeros / weights)).setScale(4, RoundingMode.HALF_EVEN).doubleValue();
    }

    private static double footprint(final Network network) {
        long bytes = 0;
        for (final Layer layer : network.layers()) {
            bytes += switch (layer) {
                case Layer.Conv2d conv -> bytes(conv.weight()) + bytes(conv.bias());
                case Layer.Linear linear -> bytes(linear.weight()) + bytes(linear.bias());
                case Layer.Sparse sparse ->
                    (long) FLOAT_BYTES * sparse.connections().synapses() + bytes(sparse.bias());
                case Layer.BatchNorm norm -> 4 * bytes(norm.weight()) + BATCHES_TRACKED_BYTES;
                case Layer.Neurons neurons -> neurons.model() instanceof Plif ? FLOAT_BYTES : 0;
                case Layer.Pool2d _, Layer.Flatten _, Layer.Euler _, Layer.Sum _, Layer.Concat _, Layer.Relu _,
                    Layer.Scale _ -> 0;
            };
        }
        return bytes;
    }

    private static long bytes(final Tensor tensor) {
        return tensor == null ? 0 : (long) FLOAT_BYTES * tensor.size();
    }
}
