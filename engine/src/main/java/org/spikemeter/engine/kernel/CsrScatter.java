package org.spikemeter.engine.kernel;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.synapse.CsrTable;

/** Delivery through a list of synapses: {@code current[target] += value * weight}, event by event. */
public final class CsrScatter {
    private CsrScatter() {
    }

    /**
     * Adds to each target of a row the sum over its sources, ascending.
     *
     * @param table the synapses
     * @param events the events on the table's input grid
     * @param row row of the targets; 0 for the only one of a vector
     * @param current [targets of the row], zeros
     */
    public static void accumulate(
        final CsrTable table, final EventGrid events, final int row, final float[] current) {
        final int targets = table.output().width() * table.output().channels();
        final int rowSize = table.input().width() * table.input().channels();
        for (int y = 0; y < table.input().height(); y++) {
            final int end = events.rowEnd(y);
            for (int event = events.rowStart(y); event < end; event++) {
                final float value = events.isUnit() ? 1.0f : events.values()[event];
                deliver(table, y * rowSize + events.keys()[event], value, row * targets, targets, current);
            }
        }
    }

    private static void deliver(
        final CsrTable table, final int source, final float value, final int first, final int targets,
        final float[] current) {
        final int[] target = table.target();
        final float[] weight = table.weight();
        final int end = table.rowStart()[source + 1];
        for (int synapse = table.rowStart()[source]; synapse < end; synapse++) {
            final int place = target[synapse] - first;
            if (place >= 0 && place < targets) {
                current[place] += value * weight[synapse];
            }
        }
    }
}
