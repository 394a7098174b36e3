package org.spikemeter.engine.convention;

import java.util.List;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.Charge;

/**
 * The published formulas of Lemaire et al., "An Analytical Estimation of Spiking Neural Networks Energy Efficiency"
 * (2022, arXiv 2210.13107), for a layer with theta events in, N neurons and T steps.
 */
public final class Lemaire implements Convention {
    private static final double ADD_PICOJOULES = 0.1;
    private static final double MULTIPLY_PICOJOULES = 3.1;
    private static final int BITS = 32;
    /** SRAM, pJ an access: slope for each bit of its size, and offset. */
    private static final double SRAM_PICOJOULES_A_BIT = 1.09e-5;
    private static final double SRAM_PICOJOULES = 13.2;

    @Override
    public String name() {
        return "lemaire";
    }

    @Override
    public String definition() {
        return "ACC = theta_in ceil(k/stride)^2 Cout + T N + theta_out, MAC = T N where leaky; reads, writes and"
            + " addressing from theta_in Cout k^2";
    }

    @Override
    public String source() {
        return "Lemaire et al. 2022, arXiv 2210.13107; prices (int32, SRAM as a line) as in LEAT-EDGE/qualia-plugin-snn"
            + " 15165fe, EnergyEstimationMetric.py";
    }

    @Override
    public List<String> quirks() {
        return List.of("theta counts events whatever their value: analog inputs and pooled values count as spikes",
            "every event reaches ceil(k/stride)^2 pixels of all channels, at borders and with groups too",
            "T N bias additions are counted also where there is no bias", "batch norm is taken as folded",
            "events lie in a memory as large as the layer's grid");
    }

    @Override
    public Counter over(final EventLog log) {
        return new LemaireCounter(this, log);
    }

    private static final class LemaireCounter extends Counter {
        private final Tally reads = tally("reads", true);
        private final Tally writes = tally("writes", true);
        private final Tally addressAcc = tally("addressAcc", true);
        private final Tally addressMac = tally("addressMac", true);
        private LayerCall synapses;
        private double memoryPicojoules;

        LemaireCounter(final Convention convention, final EventLog log) {
            super(convention, log, "acc", "mac", true);
        }

        @Override
        void call(final LayerCall call) {
            terms.start(call);
            if (call.isSynaptic()) {
                synapses = call;
                events(call);
            } else {
                terms.to(Term.ONE_TO_ONE, 0, 0);
            }
            if (call.layer instanceof Layer.Neurons neurons && synapses != null) {
                neurons(call, neurons);
            }
        }

        private void events(final LayerCall call) {
            final long theta = call.input().nonZero();
            final long spread = spread(call.layer);
            final long accumulates = theta * spread * call.outputShape.channels();
            operations(call, accumulates, 0);
            terms.to(Term.POOLED_VALUES, call.pairs.ofOnes(), call.pairs.all() - call.pairs.ofOnes());
            terms.to(Term.FAN_OUT, accumulates, 0);

            final long reached = theta * window(call.layer) * call.outputShape.channels();
            final long bias = call.hasBias() ? call.outputShape.size() : 0;
            final long neurons = call.outputShape.size();
            count(reads, call, theta + reached + bias + reached + neurons);
            count(writes, call, reached + neurons);
            if (call.layer instanceof Layer.Conv2d) {
                count(addressMac, call, 2.0 * theta);
            }
            count(addressAcc, call, reached);
            memoryPicojoules += theta * access(call.inputShape.size())
                + reached * access(log.network().denseOperations(call.index) / call.outputShape.pixels())
                + bias * access(call.outputShape.channels())
                + 2.0 * (reached + neurons) * access(neurons);
        }

        private void neurons(final LayerCall call, final Layer.Neurons neurons) {
            final boolean leaky = neurons.model().charge().form() != Charge.Form.INTEGRATE;
            final long size = call.outputShape.size();
            operations(call, size + call.spikeCount, leaky ? size : 0);
            count(writes, call, call.spikeCount);
            terms.add(Term.BIAS, size, 0);
            terms.add(Term.RESETS, call.spikeCount, 0);
            terms.add(Term.LEAK, 0, leaky ? size : 0);
            memoryPicojoules += call.spikeCount * access(size);
        }

        @Override
        void finish() {
            final double acc = accumulates() + addressAcc.total();
            final double mac = multiplies() + addressMac.total();
            figure(ConventionResult.ENERGY, acc * ADD_PICOJOULES + mac * (ADD_PICOJOULES + MULTIPLY_PICOJOULES)
                + memoryPicojoules);
        }
    }

    /** Pixels of a channel that an event reaches in the formula for operations. */
    private static long spread(final Layer layer) {
        if (layer instanceof Layer.Conv2d conv) {
            final Window window = conv.window();
            return (long) Math.ceilDiv(window.kernelY(), window.strideY())
                * Math.ceilDiv(window.kernelX(), window.strideX());
        }
        return 1;
    }

    private static long window(final Layer layer) {
        return layer instanceof Layer.Conv2d conv
            ? (long) conv.window().kernelY() * conv.window().kernelX() : 1;
    }

    /** Energy of one access to a memory of so many 32-bit words. */
    private static double access(final long words) {
        return SRAM_PICOJOULES_A_BIT * words * BITS + SRAM_PICOJOULES;
    }
}
