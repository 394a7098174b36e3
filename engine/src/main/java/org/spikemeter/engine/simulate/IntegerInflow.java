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

    /** Sums up rows {@code y} to {@code y + rows - 1}. */
    void sum(final IntegerGather gather, final int y, final int rows, final IntegerScratch own, final int index) {
        final int size = rows * IntegerGather.rowSize(input.table());
        if (narrow) {
            Arrays.fill(own.narrow[index], 0, size, (short) 0);
            gather.accumulate(input.table(), state.delivered(), values, y, rows, own.narrow[index], own.ranges[index]);
        } else {
            Arrays.fill(own.wide[index], 0, size, 0);
            sumWide(gather, y, rows, own, index);
        }
    }

    private void sumWide(
        final IntegerGather gather, final int y, final int rows, final IntegerScratch own, final int index) {
        final IntegerTable table = input.table();
        if (table.table() instanceof CsrTable list) {
            for (int r = 0; r < rows; r++) {
                IntegerCsr.accumulate(list, table.weights(), state.delivered(), values, y + r, own.wide[index],
                    r * IntegerGather.rowSize(table));
            }
        } else {
            gather.accumulate(table, state.delivered(), values, y, rows, own.wide[index], own.ranges[index]);
        }
    }

    /** Adds the sums of row {@code r} of the block to the thread's row. */
    void addTo(final IntegerGather gather, final int r, final IntegerScratch own, final int index) {
        if (narrow) {
            gather.addTo(input.table(), own.narrow[index], r, shift, own.row);
        } else {
            gather.addTo(input.table(), own.wide[index], r, shift, own.row);
        }
    }
}
