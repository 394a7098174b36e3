package org.spikemeter.dvs.binning;

import org.spikemeter.engine.FormatException;

/** Where the steps of a recording begin and end in time. */
final class StepEdges {
    /** Number of steps where that is not known beforehand. */
    static final int OPEN = -1;

    private final long start;
    private final long micros;
    private final int steps;
    private final boolean lastTakesRest;
    private final long[] boundaries;

    private StepEdges(
        final long start, final long micros, final int steps, final boolean lastTakesRest, final long[] boundaries) {
        this.start = start;
        this.micros = micros;
        this.steps = steps;
        this.lastTakesRest = lastTakesRest;
        this.boundaries = boundaries;
    }

    /** Steps of {@code micros} from {@code start} on, without end. */
    static StepEdges endless(final long start, final long micros) {
        return new StepEdges(start, micros, OPEN, false, null);
    }

    /**
     * Steps of {@code micros} from {@code start} on, until {@code end} is reached.
     *
     * @param name the recording, whose first event may be the start
     * @throws FormatException where they are more than can be counted
     */
    static StepEdges until(final String name, final long start, final long micros, final long end)
        throws FormatException {
        final double steps = Math.ceil(((double) end - start) / micros);
        if (steps > Integer.MAX_VALUE) {
            throw new FormatException(name + ": steps of " + micros + " us from " + start + " us to " + end
                + " us are too many: expected at most " + Integer.MAX_VALUE + ", longer ones or a later beginning"
                + " (--time)");
        }
        return new StepEdges(start, micros, (int) Math.max(0, -Math.floorDiv(start - end, micros)), false, null);
    }

    /** So many steps of the same length, the last of which takes all that is behind it, too. */
    static StepEdges parts(final long start, final long end, final int parts) {
        return new StepEdges(start, Math.max(1, (end - start) / parts), parts, true, null);
    }

    /** One step without borders in time, over and over. */
    static StepEdges timeless() {
        return new StepEdges(Long.MIN_VALUE, Long.MAX_VALUE, OPEN, true, null);
    }

    /**
     * Steps from each boundary to the next.
     *
     * @param name the recording
     * @throws FormatException where they do not ascend, or make no step
     */
    static StepEdges between(final String name, final long[] boundaries) throws FormatException {
        if (boundaries.length < 2) {
            throw new FormatException(name + ": has " + boundaries.length
                + " image frames, expected at least two to make a step");
        }
        for (int i = 1; i < boundaries.length; i++) {
            if (boundaries[i] <= boundaries[i - 1]) {
                throw new FormatException(name + ": image frame " + i + " is at " + boundaries[i] + " us, the one"
                    + " before at " + boundaries[i - 1] + " us, expected ascending times");
            }
        }
        return new StepEdges(boundaries[0], 0, boundaries.length - 1, false, boundaries.clone());
    }

    /** Number of steps, or {@link #OPEN}. */
    int steps() {
        return steps;
    }

    /** First time of a step. */
    long first(final int step) {
        return step == 0 || steps == OPEN && lastTakesRest ? start : last(step - 1) + 1;
    }

    /** Last time of a step; the largest long where it has no end. */
    long last(final int step) {
        if (boundaries != null) {
            return boundaries[step + 1] - 1;
        }
        if (lastTakesRest && (steps == OPEN || step == steps - 1) || micros > Long.MAX_VALUE / (step + 1L)) {
            return Long.MAX_VALUE;
        }
        final long last = start + micros * (step + 1L) - 1;
        return last < start ? Long.MAX_VALUE : last;
    }

    /** Steps that begin and end between a step and a time behind it. */
    double stepsBetween(final int step, final long time) {
        return ((double) time - last(step)) / micros;
    }
}
