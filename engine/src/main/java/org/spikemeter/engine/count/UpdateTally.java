package org.spikemeter.engine.count;

/** What one thread counted of a step's neurons; added up when the threads are done. */
public final class UpdateTally {
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

    /** All 0. */
    public void clear() {
        spikes = 0;
        membraneChanges = 0;
        updates = 0;
        skipped = 0;
        overflows = 0;
    }
}
