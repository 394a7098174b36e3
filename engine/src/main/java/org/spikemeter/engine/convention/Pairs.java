package org.spikemeter.engine.convention;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.count.FanOut;
import org.spikemeter.engine.network.Shape;

/**
 * Pairs of a non-zero input and an existing target of it, in one call of a synaptic layer: targets in the padding do
 * not exist.
 *
 * @param all all pairs
 * @param ofOnes those whose input is 1
 * @param ofMinusOnes those whose input is -1
 * @param zeroWeights those whose weight is 0
 * @param weighted sum of the inputs' values over all pairs
 */
public record Pairs(long all, long ofOnes, long ofMinusOnes, long zeroWeights, double weighted) {
    /** No pairs. */
    static final Pairs NONE = new Pairs(0, 0, 0, 0, 0.0);

    /** The pairs of a step's events. */
    static Pairs of(final EventGrid events, final FanOut fanOut) {
        final Shape shape = events.shape();
        long all = 0;
        long ofOnes = 0;
        long ofMinusOnes = 0;
        long zeroWeights = 0;
        double weighted = 0.0;
        for (int y = 0; y < shape.height(); y++) {
            final int address = y * shape.width() * shape.channels();
            final int end = events.rowEnd(y);
            for (int event = events.rowStart(y); event < end; event++) {
                final int source = address + events.keys()[event];
                final float value = events.isUnit() ? 1.0f : events.values()[event];
                final long targets = fanOut.targets(source);
                all += targets;
                ofOnes += value == 1.0f ? targets : 0;
                ofMinusOnes += value == -1.0f ? targets : 0;
                zeroWeights += fanOut.zeroWeights(source);
                weighted += (double) value * targets;
            }
        }
        return new Pairs(all, ofOnes, ofMinusOnes, zeroWeights, weighted);
    }
}
