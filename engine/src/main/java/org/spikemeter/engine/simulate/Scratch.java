package org.spikemeter.engine.simulate;

import org.spikemeter.engine.count.UpdateTally;
import org.spikemeter.engine.kernel.WindowRanges;
import org.spikemeter.engine.synapse.ConvolutionTable;

/** What one thread needs to run rows of one projection. */
final class Scratch {
    /** Input sums of a row, then its charged potentials. */
    final float[] row;
    final WindowRanges ranges;
    final float[][] pools;
    final int[] reached;
    final UpdateTally tally = new UpdateTally();

    Scratch(final Projection projection, final int rowSize, final int cellsPerRow) {
        row = new float[rowSize + ConvolutionTable.LANES];
        ranges = projection.table() instanceof ConvolutionTable table ? new WindowRanges(table) : null;
        pools = new float[projection.pools().size()][];
        for (int i = 0; i < pools.length; i++) {
            pools[i] = new float[projection.pools().get(i).scratchSize()];
        }
        reached = new int[cellsPerRow];
    }
}
