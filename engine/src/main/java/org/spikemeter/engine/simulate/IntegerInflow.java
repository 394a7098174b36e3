package org.spikemeter.engine.simulate;

import java.util.Arrays;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.integer.IntegerLayer;
import org.spikemeter.engine.integer.IntegerTable;
import org.spikemeter.engine.kernel.IntegerCsr;
import org.spikemeter.engine.kernel.IntegerGather;
import org.spikemeter.engine.synapse.CsrTable;

/** One way into a projection in integer mode. */
final class IntegerInflow {
    private final IntegerLayer.Input input;
    private final InflowState state;
    private final short[] rounded;
    private short[] values;
    private boolean narrow;
    private int shift;

    IntegerInflow(final IntegerLayer.Input input, final InflowState state) {
        this.input = input;
        this.state = state;
        this.rounded = state.pools() == 0 && !input.isValued() ? null : new short[state.eventPlaces()];
    }

    /** Rounds the step's events, unless all are 1, and picks the width of the sums; the number that saturated. */
    int prepare() {
        final EventGrid events = state.delivered();
        final boolean units = events.isUnit() && input.takesUnits();
        values = units ? null : rounded;
        shift = units ? input.unitShift() : input.shift();
        narrow = input.table().convolution() != null
            && input.table().bound() * (units ? 1 : input.largest()) <= Short.MAX_VALUE;
        return units ? 0 : round(events);
    }

    private int round(final EventGrid events) {
        final int largest = input.largest();
        int overflows = 0;
        for (int y = 0; y < events.shape().height(); y++) {
            final int end = events.rowEnd(y);
            for (int event = events.rowStart(y); event < end; event++) {
                final double scaled = input.scaled(events.isUnit() ? 1.0f : events.values()[event]);
                overflows += Math.abs(scaled) > largest ? 1 : 0;
                rounded[event] = (short) Math.clamp(scaled, -largest, largest);
            }
        }
        return overflows;
    }

    /** Adds the sums of rows {@code y} to {@code y + rows - 1} to the thread's rows. */
    void integrate(
        final IntegerGather gather, final int y, final int rows, final IntegerScratch own, final int index) {
        final IntegerTable table = input.table();
        final int size = rows * IntegerGather.rowSize(table);
        if (narrow) {
            Arrays.fill(own.narrow, 0, size, (short) 0);
            gather.accumulate(table, state.delivered(), values, y, rows, own.narrow, own.ranges[index]);
        } else {
            Arrays.fill(own.wide, 0, size, 0);
            sumWide(gather, y, rows, own, index);
        }
        for (int r = 0; r < rows; r++) {
            if (narrow) {
                gather.addTo(table, own.narrow, r, shift, own.rows[r]);
            } else {
                gather.addTo(table, own.wide, r, shift, own.rows[r]);
            }
        }
    }

    private void sumWide(
        final IntegerGather gather, final int y, final int rows, final IntegerScratch own, final int index) {
        final IntegerTable table = input.table();
        if (table.table() instanceof CsrTable list) {
            for (int r = 0; r < rows; r++) {
                IntegerCsr.accumulate(list, table.weights(), state.delivered(), values, y + r, own.wide,
                    r * IntegerGather.rowSize(table));
            }
        } else {
            gather.accumulate(table, state.delivered(), values, y, rows, own.wide, own.ranges[index]);
        }
    }
}
