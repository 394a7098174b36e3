package org.spikemeter.engine.count;

import java.util.Arrays;

/**
 * Counts of one projection (synapses and the neurons behind them), a step. Keeps every step of a run; room for 1024 is
 * there from the start, so that shorter runs allocate nothing.
 */
public final class LayerCounts {
    private static final int INITIAL_STEPS = 1024;
    private static final Operation[] OPERATIONS = Operation.values();

    /** Row of what is counted beside operations. */
    private static final int OVERFLOWS = OPERATIONS.length;

    private final long[][] counts = new long[OPERATIONS.length + 1][INITIAL_STEPS];
    private int steps;

    /** Number of steps counted. */
    public int steps() {
        return steps;
    }

    /** Count of one step. */
    public long get(final Operation operation, final int step) {
        if (step >= steps) {
            throw new IndexOutOfBoundsException("step " + step + " of " + steps);
        }
        return counts[operation.ordinal()][step];
    }

    /** Sum over all steps. */
    public long total(final Operation operation) {
        long total = 0;
        for (int step = 0; step < steps; step++) {
            total += counts[operation.ordinal()][step];
        }
        return total;
    }

    /** A copy of the counts of all steps. */
    public long[] perStep(final Operation operation) {
        return Arrays.copyOf(counts[operation.ordinal()], steps);
    }

    /** Opens the next step with all counts 0. */
    public void beginStep() {
        if (steps == counts[0].length) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] = Arrays.copyOf(counts[i], 2 * steps);
            }
        }
        for (final long[] count : counts) {
            count[steps] = 0;
        }
        steps++;
    }

    /** Adds to the step that was opened last. */
    public void add(final Operation operation, final long count) {
        counts[operation.ordinal()][steps - 1] += count;
    }

    /** Adds to a step that was opened. */
    public void add(final Operation operation, final int step, final long count) {
        counts[operation.ordinal()][step] += count;
    }

    /** ACC and MAC of the step that was opened last. */
    public long synapticOperations() {
        return get(Operation.SYNAPTIC_ACCUMULATES, steps - 1) + get(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES, steps - 1);
    }

    /** Adds integers that saturated to the step that was opened last. They are no operation: they cost nothing. */
    public void addOverflows(final long count) {
        counts[OVERFLOWS][steps - 1] += count;
    }

    /** A copy of the numbers of integers that saturated, of all steps; zeros unless in integer mode. */
    public long[] overflowsPerStep() {
        return Arrays.copyOf(counts[OVERFLOWS], steps);
    }

    /** Integers that saturated, over all steps. */
    public long overflows() {
        return Arrays.stream(counts[OVERFLOWS], 0, steps).sum();
    }

    /** Forgets all steps. */
    public void reset() {
        steps = 0;
    }
}
