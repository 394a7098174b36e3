package org.spikemeter.runtime.spikes;

import java.util.BitSet;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.simulate.Inflow;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.CsrTable;
import org.spikemeter.engine.synapse.Pool;

/**
 * Which neurons a source can reach through a projection. Holes of dilated windows and groups of channels are not taken
 * out: it may name more neurons than there are, never fewer.
 */
final class Reach {
    private Reach() {
    }

    /** Adds the addresses of all targets of the source at {@code address}. */
    static void add(final Inflow inflow, final int address, final BitSet targets) {
        final Shape input = inflow.input();
        final int pixel = address / input.channels();
        int[] rows = {pixel / input.width(), pixel / input.width()};
        int[] columns = {pixel % input.width(), pixel % input.width()};
        for (final Pool pool : inflow.pools()) {
            rows = rows(pool.window(), pool.output(), rows);
            columns = columns(pool.window(), pool.output(), columns);
        }
        switch (inflow.table()) {
            case ConvolutionTable table -> {
                rows = rows(table.window(), table.output(), rows);
                columns = columns(table.window(), table.output(), columns);
                for (int y = rows[0]; y <= rows[1]; y++) {
                    if (columns[0] <= columns[1]) {
                        targets.set(table.output().address(y, columns[0], 0),
                            table.output().address(y, columns[1], 0) + table.output().channels());
                    }
                }
            }
            case CsrTable table -> {
                for (int y = rows[0]; y <= rows[1]; y++) {
                    for (int x = columns[0]; x <= columns[1]; x++) {
                        addSynapses(table, table.input().address(y, x, address % input.channels()), targets);
                    }
                }
            }
        }
    }

    private static void addSynapses(final CsrTable table, final int source, final BitSet targets) {
        for (int i = table.rowStart()[source]; i < table.rowStart()[source + 1]; i++) {
            targets.set(table.target(i));
        }
    }

    private static int[] rows(final Window w, final Shape output, final int[] range) {
        return windows(range, w.kernelY(), w.strideY(), w.paddingY(), w.dilationY(), output.height());
    }

    private static int[] columns(final Window w, final Shape output, final int[] range) {
        return windows(range, w.kernelX(), w.strideX(), w.paddingX(), w.dilationX(), output.width());
    }

    /** First and last window that holds any of the places {@code range[0]} to {@code range[1]}; may be empty. */
    private static int[] windows(
        final int[] range, final int kernel, final int stride, final int padding, final int dilation, final int size) {
        if (range[0] > range[1]) {
            return range;
        }
        final int first = Math.ceilDiv(range[0] + padding - dilation * (kernel - 1), stride);
        final int last = Math.floorDiv(range[1] + padding, stride);
        return new int[] {Math.max(first, 0), Math.min(last, size - 1)};
    }
}
