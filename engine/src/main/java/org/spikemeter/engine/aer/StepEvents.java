package org.spikemeter.engine.aer;

import java.util.Arrays;
import org.spikemeter.engine.network.Shape;

/**
 * The address events of one clock step on one grid: strictly ascending addresses, each with a value. A spike has the
 * value 1; an analog event (a grey value, a pooled value, a signed event) carries its own. An address without an event
 * has the value 0.
 *
 * <p>Reused from step to step: {@link #clear} then {@link #add}. Grows up to the size of the grid and allocates nothing
 * after that. Not safe for use by several threads at once.
 */
public final class StepEvents {
    private final Shape shape;
    private int[] addresses;
    private float[] values;
    private int size;
    private boolean unit = true;

    /**
     * No events yet.
     *
     * @param shape the grid that the addresses belong to
     */
    public StepEvents(final Shape shape) {
        this.shape = shape;
        final int capacity = Math.min(shape.size(), 1024);
        this.addresses = new int[capacity];
        this.values = new float[capacity];
    }

    /** The grid that the addresses belong to. */
    public Shape shape() {
        return shape;
    }

    /** Number of events. */
    public int size() {
        return size;
    }

    /** True where every event has the value 1; true for no events. */
    public boolean isUnit() {
        return unit;
    }

    /** Address of event {@code index}, in ascending order. */
    public int address(final int index) {
        return addresses[index];
    }

    /** Value of event {@code index}; never 0. */
    public float value(final int index) {
        return values[index];
    }

    /** Forgets all events. */
    public void clear() {
        size = 0;
        unit = true;
    }

    /**
     * Adds a spike.
     *
     * @param address greater than that of the event before
     */
    public void add(final int address) {
        add(address, 1.0f);
    }

    /**
     * Adds an event. A value of 0 is no event and is left out.
     *
     * @param address greater than that of the event before, below the size of the grid
     * @param value finite
     * @throws IllegalArgumentException where the order, the range or the value is not so
     */
    public void add(final int address, final float value) {
        if (address >= shape.size() || address <= (size == 0 ? -1 : addresses[size - 1])) {
            throw new IllegalArgumentException("event address " + address + " after "
                + (size == 0 ? "none" : addresses[size - 1]) + ": expected ascending addresses below " + shape.size());
        }
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException("event at address " + address + " has the value " + value
                + ": expected a finite number");
        }
        if (value == 0.0f) {
            return;
        }
        if (size == addresses.length) {
            grow();
        }
        addresses[size] = address;
        values[size] = value;
        unit &= value == 1.0f;
        size++;
    }

    private void grow() {
        final int capacity = Math.min(shape.size(), 2 * addresses.length);
        addresses = Arrays.copyOf(addresses, capacity);
        values = Arrays.copyOf(values, capacity);
    }
}
