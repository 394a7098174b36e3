package org.spikemeter.engine.simulate;

import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.synapse.ConvolutionTable;

/**
 * Where one strategy becomes faster than another, as densities of the events on a table's input grid. Read off
 * LayerBenchmark (32 to 32 channels, 128 x 128): scatter and gather meet between 1 and 3 %, gather and dense between 20
 * and 40 %, where the dense kernel has its tiles.
 */
final class StrategyThresholds {
    /** Below this, walking the events beats walking the target pixels. */
    private static final double SCATTER_BELOW = 0.01;
    /** Above this, tiles of pixels over all sources beat walking the events. */
    private static final double DENSE_TILES_ABOVE = 0.3;
    /** The same where there are no tiles: groups, or channels that do not fill two vectors of any machine. */
    private static final double DENSE_ABOVE = 0.9;
    /** Channels of a tile: two vectors of 16 lanes. */
    private static final int TILE_CHANNELS = 2 * ConvolutionTable.LANES;

    private StrategyThresholds() {
    }

    /** The strategy for a step with so many events on the table's input grid. */
    static Strategy choose(final ConvolutionTable table, final int events) {
        final double density = (double) events / table.input().size();
        final boolean tiles = table.groups() == 1 && table.output().channels() % TILE_CHANNELS == 0
            && table.output().pixels() > 1;
        return density < SCATTER_BELOW ? Strategy.SCATTER
            : density > (tiles ? DENSE_TILES_ABOVE : DENSE_ABOVE) ? Strategy.DENSE : Strategy.GATHER;
    }
}
