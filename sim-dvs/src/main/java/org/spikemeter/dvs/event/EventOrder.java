package org.spikemeter.dvs.event;

import java.util.Arrays;

/**
 * Events on their way into order: each has a key, and {@link #sort} puts them in ascending order of keys; those of one
 * key stay in the order in which they were added. Sorts by counting, 11 bits of the key at a time, so that keys below
 * 2048 need one pass. Reused; allocates where it grows.
 */
public final class EventOrder {
    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private int[] keys = new int[EventBatch.DEFAULT_CAPACITY];
    private int[] words = new int[EventBatch.DEFAULT_CAPACITY];
    private int[] sortedKeys = new int[0];
    private int[] sortedWords = new int[0];
    private final int[] starts = new int[DIGITS];
    private int size;
    private int largest;

    /** Forgets all events. */
    public void clear() {
        size = 0;
        largest = 0;
    }

    /** Number of events. */
    public int size() {
        return size;
    }

    /** Adds an event; its key is not negative. */
    public void add(final int key, final int word) {
        ensureCapacity(size + 1);
        keys[size] = key;
        words[size] = word;
        size++;
        largest = Math.max(largest, key);
    }

    /** Adds an event for each key from 0 to {@code count - 1}. */
    public void addFirst(final int count, final int word) {
        ensureCapacity(size + count);
        for (int key = 0; key < count; key++) {
            keys[size + key] = key;
            words[size + key] = word;
        }
        size += count;
        largest = Math.max(largest, count - 1);
    }

    /** Adds all events of another one, as they lie. */
    public void addAll(final EventOrder other) {
        ensureCapacity(size + other.size);
        System.arraycopy(other.keys, 0, keys, size, other.size);
        System.arraycopy(other.words, 0, words, size, other.size);
        size += other.size;
        largest = Math.max(largest, other.largest);
    }

    /** Key of event {@code index}. */
    public int key(final int index) {
        return keys[index];
    }

    /** {@link EventWord} of event {@code index}. */
    public int word(final int index) {
        return words[index];
    }

    /** Puts the events in order. */
    public void sort() {
        if (sortedKeys.length < size) {
            sortedKeys = new int[keys.length];
            sortedWords = new int[keys.length];
        }
        for (int shift = 0; shift < Integer.SIZE - 1 && largest >>> shift > 0; shift += DIGIT_BITS) {
            sortBy(shift);
            final int[] unsortedKeys = keys;
            keys = sortedKeys;
            sortedKeys = unsortedKeys;
            final int[] unsortedWords = words;
            words = sortedWords;
            sortedWords = unsortedWords;
        }
    }

    private void sortBy(final int shift) {
        final int[] next = starts;
        Arrays.fill(next, 0);
        for (int i = 0; i < size; i++) {
            next[keys[i] >>> shift & DIGITS - 1]++;
        }
        int start = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            final int count = next[digit];
            next[digit] = start;
            start += count;
        }
        for (int i = 0; i < size; i++) {
            final int at = next[keys[i] >>> shift & DIGITS - 1]++;
            sortedKeys[at] = keys[i];
            sortedWords[at] = words[i];
        }
    }

    private void ensureCapacity(final int capacity) {
        if (capacity > keys.length) {
            final int grown = Math.max(2 * keys.length, capacity);
            keys = Arrays.copyOf(keys, grown);
            words = Arrays.copyOf(words, grown);
        }
    }
}
