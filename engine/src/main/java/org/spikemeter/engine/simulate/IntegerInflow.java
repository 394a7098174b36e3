package org.spikemeter.engine.simulate;

import java.util.Arrays;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.integer.IntegerLayer;
import org.spikemeter.engine.integer.IntegerTable;
import org.spikemeter.engine.kernel.IntegerCsr;
import org.spikemeter.engine.kernel.IntegerGather;
import org.spikemeter.engine.kernel.IntegerSlide;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.synapse.CsrTable;
import org.spikemeter.engine.synapse.SlideWeights;

/** One way into a projection in integer mode. */
final class IntegerInflow {
    private final IntegerLayer.Input input;
    private final InflowState state;
    private final short[] rounded;
    private short[] values;
    private final Kernels kernels;
    private final IntegerGather gather;
    /** Null where the kernels or the window have no use for them. */
    private final SlideWeights slideWeights;
    private boolean narrow;
    private int shift;

    IntegerInflow(final IntegerLayer.Input input, final InflowState state, final Kernels kernels) {
        this.input = input;
        this.state = state;
        this.kernels = kernels;
        this.gather = kernels.integerGather();
        // what may leave 16 bits with units already never slides
        this.slideWeights = kernels.slides() && input.table().convolution() != null
            && input.table().bound() <= Short.MAX_VALUE && SlideWeights.slides(input.table().convolution())
            ? input.table().slideWeights() : null;
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

    /** What a thread needs to slide over this inflow; null where nothing slides. */
    IntegerSlide newSlide() {
        return slideWeights == null ? null : kernels.integerSlide(slideWeights);
    }

    /** True where the step's sums are made by a slide, in 16 bits. */
    boolean isSliding() {
        return narrow && slideWeights != null;
    }

    /** Bits that the step's sums are shifted by. */
    int shift() {
        return shift;
    }

    /** Makes the sums of row {@code y}, the next of those that were opened, where they are made by a slide. */
    IntegerSlide slide(final int y, final IntegerScratch own, final int index) {
        own.slides[index].row(state.delivered(), values, y);
        return own.slides[index];
    }

    /** Starts with rows {@code from} to {@code to - 1} of the targets. */
    void open(final int from, final int to, final IntegerScratch own, final int index) {
        if (isSliding()) {
            own.slides[index].open(from, to);
        }
    }

    /** Adds what comes into row {@code y}, the next of those that were opened, to the thread's row. */
    void addRow(final int y, final IntegerScratch own, final int index) {
        final IntegerTable table = input.table();
        if (isSliding()) {
            final IntegerSlide slide = own.slides[index];
            if (slide.row(state.delivered(), values, y)) {
                slide.addTo(y, shift, own.row);
                slide.end(y);
            }
        } else if (narrow) {
            final short[] sums = own.narrow[index];
            Arrays.fill(sums, (short) 0);
            gather.accumulate(table, state.delivered(), values, y, sums, own.ranges[index]);
            gather.addTo(table, sums, shift, own.row);
        } else {
            final int[] sums = own.wide[index];
            Arrays.fill(sums, 0);
            if (table.table() instanceof CsrTable list) {
                IntegerCsr.accumulate(list, table.weights(), state.delivered(), values, y, sums, 0);
            } else {
                gather.accumulate(table, state.delivered(), values, y, sums, own.ranges[index]);
            }
            gather.addTo(table, sums, shift, own.row);
        }
    }
}
