package org.spikemeter.engine.kernel;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.synapse.CsrTable;

/** Delivery through a list of synapses: {@code current[target] += value * weight}, event by event. */
public final class CsrScatter {
    private CsrScatter() {
    }

    /**
     * Adds to each target the sum over its sources, ascending.
     *
     * @param table the synapses
     * @param events the events on the table's input grid
     * @param current [targets], zeros
     */
    public static void accumulate(final CsrTable table, final EventGrid events, final float[] current) {
        final int rowSize = table.input().width() * table.input().channels();
        for (int y = 0; y < table.input().height(); y++) {
            final int end = events.rowEnd(y);
            for (int event = events.rowStart(y); event < end; event++) {
                final float value = events.isUnit() ? 1.0f : events.values()[event];
                deliver(table, y * rowSize + events.keys()[event], value, current);
            }
        }
    }

    private static void deliver(
        final CsrTable table, final int source, final float value, final float[] current) {
        final int[] target = table.target();
        final float[] weight = table.weight();
        final int end = table.rowStart()[source + 1];
        for (int synapse = table.rowStart()[source]; synapse < end; synapse++) {
            current[target[synapse]] += value * weight[synapse];
        }
    }
}
