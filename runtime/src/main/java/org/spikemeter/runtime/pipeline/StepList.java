package org.spikemeter.runtime.pipeline;

import java.util.Arrays;
import org.spikemeter.engine.aer.StepEvents;

/**
 * Clock steps one after the other, in flat arrays that are reused. Steps without an event in a row are one entry, so
 * that a long silence takes no room. Grows to what it once held, and allocates nothing after that.
 */
public final class StepList {
    private static final int FIRST_STEPS = 64;
    private static final int FIRST_EVENTS = 4096;

    private int[] addresses = new int[FIRST_EVENTS];
    private float[] values = new float[FIRST_EVENTS];
    /** Behind the last event of an entry. */
    private int[] ends = new int[FIRST_STEPS];
    /** Steps that an entry stands for: 1, or more where it has no event. */
    private int[] repeats = new int[FIRST_STEPS];
    private long[] arrivals = new long[FIRST_STEPS];
    private int entries;
    private int events;
    private long steps;

    /** Forgets all steps. */
    public void clear() {
        entries = 0;
        events = 0;
        steps = 0;
    }

    /** Number of entries. */
    public int entries() {
        return entries;
    }

    /** Number of steps that they stand for. */
    public long steps() {
        return steps;
    }

    /** Number of events. */
    public int events() {
        return events;
    }

    /** Steps that an entry stands for; more than 1 only where it is silent. */
    public int repeats(final int entry) {
        return repeats[entry];
    }

    /** When the first event of an entry arrived, of {@link System#nanoTime}; of no meaning where it is silent. */
    public long arrivalNanos(final int entry) {
        return arrivals[entry];
    }

    /** True where an entry has no event. */
    public boolean isSilent(final int entry) {
        return ends[entry] == (entry == 0 ? 0 : ends[entry - 1]);
    }

    /**
     * Adds a step.
     *
     * @param arrivalNanos when the first of its events arrived
     */
    public void add(final StepEvents step, final long arrivalNanos) {
        if (step.size() == 0) {
            addSilence(1);
            return;
        }
        ensureEvents(events + step.size());
        for (int i = 0; i < step.size(); i++) {
            addresses[events + i] = step.address(i);
            values[events + i] = step.value(i);
        }
        events += step.size();
        append(arrivalNanos);
    }

    /** Adds all steps of another list. */
    public void addAll(final StepList other) {
        ensureEvents(events + other.events);
        System.arraycopy(other.addresses, 0, addresses, events, other.events);
        System.arraycopy(other.values, 0, values, events, other.events);
        final int before = events;
        for (int entry = 0; entry < other.entries; entry++) {
            if (other.isSilent(entry)) {
                addSilence(other.repeats[entry]);
            } else {
                events = before + other.ends[entry];
                append(other.arrivals[entry]);
            }
        }
    }

    private void ensureEvents(final int number) {
        if (number > addresses.length) {
            final int capacity = Math.max(2 * addresses.length, number);
            addresses = Arrays.copyOf(addresses, capacity);
            values = Arrays.copyOf(values, capacity);
        }
    }

    /** Adds steps without an event. */
    public void addSilence(final long number) {
        long left = number;
        while (left > 0) {
            if (entries > 0 && isSilent(entries - 1) && repeats[entries - 1] < Integer.MAX_VALUE) {
                final int more = (int) Math.min(left, Integer.MAX_VALUE - repeats[entries - 1]);
                repeats[entries - 1] += more;
                steps += more;
                left -= more;
            } else {
                append(0);
                left--;
            }
        }
    }

    private void append(final long arrivalNanos) {
        if (entries == ends.length) {
            ends = Arrays.copyOf(ends, 2 * entries);
            repeats = Arrays.copyOf(repeats, 2 * entries);
            arrivals = Arrays.copyOf(arrivals, 2 * entries);
        }
        ends[entries] = events;
        repeats[entries] = 1;
        arrivals[entries] = arrivalNanos;
        entries++;
        steps++;
    }

    /** Copies the events of an entry. */
    public void get(final int entry, final StepEvents into) {
        into.clear();
        for (int i = entry == 0 ? 0 : ends[entry - 1]; i < ends[entry]; i++) {
            into.add(addresses[i], values[i]);
        }
    }
}
