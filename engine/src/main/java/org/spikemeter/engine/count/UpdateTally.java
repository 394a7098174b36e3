package org.spikemeter.engine.count;

import java.util.Arrays;

/** What one thread counted of a step's neurons; added up when the threads are done. */
public final class UpdateTally {
    private static final int INITIAL_STEPS = 1024;

    /** Potentials that changed in steps that were caught up with later, a step; kept until they are taken. */
    public long[] lateChanges = new long[INITIAL_STEPS];
    /** The first step that there may be late changes of. */
    public int firstLate = Integer.MAX_VALUE;
    /** Spikes. */
    public long spikes;
    /** Potentials that changed. */
    public long membraneChanges;
    /** Neuron updates. */
    public long updates;
    /** Silent steps that were skipped. */
    public long skipped;
    /** Integers that saturated. */
    public long overflows;

    /** Makes room for the late changes of a step. */
    public void reserve(final int step) {
        if (step >= lateChanges.length) {
            lateChanges = Arrays.copyOf(lateChanges, 2 * step);
        }
    }

    /** Forgets the late changes of steps up to {@code last}, which are all that there are. */
    public void clearLate(final int last) {
        if (firstLate <= last) {
            Arrays.fill(lateChanges, firstLate, last + 1, 0L);
        }
        firstLate = Integer.MAX_VALUE;
    }

    /** All 0 for the next step; late changes stay. */
    public void clear() {
        spikes = 0;
        membraneChanges = 0;
        updates = 0;
        skipped = 0;
        overflows = 0;
    }
}
