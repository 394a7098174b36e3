package org.spikemeter.engine.kernel;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.integer.IntegerTable;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.ConvolutionTable;

/**
 * Integer sums of a block of target rows: of each target, the sum of weight times value over the events under its
 * window. Integer sums do not depend on their order, so every way to add gives the same bits.
 *
 * <p>Sums lie as {@code [rows][margin + width + margin][groups][lanes]}: see {@link #margin}.
 */
public abstract sealed class IntegerGather permits ScalarIntegerGather, VectorIntegerGather {
    /** Most rows of a block: they share the events of their source rows. */
    public static final int BLOCK_ROWS = 16;

    IntegerGather() {
    }

    /** Pixels beside a row of sums: what leaves the row is added there, without asking. */
    public static int margin(final IntegerTable table) {
        return table.weightsBySource() == null ? 0 : IntegerTable.WIDTH - 1;
    }

    /** Places of a row of sums. */
    public static int rowSize(final IntegerTable table) {
        return (table.table().output().width() + 2 * margin(table)) * pixelSize(table);
    }

    /** Places of a pixel's sums. */
    public static int pixelSize(final IntegerTable table) {
        return table.convolution() == null ? table.lanes() : table.convolution().groups() * table.lanes();
    }

    /**
     * Sums up rows {@code y} to {@code y + rows - 1} in 16 bits, which no sum may leave.
     *
     * @param table a convolution
     * @param events the events on the table's input grid
     * @param values integer of each event, at the place of its key; null where all are 1
     * @param rows 1 to {@link #BLOCK_ROWS}
     * @param sums zeros
     * @param ranges scratch of this thread
     */
    public final void accumulate(
        final IntegerTable table, final EventGrid events, final short[] values, final int y, final int rows,
        final short[] sums, final WindowRanges ranges) {
        if (table.weightsBySource() != null) {
            slide(table, events, values, y, rows, sums);
            return;
        }
        final ConvolutionTable convolution = table.convolution();
        for (int r = 0; r < rows; r++) {
            ranges.open(convolution, y + r);
            for (int x = 0; x < convolution.output().width(); x++) {
                ranges.locate(events.pixelStart(), x);
                final int target = r * rowSize(table) + x * pixelSize(table);
                for (int range = 0; range < ranges.count; range++) {
                    add(table, events.keys(), values, ranges.from[range], ranges.to[range],
                        ranges.weightBase[range], sums, target);
                }
            }
        }
    }

    /** The same in 32 bits. */
    public final void accumulate(
        final IntegerTable table, final EventGrid events, final short[] values, final int y, final int rows,
        final int[] sums, final WindowRanges ranges) {
        final ConvolutionTable convolution = table.convolution();
        final int margin = margin(table);
        for (int r = 0; r < rows; r++) {
            ranges.open(convolution, y + r);
            for (int x = 0; x < convolution.output().width(); x++) {
                ranges.locate(events.pixelStart(), x);
                final int target = r * rowSize(table) + (margin + x) * pixelSize(table);
                for (int range = 0; range < ranges.count; range++) {
                    add(table, events.keys(), values, ranges.from[range], ranges.to[range],
                        ranges.weightBase[range], sums, target);
                }
            }
        }
    }

    /** Source row by source row: each event reaches {@link IntegerTable#WIDTH} targets in each of several rows. */
    private void slide(
        final IntegerTable table, final EventGrid events, final short[] values, final int y, final int rows,
        final short[] sums) {
        final Window window = table.convolution().window();
        final int top = y - window.paddingY();
        final int from = Math.max(top, 0);
        final int to = Math.min(top + rows - 1 + window.kernelY(), table.convolution().input().height());
        for (int sourceY = from; sourceY < to; sourceY++) {
            // under tap ky lies row sourceY - top - ky of the block
            int tap = Math.max(0, sourceY - top - rows + 1);
            final int end = Math.min(window.kernelY(), sourceY - top + 1);
            while (tap < end) {
                final int taps = Math.min(IntegerTable.WIDTH, end - tap);
                slideRow(table, events, values, sourceY, tap, taps, sourceY - top - tap, sums);
                tap += taps;
            }
        }
    }

    private void slideRow(
        final IntegerTable table, final EventGrid events, final short[] values, final int sourceY, final int tap,
        final int taps, final int row, final short[] sums) {
        final ConvolutionTable convolution = table.convolution();
        final Window window = convolution.window();
        final int[] pixelStart = events.pixelStart();
        final int rowSize = rowSize(table);
        final int source = window.kernelY() * IntegerTable.WIDTH * IntegerTable.LANES;
        final int channels = convolution.input().channels();
        final int width = convolution.input().width();
        final int index = sourceY * (width + 1);
        for (int block = 0; block < table.lanes(); block += IntegerTable.LANES) {
            int target = row * rowSize + window.paddingX() * table.lanes() + block;
            int weight = block * channels * window.kernelY() * IntegerTable.WIDTH
                + tap * IntegerTable.WIDTH * IntegerTable.LANES;
            for (int x = 0; x < width; x++) {
                final int from = pixelStart[index + x];
                final int to = pixelStart[index + x + 1];
                if (from < to) {
                    addWindow(table.weightsBySource(), source, events.keys(), values, from, to, weight, taps, sums,
                        target, table.lanes(), rowSize);
                }
                target += table.lanes();
                weight -= channels * source;
            }
        }
    }

    /**
     * Adds the events of one source pixel to three targets side by side in {@code taps} rows: tap (i, j) to the place
     * {@code target + (2 - j) * lanes - i * rowSize}. {@link IntegerTable#LANES} targets of each pixel.
     *
     * @param weights by source
     * @param source weights of a source
     * @param base weights of the event with key k start at {@code k * source + base}
     * @param taps rows, 1 to 3
     */
    abstract void addWindow(
        short[] weights, int source, int[] keys, short[] values, int from, int to, int base, int taps, short[] sums,
        int target, int lanes, int rowSize);

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
     * Shifts the sums of a block's row and adds them to the inputs of its neurons.
     *
     * @param r row of the block
     * @param shift bits to the left; negative to the right, rounded to the nearest, halves up
     * @param row inputs of the neurons of the row
     */
    public final void addTo(
        final IntegerTable table, final short[] sums, final int r, final int shift, final int[] row) {
        final int channels = table.table().output().channels();
        final int width = table.table().output().width();
        final int pixel = pixelSize(table);
        final int first = r * rowSize(table) + margin(table) * pixel;
        if (pixel == channels) {
            addShifted(sums, first, width * channels, shift, row, 0);
            return;
        }
        for (int x = 0; x < width; x++) {
            addShifted(sums, first + x * pixel, channels, shift, row, x * channels);
        }
    }

    /** The same of sums in 32 bits. */
    public final void addTo(
        final IntegerTable table, final int[] sums, final int r, final int shift, final int[] row) {
        final int channels = table.table().output().channels();
        final int width = table.table().output().width();
        final int pixel = pixelSize(table);
        final int first = r * rowSize(table) + margin(table) * pixel;
        for (int x = 0; x < width; x++) {
            addShifted(sums, first + x * pixel, channels, shift, row, x * channels);
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
