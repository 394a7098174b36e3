package org.spikemeter.engine.count;

import java.util.Arrays;

/**
 * Counts of one projection (synapses and the neurons behind them), a step. Keeps every step of a run, or, for runs
 * without an end, the last ones, and of those before them the sums; room for 1024 is there from the start, so that
 * shorter runs allocate nothing.
 */
public final class LayerCounts {
    private static final int INITIAL_STEPS = 1024;
    private static final Operation[] OPERATIONS = Operation.values();

    /** Row of what is counted beside operations. */
    private static final int OVERFLOWS = OPERATIONS.length;

    private final int keptSteps;
    private final long[][] counts;
    /** Sums over all steps. */
    private final long[] totals = new long[OPERATIONS.length + 1];
    /** The oldest step that is kept singly, the first column of the counts. */
    private int first;
    private int steps;

    /** Keeps every step. */
    public LayerCounts() {
        this(Integer.MAX_VALUE);
    }

    /**
     * Keeps the last steps.
     *
     * @param keptSteps so many of them at least, 1 or more; at most twice as many
     */
    public LayerCounts(final int keptSteps) {
        if (keptSteps < 1) {
            throw new IllegalArgumentException(keptSteps + " steps to keep: expected at least 1");
        }
        this.keptSteps = keptSteps;
        this.counts = new long[OPERATIONS.length + 1][(int) Math.min(INITIAL_STEPS, 2L * keptSteps)];
    }

    /** Number of steps counted. */
    public int steps() {
        return steps;
    }

    /** Count of one step, one of those that are kept. */
    public long get(final Operation operation, final int step) {
        if (step >= steps || step < first) {
            throw new IndexOutOfBoundsException("step " + step + " of " + steps
                + (first == 0 ? "" : ", kept from " + first + " on"));
        }
        return counts[operation.ordinal()][step - first];
    }

    /** Sum over all steps. */
    public long total(final Operation operation) {
        return totals[operation.ordinal()];
    }

    /** A copy of the counts of all steps that are kept: of all, unless it was made to keep some alone. */
    public long[] perStep(final Operation operation) {
        return Arrays.copyOf(counts[operation.ordinal()], steps - first);
    }

    /** Opens the next step with all counts 0. */
    public void beginStep() {
        final int columns = counts[0].length;
        if (steps - first == columns) {
            if (columns < 2L * keptSteps) {
                for (int i = 0; i < counts.length; i++) {
                    counts[i] = Arrays.copyOf(counts[i], (int) Math.min(2L * columns, 2L * keptSteps));
                }
            } else {
                forget(columns - keptSteps);
            }
        }
        for (final long[] count : counts) {
            count[steps - first] = 0;
        }
        steps++;
    }

    private void forget(final int oldest) {
        for (final long[] count : counts) {
            System.arraycopy(count, oldest, count, 0, count.length - oldest);
        }
        first += oldest;
    }

    /** Adds to the step that was opened last. */
    public void add(final Operation operation, final long count) {
        add(operation, steps - 1, count);
    }

    /** Adds to a step that was opened, also to one that is no longer kept. */
    public void add(final Operation operation, final int step, final long count) {
        totals[operation.ordinal()] += count;
        if (step >= first) {
            counts[operation.ordinal()][step - first] += count;
        }
    }

    /** ACC and MAC of the step that was opened last. */
    public long synapticOperations() {
        return get(Operation.SYNAPTIC_ACCUMULATES, steps - 1) + get(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES, steps - 1);
    }

    /** Adds integers that saturated to the step that was opened last. They are no operation: they cost nothing. */
    public void addOverflows(final long count) {
        totals[OVERFLOWS] += count;
        counts[OVERFLOWS][steps - 1 - first] += count;
    }

    /** A copy of the numbers of integers that saturated, of all steps; zeros unless in integer mode. */
    public long[] overflowsPerStep() {
        return Arrays.copyOf(counts[OVERFLOWS], steps - first);
    }

    /** Integers that saturated, over all steps. */
    public long overflows() {
        return totals[OVERFLOWS];
    }

    /** Forgets all steps. */
    public void reset() {
        Arrays.fill(totals, 0);
        first = 0;
        steps = 0;
    }
}
