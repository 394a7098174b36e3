package org.spikemeter.engine.simulate;

import java.util.List;
import org.spikemeter.engine.integer.IntegerLayer;
import org.spikemeter.engine.integer.IntegerTable;
import org.spikemeter.engine.kernel.IntegerGather;
import org.spikemeter.engine.kernel.IntegerSlide;
import org.spikemeter.engine.kernel.WindowRanges;

/** What one thread needs to run rows of one projection in integers. */
final class IntegerScratch {
    /** Inputs of the neurons of a row. */
    final int[] row;
    /** Sums of a row, of each inflow, in 16 and in 32 bits; in a step one of the two is used. */
    final short[][] narrow;
    final int[][] wide;
    /** Of each inflow; null for lists of synapses. */
    final WindowRanges[] ranges;
    /** Of each inflow; null where it does not slide. */
    final IntegerSlide[] slides;

    IntegerScratch(final List<IntegerLayer.Input> inputs, final IntegerInflow[] inflows, final int rowSize) {
        row = new int[rowSize];
        narrow = new short[inputs.size()][];
        wide = new int[inputs.size()][];
        ranges = new WindowRanges[inputs.size()];
        slides = new IntegerSlide[inputs.size()];
        for (int i = 0; i < ranges.length; i++) {
            final IntegerTable table = inputs.get(i).table();
            narrow[i] = new short[IntegerGather.rowSize(table)];
            wide[i] = new int[narrow[i].length];
            slides[i] = inflows[i].newSlide();
            ranges[i] = table.convolution() == null ? null : new WindowRanges(table.convolution());
        }
    }
}
