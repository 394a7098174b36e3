package org.spikemeter.engine.kernel;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.integer.IntegerTable;

/**
 * Integer sums of a row of targets: of each, the sum of weight times value over the events under its window. Integer
 * sums do not depend on their order, so every way to add gives the same bits.
 *
 * <p>Sums lie as {@code [width][groups][lanes]}.
 */
public abstract sealed class IntegerGather permits ScalarIntegerGather, VectorIntegerGather {
    IntegerGather() {
    }

    /** Places of a row of sums. */
    public static int rowSize(final IntegerTable table) {
        return table.table().output().width() * pixelSize(table);
    }

    /** Places of a pixel's sums. */
    public static int pixelSize(final IntegerTable table) {
        return table.convolution() == null ? table.lanes() : table.convolution().groups() * table.lanes();
    }

    /**
     * Sums up row {@code y} in 16 bits, which no sum may leave.
     *
     * @param table a convolution
     * @param events the events on the table's input grid
     * @param values integer of each event, at the place of its key; null where all are 1
     * @param sums zeros
     * @param ranges scratch of this thread
     */
    public final void accumulate(
        final IntegerTable table, final EventGrid events, final short[] values, final int y, final short[] sums,
        final WindowRanges ranges) {
        ranges.open(table.convolution(), y);
        for (int x = 0; x < table.convolution().output().width(); x++) {
            ranges.locate(events.pixelStart(), x);
            for (int range = 0; range < ranges.count; range++) {
                add(table, events.keys(), values, ranges.from[range], ranges.to[range], ranges.weightBase[range], sums,
                    x * pixelSize(table));
            }
        }
    }

    /** The same in 32 bits. */
    public final void accumulate(
        final IntegerTable table, final EventGrid events, final short[] values, final int y, final int[] sums,
        final WindowRanges ranges) {
        ranges.open(table.convolution(), y);
        for (int x = 0; x < table.convolution().output().width(); x++) {
            ranges.locate(events.pixelStart(), x);
            for (int range = 0; range < ranges.count; range++) {
                add(table, events.keys(), values, ranges.from[range], ranges.to[range], ranges.weightBase[range], sums,
                    x * pixelSize(table));
            }
        }
    }

    /**
     * Adds a range of events to one target pixel.
     *
     * @param base weights of the event with key k are those of index base + k
     */
    abstract void add(
        IntegerTable table, int[] keys, short[] values, int from, int to, int base, short[] sums, int target);

    /** The same in 32 bits. */
    abstract void add(
        IntegerTable table, int[] keys, short[] values, int from, int to, int base, int[] sums, int target);

    /**
     * Shifts the sums of a row and adds them to the inputs of its neurons.
     *
     * @param shift bits to the left; negative to the right, rounded to the nearest, halves up
     * @param row inputs of the neurons of the row
     */
    public final void addTo(final IntegerTable table, final short[] sums, final int shift, final int[] row) {
        final int channels = table.table().output().channels();
        final int pixel = pixelSize(table);
        if (pixel == channels) {
            addShifted(sums, 0, table.table().output().width() * channels, shift, row, 0);
            return;
        }
        for (int x = 0; x < table.table().output().width(); x++) {
            addShifted(sums, x * pixel, channels, shift, row, x * channels);
        }
    }

    /** The same of sums in 32 bits. */
    public final void addTo(final IntegerTable table, final int[] sums, final int shift, final int[] row) {
        final int channels = table.table().output().channels();
        for (int x = 0; x < table.table().output().width(); x++) {
            addShifted(sums, x * pixelSize(table), channels, shift, row, x * channels);
        }
    }

    abstract void addShifted(short[] sums, int first, int size, int shift, int[] row, int target);

    /** Plain loops, which the just-in-time compiler turns into vector code by itself. */
    private static void addShifted(
        final int[] sums, final int first, final int size, final int shift, final int[] row, final int target) {
        if (shift >= 0) {
            for (int i = 0; i < size; i++) {
                row[target + i] += sums[first + i] << shift;
            }
        } else {
            final int half = 1 << -shift - 1;
            for (int i = 0; i < size; i++) {
                row[target + i] += sums[first + i] + half >> -shift;
            }
        }
    }
}
