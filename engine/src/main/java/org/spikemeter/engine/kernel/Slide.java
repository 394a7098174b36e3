package org.spikemeter.engine.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.SlideWeights;

/**
 * Sums of a convolution whose window slides pixel by pixel, source row by source row: the events of one source pixel
 * are added to the targets around it, a tile of 3 x 3 target pixels at a time, whose sums stay in registers. An event's
 * key and the loop are paid once for all nine, and pixels without events cost a look at two numbers.
 *
 * <p>Sources come in ascending order to each target. The sums of the target rows under way lie in a ring of rows, as
 * {@code [margin + width + margin][64-byte blocks]}: what leaves a row at its sides is added to the margins, without
 * asking. Scratch of one thread: {@link #open} a range of target rows, then ask for each {@link #row}, in order.
 */
public abstract sealed class Slide permits FloatSlide, IntegerSlide {
    private static final int SIDE = SlideWeights.SIDE;

    private final SlideWeights weights;
    private final Window window;
    private final int inputHeight;
    private final int inputWidth;
    private final int width;
    private final long channels;
    private final int ringRows;
    private final int margin;
    private final long pixelBytes;
    private final long rowBytes;
    private final MemorySegment sums;
    private final boolean[] touched;
    private int from;
    private int to;
    private int nextSource;

    Slide(final SlideWeights weights) {
        final ConvolutionTable table = weights.table();
        this.weights = weights;
        this.window = table.window();
        this.inputHeight = table.input().height();
        this.inputWidth = table.input().width();
        this.width = table.output().width();
        this.channels = table.input().channels();
        this.ringRows = (window.kernelY() - 1) * window.dilationY() + 1;
        this.margin = (weights.tilesX() * SIDE - 1) * window.dilationX();
        this.pixelBytes = (long) weights.blocks() * SlideWeights.BLOCK_BYTES;
        this.rowBytes = (width + 2L * margin) * pixelBytes;
        // the last row takes what belongs to other threads' rows
        this.sums = Arena.ofAuto().allocate((ringRows + 1) * rowBytes, SlideWeights.BLOCK_BYTES);
        this.touched = new boolean[ringRows];
    }

    /** Starts with target rows {@code first} to {@code end - 1}. */
    public final void open(final int first, final int end) {
        for (int slot = 0; slot < ringRows; slot++) {
            if (touched[slot]) {
                clear(slot * rowBytes, rowBytes);
                touched[slot] = false;
            }
        }
        from = first;
        to = end;
        nextSource = Math.max(0, first - window.paddingY());
    }

    /**
     * Sums up row {@code y}: the first time the first of the opened rows, then the next.
     *
     * @param events the events on the table's input grid
     * @param values integer of each event at the place of its key, for integer sums of events that are not all 1; else
     *     null
     * @return true where an event reached the row; else its sums are 0
     */
    public final boolean row(final EventGrid events, final short[] values, final int y) {
        final int last = Math.min(inputHeight - 1, y - window.paddingY() + (window.kernelY() - 1) * window.dilationY());
        while (nextSource <= last) {
            if (!events.isEmpty(nextSource)) {
                slide(events, values, nextSource);
            }
            nextSource++;
        }
        return touched[y % ringRows];
    }

    /** Ends row {@code y}, from which all was taken that was reached. */
    public final void end(final int y) {
        final int slot = y % ringRows;
        final long first = slot * rowBytes;
        final long side = margin * pixelBytes;
        if (touched[slot]) {
            clear(first, side);
            clear(first + rowBytes - side, side);
            touched[slot] = false;
        }
    }

    /** The sums of all rows under way. */
    final MemorySegment sums() {
        return sums;
    }

    /** Where the sums of row {@code y}, the last that was asked for, start. */
    final long place(final int y) {
        return y % ringRows * rowBytes + margin * pixelBytes;
    }

    /** Bytes from one pixel's sums to the next. */
    final long pixelBytes() {
        return pixelBytes;
    }

    /** The convolution. */
    final ConvolutionTable table() {
        return weights.table();
    }

    private void clear(final long place, final long bytes) {
        for (long i = 0; i < bytes; i += Long.BYTES) {
            sums.set(ValueLayout.JAVA_LONG, place + i, 0L);
        }
    }

    private void slide(final EventGrid events, final short[] values, final int sourceY) {
        for (int tileY = 0; tileY < weights.tilesY(); tileY++) {
            final long row0 = targetRow(sourceY, tileY * SIDE);
            final long row1 = targetRow(sourceY, tileY * SIDE + 1);
            final long row2 = targetRow(sourceY, tileY * SIDE + 2);
            for (int tileX = 0; tileX < weights.tilesX(); tileX++) {
                final long tile = (long) (tileY * weights.tilesX() + tileX) * SlideWeights.TILE_BYTES;
                final int rightmost = tileX * SIDE + SIDE - 1;
                final long left = (margin + window.paddingX() - rightmost * window.dilationX()) * pixelBytes;
                for (int block = 0; block < weights.blocks(); block++) {
                    for (int part = 0; part < SlideWeights.BLOCK_BYTES; part += vectorBytes()) {
                        final long place = left + block * SlideWeights.BLOCK_BYTES + part;
                        slide(events, values, sourceY, tile + block * weights.blockBytes() + part,
                            row0 + place, row1 + place, row2 + place);
                    }
                }
            }
        }
    }

    /** Where the targets that see row {@code sourceY} through tap {@code ky} have their sums; others share one row. */
    private long targetRow(final int sourceY, final int ky) {
        final int y = sourceY + window.paddingY() - ky * window.dilationY();
        if (ky >= window.kernelY() || y < from || y >= to) {
            return ringRows * rowBytes;
        }
        touched[y % ringRows] = true;
        return y % ringRows * rowBytes;
    }

    private void slide(
        final EventGrid events, final short[] values, final int sourceY, final long firstWeight, final long row0,
        final long row1, final long row2) {
        final int[] pixelStart = events.pixelStart();
        final int[] keys = events.keys();
        final float[] floats = events.isUnit() ? null : events.values();
        final MemorySegment segment = weights.segment();
        final long source = weights.sourceBytes();
        final int index = sourceY * (inputWidth + 1);
        final long tap = pixelBytes * window.dilationX();
        for (int word = 0; word < events.words(); word++) {
            long bits = events.occupied()[sourceY * events.words() + word];
            while (bits != 0) {
                final int x = word * Long.SIZE + Long.numberOfTrailingZeros(bits);
                final long place = x * pixelBytes;
                add(segment, source, firstWeight - x * channels * source, keys, floats, values, pixelStart[index + x],
                    pixelStart[index + x + 1], sums, row0 + place, row1 + place, row2 + place, tap);
                bits &= bits - 1;
            }
        }
    }

    /** Bytes of a vector: {@link SlideWeights#BLOCK_BYTES} or a half or a quarter of it. */
    abstract int vectorBytes();

    /**
     * Adds the events of one source pixel to a tile: tap (i, j) to {@code row_i + (2 - j) * step}, a vector each.
     *
     * @param source bytes from a source's weights to those of the next
     * @param weight weights of the event with key k start at {@code weight + k * source}
     * @param floats values of the events; null where all are 1
     * @param values integers of the events; null where all are 1, or sums are floating point
     * @param from first event
     * @param to one beyond the last event
     * @param step bytes from a tap's sums to those of its left neighbour
     */
    abstract void add(
        MemorySegment weights, long source, long weight, int[] keys, float[] floats, short[] values, int from, int to,
        MemorySegment sums, long row0, long row1, long row2, long step);
}
