package org.spikemeter.engine.count;

import java.util.Arrays;

/**
 * Counts of a length of time, by projection and operation, without its steps: the difference of what a run had counted
 * at its end and at its begin.
 */
public final class OperationTotals {
    private static final Operation[] OPERATIONS = Operation.values();

    /** {@code [entry * operations + operation]}. */
    private final long[] counts;

    /**
     * Nothing counted.
     *
     * @param entries number of {@link OperationCounts#entries}
     */
    public OperationTotals(final int entries) {
        counts = new long[entries * OPERATIONS.length];
    }

    private OperationTotals(final long[] counts) {
        this.counts = counts;
    }

    /** All that was counted so far. */
    public static OperationTotals of(final OperationCounts counts) {
        final OperationTotals totals = new OperationTotals(counts.entries().size());
        totals.set(counts);
        return totals;
    }

    /** Number of projections. */
    public int entries() {
        return counts.length / OPERATIONS.length;
    }

    /** Count of one projection. */
    public long get(final int entry, final Operation operation) {
        return counts[entry * OPERATIONS.length + operation.ordinal()];
    }

    /** Sum over all projections. */
    public long total(final Operation operation) {
        long total = 0;
        for (int i = operation.ordinal(); i < counts.length; i += OPERATIONS.length) {
            total += counts[i];
        }
        return total;
    }

    /** The same counts, which do not change with these. */
    public OperationTotals copy() {
        return new OperationTotals(counts.clone());
    }

    /** Forgets all. */
    public void clear() {
        Arrays.fill(counts, 0);
    }

    /**
     * Takes over all that was counted so far.
     *
     * @throws IllegalArgumentException where the number of projections is another
     */
    public void set(final OperationCounts source) {
        requireEntries(source.entries().size());
        clear();
        addSince(new OperationTotals(entries()), source);
    }

    /**
     * Adds what was counted since: what {@code source} has now, less what is in {@code before}, which then has what it
     * has now.
     *
     * @throws IllegalArgumentException where a number of projections is another
     */
    public void addSince(final OperationTotals before, final OperationCounts source) {
        requireEntries(before.entries());
        requireEntries(source.entries().size());
        for (int entry = 0; entry < entries(); entry++) {
            final LayerCounts layer = source.entries().get(entry).counts();
            for (final Operation operation : OPERATIONS) {
                final int at = entry * OPERATIONS.length + operation.ordinal();
                final long now = layer.total(operation);
                counts[at] += now - before.counts[at];
                before.counts[at] = now;
            }
        }
    }

    /**
     * Adds others.
     *
     * @throws IllegalArgumentException where the number of projections is another
     */
    public void add(final OperationTotals others) {
        requireEntries(others.entries());
        for (int i = 0; i < counts.length; i++) {
            counts[i] += others.counts[i];
        }
    }

    /** What is left without others, which have as many projections or none. */
    public OperationTotals minus(final OperationTotals others) {
        final OperationTotals left = copy();
        if (others.counts.length > 0) {
            requireEntries(others.entries());
        }
        for (int i = 0; i < others.counts.length; i++) {
            left.counts[i] -= others.counts[i];
        }
        return left;
    }

    private void requireEntries(final int entries) {
        if (entries != entries()) {
            throw new IllegalArgumentException("counts of " + entries + " projections: expected " + entries());
        }
    }
}
