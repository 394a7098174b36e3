package org.spikemeter.engine.simulate;

import org.spikemeter.engine.aer.PixelBits;
import org.spikemeter.engine.count.UpdateTally;
import org.spikemeter.engine.kernel.FloatSlide;
import org.spikemeter.engine.kernel.WindowRanges;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.WindowReach;

/** What one thread needs to run rows of one projection. */
final class Scratch {
    /** Input sums of a row. */
    final float[] row;
    /** As many numbers as a pixel has channels. */
    final float[] pixel;
    /** Sums of an inflow behind the first; null where there is one alone. */
    final float[] more;
    /** Of each inflow. */
    final WindowRanges[] ranges;
    /** Of each inflow; null where it does not slide. */
    final FloatSlide[] slides;
    /** Of each pool, inflow by inflow. */
    final float[][] pools;
    /** Of the first inflow, where it is a convolution. */
    final WindowReach reach;
    /** Bits of the pixels of a row that are updated. */
    final long[] touched;
    final int[] cells;
    final UpdateTally tally = new UpdateTally();

    Scratch(final Projection projection, final InflowState[] inflows, final int rowSize, final int cellsPerRow) {
        row = new float[rowSize + ConvolutionTable.LANES];
        pixel = new float[projection.output().channels()];
        more = inflows.length > 1 ? new float[row.length] : null;
        slides = new FloatSlide[inflows.length];
        for (int i = 0; i < slides.length; i++) {
            slides[i] = inflows[i].newSlide();
        }
        ranges = projection.inflows().stream().map(inflow ->
            inflow.table() instanceof ConvolutionTable table ? new WindowRanges(table) : null)
            .toArray(WindowRanges[]::new);
        pools = projection.inflows().stream().flatMap(inflow -> inflow.pools().stream())
            .map(pool -> new float[pool.scratchSize()]).toArray(float[][]::new);
        reach = projection.table() instanceof ConvolutionTable table ? new WindowReach(table) : null;
        touched = new long[PixelBits.words(projection.output().width())];
        cells = new int[cellsPerRow];
    }
}
