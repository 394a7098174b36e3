package org.spikemeter.engine.simulate;

import org.spikemeter.engine.count.UpdateTally;
import org.spikemeter.engine.kernel.WindowRanges;
import org.spikemeter.engine.synapse.ConvolutionTable;

/** What one thread needs to run rows of one projection. */
final class Scratch {
    /** Input sums of rows. */
    final float[] rows;
    /** Places from one row to the next. */
    final int stride;
    /** Sums of an inflow behind the first; null where there is one alone. */
    final float[] more;
    /** Of each inflow. */
    final WindowRanges[] ranges;
    /** Of each pool, inflow by inflow. */
    final float[][] pools;
    final int[] reached;
    final UpdateTally tally = new UpdateTally();

    Scratch(final Projection projection, final int rowSize, final int rowsAtOnce, final int cellsPerRow) {
        stride = rowSize + ConvolutionTable.LANES;
        rows = new float[rowsAtOnce * stride];
        more = projection.inflows().size() > 1 ? new float[stride] : null;
        ranges = projection.inflows().stream().map(inflow ->
            inflow.table() instanceof ConvolutionTable table ? new WindowRanges(table) : null)
            .toArray(WindowRanges[]::new);
        pools = projection.inflows().stream().flatMap(inflow -> inflow.pools().stream())
            .map(pool -> new float[pool.scratchSize()]).toArray(float[][]::new);
        reached = new int[cellsPerRow];
    }
}
