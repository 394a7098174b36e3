package org.spikemeter.runtime.audit;

import org.spikemeter.engine.network.Network;

/**
 * The artificial network that the claim compares with: the same topology with ReLU, which takes all T frames at once
 * as T input channels, and goes once through.
 *
 * @param steps T
 * @param firstLayer MACs of its first layer, padded taps included
 * @param otherLayers MACs of the layers behind
 * @param snnFirstLayer dense operations of the spiking network's first layer in one step
 */
public record AnnCounterpart(int steps, long firstLayer, long otherLayers, long snnFirstLayer) {
    /** The counterpart of a network over so many steps. */
    public static AnnCounterpart of(final Network network, final int steps) {
        long first = 0;
        long others = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            final long dense = network.denseOperations(i);
            if (first == 0) {
                first = dense;
            } else {
                others += dense;
            }
        }
        return new AnnCounterpart(steps, first / network.input().channels() * steps, others, first);
    }

    /** MACs of one pass. */
    public long macs() {
        return firstLayer + otherLayers;
    }

    /**
     * Bits of a quantised network that says as much as T spikes: ceil(log2(T + 1)) (Yan, Bai, Wong, arXiv 2409.08290).
     */
    public int bits() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(steps);
    }

    /** Operations of the spiking network if everything fired: the first frame apart. */
    public long spikingDense() {
        return snnFirstLayer * (steps - 1) + otherLayers * steps;
    }

    /**
     * The part of the dense work at which the spiking network costs as much as an artificial one.
     *
     * @param annMac price of a MAC there, pJ
     * @param acc price of an ACC here, pJ
     * @param mac price of a MAC here, of the float first frame, pJ
     */
    public double breakEven(final double annMac, final double acc, final double mac) {
        return (macs() * annMac - snnFirstLayer * mac) / (acc * spikingDense());
    }
}
