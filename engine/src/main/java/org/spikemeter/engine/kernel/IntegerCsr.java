package org.spikemeter.engine.kernel;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.synapse.CsrTable;

/** Integer sums over a list of synapses, event by event. */
public final class IntegerCsr {
    private IntegerCsr() {
    }

    /**
     * Adds to each target of a row the sum over its sources.
     *
     * @param table the synapses
     * @param weights integer weight of each synapse
     * @param events the events on the table's input grid
     * @param values integer of each event; null where all are 1
     * @param row row of the targets
     * @param sums where the row's sums are, zeros
     * @param place of the row's first sum
     */
    public static void accumulate(
        final CsrTable table, final short[] weights, final EventGrid events, final short[] values, final int row,
        final int[] sums, final int place) {
        final int targets = table.output().width() * table.output().channels();
        final int rowSize = table.input().width() * table.input().channels();
        for (int y = 0; y < table.input().height(); y++) {
            final int end = events.rowEnd(y);
            for (int event = events.rowStart(y); event < end; event++) {
                deliver(table, weights, y * rowSize + events.keys()[event], values == null ? 1 : values[event],
                    row * targets, targets, sums, place);
            }
        }
    }

    private static void deliver(
        final CsrTable table, final short[] weights, final int source, final int value, final int first,
        final int targets, final int[] sums, final int place) {
        final int[] target = table.place();
        final int end = table.rowStart()[source + 1];
        for (int synapse = table.rowStart()[source]; synapse < end; synapse++) {
            final int offset = target[synapse] - first;
            if (offset >= 0 && offset < targets) {
                sums[place + offset] += value * weights[synapse];
            }
        }
    }
}
