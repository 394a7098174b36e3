package org.spikemeter.engine.aer;

import java.util.Arrays;
import org.spikemeter.engine.network.Shape;

/**
 * One step's events of a grid, arranged for kernels: rows have segments of their own, and one index a pixel says where
 * its events start (compressed sparse rows over pixels).
 *
 * <p>The events of row {@code y} lie from {@code y * rowCapacity} on, sorted, as keys {@code x * channels + c}. Those
 * of the pixels {@code x0} to {@code x1 - 1} are the one range from {@code pixelStart[y * (width + 1) + x0]} to
 * {@code pixelStart[y * (width + 1) + x1]}. Because rows do not share a segment, several threads may fill the rows of a
 * grid, and what they leave does not depend on how many they were.
 *
 * <p>Beside them lies one bit a pixel: whether it has any event, bit {@code x % 64} of word
 * {@code y * words + x / 64}.
 *
 * <p>Kernels that have the spikes of vectors of neurons as bits anyway leave those, too, for each other; only rows that
 * {@link #hasVectorBits} have them.
 *
 * <p>The arrays are handed out bare: kernels read and write them, and {@link #endRow end} each row that they wrote.
 * Allocates nothing after construction.
 */
public final class EventGrid {
    /** Room behind each row, so that a kernel may store whole vectors of up to this many lanes. */
    public static final int SLACK = 16;
    /** Lanes of the smallest vector whose bits there is room for. */
    public static final int SMALLEST_VECTOR = 4;

    private final Shape shape;
    private final int rowCapacity;
    private final int[] keys;
    private final float[] values;
    private final int[] pixelStart;
    private final int words;
    private final long[] occupied;
    private final char[] vectorBits;
    private final boolean[] rowHasBits;
    /** 2^32 over the number of channels, rounded up; 0 where a product with it would not give a key's pixel. */
    private final long inverse;
    private boolean unit = true;
    private int openRow;
    private int openPlace;

    /**
     * No events yet.
     *
     * @param shape the grid
     * @param valued true where events can have values other than 1
     * @throws IllegalArgumentException where the grid needs more than an array can hold
     */
    public EventGrid(final Shape shape, final boolean valued) {
        this.shape = shape;
        this.rowCapacity = shape.width() * shape.channels() + SLACK;
        final long capacity = (long) rowCapacity * shape.height();
        if (capacity > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a grid of " + shape + " needs " + capacity + " places for its events");
        }
        this.keys = new int[(int) capacity];
        this.values = valued ? new float[(int) capacity] : null;
        this.pixelStart = new int[shape.height() * (shape.width() + 1)];
        this.words = PixelBits.words(shape.width());
        this.occupied = new long[shape.height() * words];
        this.vectorBits = valued ? null : new char[shape.size() / SMALLEST_VECTOR + 1];
        this.rowHasBits = new boolean[shape.height()];
        final boolean exact = (long) shape.width() * shape.channels() * shape.channels() < 1L << Integer.SIZE;
        this.inverse = exact ? (1L << Integer.SIZE) / shape.channels() + 1 : 0;
        clear();
    }

    /** The grid. */
    public Shape shape() {
        return shape;
    }

    /** Places from the start of one row's segment to the start of the next. */
    public int rowCapacity() {
        return rowCapacity;
    }

    /** Keys, {@code x * channels + c}, in the segments of their rows. */
    public int[] keys() {
        return keys;
    }

    /** Values beside the keys; not to be read where {@link #isUnit}; null where the grid cannot hold any. */
    public float[] values() {
        return values;
    }

    /** Where the events of a pixel start: {@code [height][width + 1]}. */
    public int[] pixelStart() {
        return pixelStart;
    }

    /** Words of bits a row. */
    public int words() {
        return words;
    }

    /** Bits of the pixels that have events: {@code [height][words]}. */
    public long[] occupied() {
        return occupied;
    }

    /**
     * Bits of the neurons that have events: those of addresses {@code i * n} to {@code i * n + n - 1} at {@code i}, for
     * vectors of n lanes, {@link #SMALLEST_VECTOR} to 16; null where events have values.
     */
    public char[] vectorBits() {
        return vectorBits;
    }

