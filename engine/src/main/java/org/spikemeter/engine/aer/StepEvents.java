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
    private static final int ONE = Float.floatToRawIntBits(1.0f);
    private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

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
        requireFinite(address, value);
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

    /**
     * Replaces all events by the values of all addresses; as {@link #add} for each of them, and faster where few are 0.
     *
     * @param dense by address, finite; 0 where there is no event
     * @throws IllegalArgumentException where a value is not finite, or there are not as many as addresses
     */
    public void replace(final float[] dense) {
        if (dense.length != shape.size()) {
            throw new IllegalArgumentException(dense.length + " values for a grid of " + shape.size() + " addresses");
        }
        while (addresses.length < dense.length) {
            grow();
        }
        final int[] addressAt = addresses;
        final float[] valueAt = values;
        int largest = 0;
        int others = 0;
        int events = 0;
        // on bits and without a branch, since which values are 0 cannot be foreseen: the next event is written over one
        // of value 0
        for (int address = 0; address < dense.length; address++) {
            final int bits = Float.floatToRawIntBits(dense[address]);
            final int magnitude = bits & Integer.MAX_VALUE;
            addressAt[events] = address;
            valueAt[events] = dense[address];
            // the sign of -magnitude: -1 where there is an event, 0 where not
            final int event = -magnitude >> Integer.SIZE - 1;
            events -= event;
            others |= event & (bits ^ ONE);
            largest = Math.max(largest, magnitude);
        }
        size = largest >= INFINITY ? 0 : events;
        unit = size == 0 || others == 0;
        for (int address = 0; largest >= INFINITY && address < dense.length; address++) {
            requireFinite(address, dense[address]);
        }
    }

    /**
     * Copies the events from {@code first} on whose addresses are below {@code limit}.
     *
     * @param base subtracted from each address
     * @param keys addresses go to {@code place} and behind
     * @param valuesInto values go to the same places; null for none
     * @return the event behind them
     */
    int copyBelow(
        final int first, final int base, final int limit, final int[] keys, final float[] valuesInto,
        final int place) {
        final int found = Arrays.binarySearch(addresses, first, size, limit);
        final int event = found < 0 ? -1 - found : found;
        final int[] from = addresses;
        for (int i = first; i < event; i++) {
            keys[place + i - first] = from[i] - base;
        }
        if (valuesInto != null) {
            System.arraycopy(values, first, valuesInto, place, event - first);
        }
        return event;
    }

    private static void requireFinite(final int address, final float value) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException("event at address " + address + " has the value " + value
                + ": expected a finite number");
        }
    }

    private void grow() {
        final int capacity = Math.min(shape.size(), 2 * addresses.length);
        addresses = Arrays.copyOf(addresses, capacity);
        values = Arrays.copyOf(values, capacity);
    }
}
