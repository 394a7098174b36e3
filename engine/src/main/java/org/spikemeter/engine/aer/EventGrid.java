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
 * <p>The arrays are handed out bare: kernels read and write them. Allocates nothing after construction.
 */
public final class EventGrid {
    /** Room behind each row, so that a kernel may store whole vectors of up to this many lanes. */
    public static final int SLACK = 16;

    private final Shape shape;
    private final int rowCapacity;
    private final int[] keys;
    private final float[] values;
    private final int[] pixelStart;
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

    /** Forgets all events. */
    public void clear() {
        final int pixels = shape.width() + 1;
        for (int y = 0; y < shape.height(); y++) {
            Arrays.fill(pixelStart, y * pixels, (y + 1) * pixels, y * rowCapacity);
        }
        unit = true;
    }

    /** Rebuilds the pixel index of row {@code y} after its keys were written up to {@code end}. */
    public void indexRow(final int y, final int end) {
        final int width = shape.width();
        final int channels = shape.channels();
        final int index = y * (width + 1);
        int event = y * rowCapacity;
        int nextPixel = channels;
        for (int x = 0; x < width; x++) {
            pixelStart[index + x] = event;
            // all that are left are the last pixel's
            while (x + 1 < width && event < end && keys[event] < nextPixel) {
                event++;
            }
            nextPixel += channels;
        }
        pixelStart[index + width] = end;
    }

    /** Replaces the events. */
    public void load(final StepEvents events) {
        open(events.isUnit());
        if (shape.height() == 1) {
            events.copy(keys, values);
            indexRow(0, events.size());
            return;
        }
        for (int event = 0; event < events.size(); event++) {
            append(events.address(event), events.value(event));
        }
        close();
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