    /** True where the bits of row {@code y} are there. */
    public boolean hasVectorBits(final int y) {
        return rowHasBits[y];
    }

    /** True where row {@code y} has no event. */
    public boolean isEmpty(final int y) {
        return rowStart(y) == rowEnd(y);
    }

    /** True where rows {@code from} to {@code to - 1} have no event. */
    public boolean areEmpty(final int from, final int to) {
        for (int y = from; y < to; y++) {
            if (!isEmpty(y)) {
                return false;
            }
        }
        return true;
    }

    /** True where every event has the value 1. */
    public boolean isUnit() {
        return unit;
    }

    /** Says that the events that are there, or will be, all have the value 1, or that values are to be read. */
    public void setUnit(final boolean allOnes) {
        assert allOnes || values != null;
        unit = allOnes;
    }

    /** First event of row {@code y}. */
    public int rowStart(final int y) {
        return y * rowCapacity;
    }

    /** One beyond the last event of row {@code y}. */
    public int rowEnd(final int y) {
        return pixelStart[(y + 1) * (shape.width() + 1) - 1];
    }

    /** Number of events. */
    public int size() {
        int size = 0;
        for (int y = 0; y < shape.height(); y++) {
            size += rowEnd(y) - rowStart(y);
        }
        return size;
    }

    /** Number of pixels that have events. */
    public int occupiedPixels() {
        int pixels = 0;
        for (final long bits : occupied) {
            pixels += Long.bitCount(bits);
        }
        return pixels;
    }

    /** Forgets all events. */
    public void clear() {
        final int pixels = shape.width() + 1;
        for (int y = 0; y < shape.height(); y++) {
            Arrays.fill(pixelStart, y * pixels, (y + 1) * pixels, y * rowCapacity);
        }
        Arrays.fill(occupied, 0L);
        Arrays.fill(rowHasBits, false);
        unit = true;
    }

    /** Rebuilds the index of row {@code y} after its keys were written up to {@code end}. */
    public void indexRow(final int y, final int end) {
        final int width = shape.width();
        final int first = y * (width + 1);
        mark(y, 0, width, rowStart(y), end);
        pixelStart[first + width] = end;
        rowHasBits[y] = false;
        int start = rowStart(y);
        for (int word = 0; word < words; word++) {
            final int index = first + word * Long.SIZE;
            final int pixels = Math.min(Long.SIZE, width - word * Long.SIZE);
            long bits = 0;
            for (int i = 0; i < pixels; i++) {
                final int next = Math.max(start, pixelStart[index + i + 1]);
                pixelStart[index + i + 1] = next;
                // the sign of start minus next: 1 where there are events
                bits |= (long) (start - next >>> Integer.SIZE - 1) << i;
                start = next;
            }
            occupied[y * words + word] = bits;
        }
    }

    /**
     * Rebuilds the index of the pixels {@code fromX} to {@code toX - 1} of row {@code y}, whose events were written to
     * places {@code from} to {@code end - 1}. Pixels of a row are indexed from left to right, then the row is ended.
     */
    public void indexPixels(final int y, final int fromX, final int toX, final int from, final int end) {
        final int index = y * (shape.width() + 1);
        mark(y, fromX, toX, from, end);
        int start = from;
        for (int i = index + fromX; i < index + toX; i++) {
            start = Math.max(start, pixelStart[i]);
            pixelStart[i] = start;
        }
    }

    /**
     * Lets the last event of each pixel say where the next pixel starts; others start at {@code from}, and have to
     * catch up. No branch asks where a pixel ends, which cannot be foreseen.
     */
    private void mark(final int y, final int fromX, final int toX, final int from, final int end) {
        final int index = y * (shape.width() + 1);
        Arrays.fill(pixelStart, index + fromX, index + toX, from);
        final int channels = shape.channels();
        for (int event = from; event < end; event++) {
            final int pixel = inverse == 0 ? keys[event] / channels : (int) (keys[event] * inverse >>> Integer.SIZE);
            pixelStart[index + pixel + 1] = event + 1;
        }
    }

    /** Ends row {@code y}, whose pixels are indexed, where its events end. */
    public void endRow(final int y, final int end) {
        endRow(y, end, false);
    }

