package org.spikemeter.engine.kernel;

import java.util.Arrays;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.synapse.CsrTable;

/** Delivery through a list of synapses: {@code current[target] += value * weight}, event by event. */
public final class CsrScatter {
    private CsrScatter() {
    }

    /**
     * Adds to each target of a row the sum over its sources, ascending.
     *
     * @param table the synapses, without delays
     * @param events the events on the table's input grid
     * @param row row of the targets; 0 for the only one of a vector
     * @param current [targets of the row], zeros
     */
    public static void accumulate(
        final CsrTable table, final EventGrid events, final int row, final float[] current) {
        assert table.maxDelay() == 0;
        final int targets = table.output().width() * table.output().channels();
        final int rowSize = table.input().width() * table.input().channels();
        final boolean whole = table.output().height() == 1;
        for (int y = 0; y < table.input().height(); y++) {
            if (whole && table.isSingle()) {
                deliverSingle(table, events, y, current);
                continue;
            }
            final int end = events.rowEnd(y);
            for (int event = events.rowStart(y); event < end; event++) {
                final float value = events.isUnit() ? 1.0f : events.values()[event];
                final int source = y * rowSize + events.keys()[event];
                if (whole) {
                    deliver(table, source, table.rowStart()[source], table.rowStart()[source + 1], value, 0, current);
                } else {
                    deliverTo(table, source, value, row * targets, targets, current);
                }
            }
        }
    }

    /**
     * Adds to each target, in the step in which each synapse delivers, the sum over the sources, ascending.
     *
     * @param table the synapses
     * @param events the events on the table's input grid
     * @param now place in the ring where the sums of this step begin; those of each later step follow
     * @param ring [(longest delay + 1) * targets], sums on their way
     */
    public static void accumulateLater(
        final CsrTable table, final EventGrid events, final int now, final float[] ring) {
        final int rowSize = table.input().width() * table.input().channels();
        for (int y = 0; y < table.input().height(); y++) {
            final int end = events.rowEnd(y);
            for (int event = events.rowStart(y); event < end; event++) {
                final float value = events.isUnit() ? 1.0f : events.values()[event];
                final int source = y * rowSize + events.keys()[event];
                final int from = table.rowStart()[source];
                final int to = table.rowStart()[source + 1];
                // places ascend: those up to here lie before the ring's end, the others go on at its start
                final int found = Arrays.binarySearch(table.place(), from, to, ring.length - now);
                final int turn = found < 0 ? -1 - found : found;
                deliver(table, source, from, turn, value, now, ring);
                deliver(table, source, turn, to, value, now - ring.length, ring);
            }
        }
    }

    /** Delivers the events of row {@code y}, each through its one synapse. */
    private static void deliverSingle(
        final CsrTable table, final EventGrid events, final int y, final float[] current) {
        final int[] place = table.place();
        final float[] weight = table.weight();
        final int[] keys = events.keys();
        final float[] values = events.isUnit() ? null : events.values();
        final int first = y * table.input().width() * table.input().channels();
        final int end = events.rowEnd(y);
        for (int event = events.rowStart(y); event < end; event++) {
            final int source = first + keys[event];
            current[place[source]] += (values == null ? 1.0f : values[event]) * weight[source];
        }
    }

    /** Delivers synapses {@code from} to {@code to - 1}, all of one source. */
    private static void deliver(
        final CsrTable table, final int source, final int from, final int to, final float value, final int offset,
        final float[] sums) {
        final int[] place = table.place();
        if (table.rowWeight() != null) {
            addAll(place, from, to, value * table.rowWeight()[source], offset, sums);
            return;
        }
        final float[] weight = table.weight();
        for (int synapse = from; synapse < to; synapse++) {
            sums[offset + place[synapse]] += value * weight[synapse];
        }
    }

    /** Where all weights are one, so are the products: half of what is read else. */
    private static void addAll(
        final int[] place, final int from, final int to, final float product, final int offset, final float[] sums) {
        for (int synapse = from; synapse < to; synapse++) {
            sums[offset + place[synapse]] += product;
        }
    }

    private static void deliverTo(
        final CsrTable table, final int source, final float value, final int first, final int targets,
        final float[] current) {
        final int[] place = table.place();
        final float[] weight = table.weight();
        final int end = table.rowStart()[source + 1];
        for (int synapse = table.rowStart()[source]; synapse < end; synapse++) {
            final int target = place[synapse] - first;
            if (target >= 0 && target < targets) {
                current[target] += value * weight[synapse];
            }
        }
    }
}
