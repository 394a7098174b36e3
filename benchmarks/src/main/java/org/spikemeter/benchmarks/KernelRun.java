package org.spikemeter.benchmarks;

import java.util.Arrays;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.kernel.FloatSlide;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.kernel.SynapseKernel;
import org.spikemeter.engine.kernel.WindowRanges;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.SlideWeights;

/** The sums of a convolution by one strategy, row by row, as the simulator takes them; one thread. */
public final class KernelRun {
    private final ConvolutionTable table;
    private final Strategy strategy;
    private final SynapseKernel kernel;
    /** How the simulator scatters where the window slides; null elsewhere. */
    private final FloatSlide slide;
    private final WindowRanges ranges;
    private final float[] dense;
    private final float[] row;
    private final int rowSize;
    private EventGrid events;

    /** No events yet. */
    public KernelRun(final ConvolutionTable table, final Kernels kernels, final Strategy strategy) {
        this.table = table;
        this.strategy = strategy;
        this.kernel = kernels.synapse(strategy);
        this.slide = strategy == Strategy.SCATTER && kernels.slides() && SlideWeights.slides(table)
            ? kernels.slide(SlideWeights.of(table)) : null;
        this.ranges = new WindowRanges(table);
        this.dense = new float[table.input().size()];
        this.rowSize = table.output().width() * table.output().channels();
        this.row = new float[rowSize + ConvolutionTable.LANES];
    }

    /** Takes a step's events, and writes them to the dense input where that is read. */
    public void take(final EventGrid next) {
        release();
        events = next;
        if (strategy == Strategy.DENSE) {
            events.expand(dense);
        }
    }

    /** Forgets the events; they must not have changed. */
    public void release() {
        if (events != null && strategy == Strategy.DENSE) {
            events.erase(dense);
        }
        events = null;
    }

    /** True where scattering slides. */
    public boolean slides() {
        return slide != null;
    }

    /** All rows; the sums of the last. */
    public float[] rows() {
        open();
        for (int y = 0; y < table.output().height(); y++) {
            row(y);
        }
        return row;
    }

    /**
     * Compares all sums with those of another way, bit by bit.
     *
     * @throws IllegalStateException where they differ
     */
    public void check(final KernelRun other) {
        open();
        other.open();
        for (int y = 0; y < table.output().height(); y++) {
            row(y);
            other.row(y);
            if (!Arrays.equals(other.row, 0, rowSize, row, 0, rowSize)) {
                throw new IllegalStateException(
                    strategy + " gives other sums than " + other.strategy + " in row " + y);
            }
        }
    }

    private void open() {
        if (slide != null) {
            slide.open(0, table.output().height());
        }
    }

    private void row(final int y) {
        if (slide == null) {
            Arrays.fill(row, 0.0f);
            kernel.accumulateRow(table, events, dense, y, row, 0, ranges);
        } else if (slide.row(events, null, y)) {
            slide.take(y, 0, table.output().width(), row, 0);
            slide.end(y);
        } else {
            Arrays.fill(row, 0.0f);
        }
    }
}
