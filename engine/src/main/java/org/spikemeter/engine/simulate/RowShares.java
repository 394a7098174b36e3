package org.spikemeter.engine.simulate;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.Pool;
import org.spikemeter.engine.synapse.SynapseTable;

/**
 * Splits the rows of a layer among threads so that each has as much to do, by the events under its rows: what moves in
 * a scene is seldom spread evenly. Contiguous shares, because rows beside each other read the same events.
 */
final class RowShares {
    // in tenths of nanoseconds, and coarse: a share need not be equal to the row. Read off LayerBenchmark and a profile
    // of NetworkBenchmark
    private static final long NEURON_COST = 2;
    private static final long EVENT_COST = 10;
    private static final int SYNAPSES_A_COST = 12;
    private static final long POOLED_COST = 5;

    private final Window window;
    private final int rows;
    private final long rowCost;
    private final long eventCost;
    private final int[] from;

    /**
     * @param window what moves over the events
     * @param rows rows of the targets
     * @param rowCost cost of a row without events
     * @param eventCost cost of an event for each row that it reaches
     * @param threads shares
     */
    RowShares(final Window window, final int rows, final long rowCost, final long eventCost, final int threads) {
        this.window = window;
        this.rows = rows;
        this.rowCost = rowCost;
        this.eventCost = eventCost;
        this.from = new int[threads + 1];
    }

    /** The rows of a table's targets. */
    static RowShares of(final SynapseTable table, final int threads) {
        final Shape output = table.output();
        final long rowCost = NEURON_COST * output.width() * output.channels();
        return table instanceof ConvolutionTable convolution
            ? new RowShares(convolution.window(), output.height(), rowCost,
                EVENT_COST + convolution.window().kernelX() * convolution.outGroup() / SYNAPSES_A_COST, threads)
            : new RowShares(Window.square(1, 1, 0), output.height(), rowCost, 0, threads);
    }

    /** The rows that a pool makes. */
    static RowShares of(final Pool pool, final int threads) {
        return new RowShares(pool.window(), pool.output().height(),
            POOLED_COST * pool.output().width() * pool.output().channels(), EVENT_COST, threads);
    }

    /** First row of each share, and the number of rows; live until the next call. */
    int[] of(final EventGrid events) {
        final int threads = from.length - 1;
        if (threads > 1) {
            long total = 0;
            for (int y = 0; y < rows; y++) {
                total += cost(events, y);
            }
            long before = 0;
            int share = 1;
            for (int y = 0; y < rows; y++) {
                // a row goes where its middle lies
                final long cost = cost(events, y);
                while (share < threads && (before + cost / 2) * threads >= total * share) {
                    from[share] = y;
                    share++;
                }
                before += cost;
            }
            while (share < threads) {
                from[share] = rows;
                share++;
            }
        }
        from[threads] = rows;
        return from;
    }

    private long cost(final EventGrid events, final int y) {
        long count = 0;
        for (int ky = 0; ky < window.kernelY(); ky++) {
            final int sourceY = y * window.strideY() - window.paddingY() + ky * window.dilationY();
            if (sourceY >= 0 && sourceY < events.shape().height()) {
                count += events.rowEnd(sourceY) - events.rowStart(sourceY);
            }
        }
        return rowCost + count * eventCost;
    }
}
