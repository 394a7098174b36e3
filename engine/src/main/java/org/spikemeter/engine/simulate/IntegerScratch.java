package org.spikemeter.engine.simulate;

import java.util.List;
import org.spikemeter.engine.integer.IntegerLayer;
import org.spikemeter.engine.integer.IntegerTable;
import org.spikemeter.engine.kernel.IntegerGather;
import org.spikemeter.engine.kernel.WindowRanges;

/** What one thread needs to run a block of rows of one projection in integers. */
final class IntegerScratch {
    /** Inputs of the block's rows. */
    final int[][] rows;
    /** Sums of the block, of the inflow at hand, in 16 and in 32 bits; not both are used. */
    final short[] narrow;
    final int[] wide;
    /** Of each inflow; null for lists of synapses. */
    final WindowRanges[] ranges;

    IntegerScratch(final List<IntegerLayer.Input> inputs, final int rowSize) {
        rows = new int[IntegerGather.BLOCK_ROWS][rowSize];
        ranges = new WindowRanges[inputs.size()];
        int sums = rowSize;
        for (int i = 0; i < ranges.length; i++) {
            final IntegerTable table = inputs.get(i).table();
            sums = Math.max(sums, IntegerGather.rowSize(table));
            ranges[i] = table.convolution() == null ? null : new WindowRanges(table.convolution());
        }
        narrow = new short[IntegerGather.BLOCK_ROWS * sums];
        wide = new int[IntegerGather.BLOCK_ROWS * sums];
    }
}
