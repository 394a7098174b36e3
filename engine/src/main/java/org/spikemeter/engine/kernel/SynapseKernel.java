package org.spikemeter.engine.kernel;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.synapse.ConvolutionTable;

/** Delivers one step's events through a convolution table to rows of targets. */
public interface SynapseKernel {
    /**
     * Adds to each target of row {@code y} the sum over its sources, ascending, of {@code value * weight}.
     *
     * @param table the synapses
     * @param events the events on the table's input grid
     * @param dense the same as values by address, for {@link Strategy#DENSE}; otherwise not read
     * @param y row of the table's output grid
     * @param row from {@code offset} on, [width * channels of the output + {@link ConvolutionTable#LANES}], zeros; what
     *     lies behind the row's end stays zero
     * @param offset place of the row's first target
     * @param scratch of this thread alone
     */
    void accumulateRow(
        ConvolutionTable table, EventGrid events, float[] dense, int y, float[] row, int offset, WindowRanges scratch);
}
