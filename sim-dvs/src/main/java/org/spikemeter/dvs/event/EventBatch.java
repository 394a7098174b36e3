package org.spikemeter.dvs.event;

import java.util.Arrays;

/**
 * Events, one after the other, as a structure of arrays: time in microseconds, and the {@link EventWord}. Reused:
 * whoever fills a batch clears it first. Readers fill at most {@link #capacity()} events; {@link #add} grows it.
 *
 * <p>Loops over many events take the arrays, which are the batch's own: valid until it grows, up to {@link #size()}.
 */
public final class EventBatch {
    /** Events that readers are asked for at once: batch and input together stay in the second-level cache. */
    public static final int DEFAULT_CAPACITY = 1 << 13;

    private long[] micros;
    private int[] words;
    private int size;

    /** An empty batch of {@link #DEFAULT_CAPACITY}. */
    public EventBatch() {
        this(DEFAULT_CAPACITY);
    }

    /**
     * An empty batch.
     *
     * @param capacity events that fit before it grows, at least 1
     */
    public EventBatch(final int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity + ": expected at least 1");
        }
        micros = new long[capacity];
        words = new int[capacity];
    }

    /** Events that fit without growing. */
    public int capacity() {
        return words.length;
    }

    /** Number of events. */
    public int size() {
        return size;
    }

    /** True for no events. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Forgets all events. */
    public void clear() {
        size = 0;
    }

    /** Time of event {@code index} in microseconds. */
    public long micros(final int index) {
        return micros[index];
    }

    /** {@link EventWord} of event {@code index}. */
    public int word(final int index) {
        return words[index];
    }

    /** Column of event {@code index}. */
    public int x(final int index) {
        return EventWord.x(words[index]);
    }

    /** Row of event {@code index}. */
    public int y(final int index) {
        return EventWord.y(words[index]);
    }

    /** 1 where event {@code index} is ON, 0 where it is OFF. */
    public int polarity(final int index) {
        return EventWord.polarity(words[index]);
    }

    /** Adds an event; grows where it is full. */
    public void add(final long timeMicros, final int word) {
        if (size == words.length) {
            ensureCapacity(2 * size);
        }
        micros[size] = timeMicros;
        words[size] = word;
        size++;
    }

    /** Adds all events of another batch; grows as need be. */
    public void addAll(final EventBatch other) {
        if (size + other.size > words.length) {
            ensureCapacity(Math.max(2 * words.length, size + other.size));
        }
        System.arraycopy(other.micros, 0, micros, size, other.size);
        System.arraycopy(other.words, 0, words, size, other.size);
        size += other.size;
    }

    /** Makes room for {@code capacity} events in all. */
    public void ensureCapacity(final int capacity) {
        if (capacity > words.length) {
            micros = Arrays.copyOf(micros, capacity);
            words = Arrays.copyOf(words, capacity);
        }
    }

    /** The times; the batch's own array. */
    public long[] microsArray() {
        return micros;
    }

    /** The words; the batch's own array. */
    public int[] wordArray() {
        return words;
    }

    /**
     * Says how many events there are, after the arrays were written to.
     *
     * @param events 0 to {@link #capacity()}
     */
    public void setSize(final int events) {
        if (events < 0 || events > words.length) {
            throw new IllegalArgumentException(events + " events: expected 0 to " + words.length);
        }
        size = events;
    }
}
