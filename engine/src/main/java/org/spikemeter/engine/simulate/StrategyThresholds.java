package org.spikemeter.engine.simulate;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.synapse.ConvolutionTable;

/**
 * Where one strategy becomes faster than another, as densities of the events on a table's input grid. Read off
 * KernelBenchmark, whose table is in docs/performance.md.
 */
final class StrategyThresholds {
    /**
     * Above this, tiles of pixels over all sources beat tiles around the events, where events have values: then both
     * multiply. Where all are 1 a slide only adds, and a dense kernel would be no faster if all sources fired.
     */
    private static final double DENSE_ABOVE_SLIDE = 0.8;
    /** Below this, walking the events beats walking the target pixels, where windows do not slide. */
    private static final double SCATTER_BELOW = 0.01;
    /** Above this, tiles of pixels over all sources beat walking the events, where windows do not slide. */
    private static final double DENSE_TILES_ABOVE = 0.3;
    /** The same where there are no tiles: channels that do not fill two vectors of any machine. */
    private static final double DENSE_ABOVE = 0.9;
    /** Channels of a tile: two vectors of 16 lanes. */
    private static final int TILE_CHANNELS = 2 * ConvolutionTable.LANES;

    private StrategyThresholds() {
    }

    /**
     * The strategy for a step.
     *
     * @param slides whether scattering slides
     * @param events on the table's input grid
     */
    static Strategy choose(final ConvolutionTable table, final boolean slides, final EventGrid events) {
        if (table.groups() > 1) {
            // each event reaches few targets: nothing is gained by walking anything else
            return Strategy.SCATTER;
        }
        final double density = (double) events.size() / table.input().size();
        final boolean tiles = table.output().channels() % TILE_CHANNELS == 0 && table.output().pixels() > 1;
        if (slides) {
            return tiles && !events.isUnit() && density > DENSE_ABOVE_SLIDE ? Strategy.DENSE : Strategy.SCATTER;
        }
        return density < SCATTER_BELOW ? Strategy.SCATTER
            : density > (tiles ? DENSE_TILES_ABOVE : DENSE_ABOVE) ? Strategy.DENSE : Strategy.GATHER;
    }
}