    /**
     * The same.
     *
     * @param bits whether the bits of its vectors were written, too
     */
    public void endRow(final int y, final int end, final boolean bits) {
        pixelStart[(y + 1) * (shape.width() + 1) - 1] = end;
        rowHasBits[y] = bits;
        seal(y);
    }

    /** Takes note of the pixels of row {@code y} that have events; after its index was written. */
    private void seal(final int y) {
        final int width = shape.width();
        final int index = y * (width + 1);
        final boolean empty = isEmpty(y);
        for (int word = 0; word < words; word++) {
            final int first = index + word * Long.SIZE;
            final int pixels = empty ? 0 : Math.min(Long.SIZE, width - word * Long.SIZE);
            long bits = 0;
            for (int i = 0; i < pixels; i++) {
                // the sign of start minus end: 1 where there are events
                bits |= (long) (pixelStart[first + i] - pixelStart[first + i + 1] >>> Integer.SIZE - 1) << i;
            }
            occupied[y * words + word] = bits;
        }
    }

    /** Makes row {@code y} empty. */
    public void emptyRow(final int y) {
        if (!isEmpty(y)) {
            final int index = y * (shape.width() + 1);
            Arrays.fill(pixelStart, index, index + shape.width() + 1, rowStart(y));
            Arrays.fill(occupied, y * words, (y + 1) * words, 0L);
            rowHasBits[y] = false;
        }
    }

    /** Replaces the events. */
    public void load(final StepEvents events) {
        setUnit(events.isUnit());
        final int rowSize = shape.width() * shape.channels();
        int event = 0;
        for (int y = 0; y < shape.height(); y++) {
            final int next = events.copyBelow(event, y * rowSize, (y + 1) * rowSize, keys, unit ? null : values,
                rowStart(y));
            if (next == event) {
                emptyRow(y);
            } else {
                indexRow(y, rowStart(y) + next - event);
            }
            event = next;
        }
    }

    /**
     * Starts to replace the events one by one; then {@link #append} and {@link #close}.
     *
     * @param allOnes true where all values will be 1
     */
    public void open(final boolean allOnes) {
        setUnit(allOnes);
        openRow = 0;
        openPlace = 0;
    }

    /**
     * Adds an event behind the last one.
     *
     * @param address greater than that of the event before, below the size of the grid
     * @param value not read where all values are 1
     */
    public void append(final int address, final float value) {
        final int rowSize = shape.width() * shape.channels();
        while (address >= (openRow + 1) * rowSize) {
            indexRow(openRow, openPlace);
            openRow++;
            openPlace = rowStart(openRow);
        }
        keys[openPlace] = address - openRow * rowSize;
        if (!unit) {
            values[openPlace] = value;
        }
        openPlace++;
    }

    /** Ends what {@link #open} started. */
    public void close() {
        while (openRow < shape.height()) {
            indexRow(openRow, openPlace);
            openRow++;
            openPlace = rowStart(openRow);
        }
    }

    /** Copies the events into a plain list. */
    public void store(final StepEvents into) {
        into.clear();
        final int rowSize = shape.width() * shape.channels();
        for (int y = 0; y < shape.height(); y++) {
            final int end = rowEnd(y);
            for (int event = rowStart(y); event < end; event++) {
                into.add(y * rowSize + keys[event], unit ? 1.0f : values[event]);
            }
        }
    }

    /** Writes the value of every event to its address in {@code dense}, which holds zeros elsewhere. */
    public void expand(final float[] dense) {
        final int rowSize = shape.width() * shape.channels();
        for (int y = 0; y < shape.height(); y++) {
            final int end = rowEnd(y);
            for (int event = rowStart(y); event < end; event++) {
                dense[y * rowSize + keys[event]] = unit ? 1.0f : values[event];
            }
        }
    }

    /** Puts zeros where {@link #expand} wrote. */
    public void erase(final float[] dense) {
        final int rowSize = shape.width() * shape.channels();
        for (int y = 0; y < shape.height(); y++) {
            final int end = rowEnd(y);
            for (int event = rowStart(y); event < end; event++) {
                dense[y * rowSize + keys[event]] = 0.0f;
            }
        }
    }
}
