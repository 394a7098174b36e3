package org.spikemeter.engine.count;

/**
 * What is counted. The model machine is event-driven: an event walks through its synapses and adds a weight to each
 * target; a neuron is updated in a step when an event reached it, when its own drive (bias) can make it fire, or when a
 * soft reset left it at its threshold. A neuron that was silent for n steps is caught up in one update, in closed form,
 * when it is next updated; the other n - 1 are skipped.
 */
public enum Operation {
    /** Events delivered into the layer, before any pooling. */
    INPUT_EVENTS("inputEvents"),
    /** Spikes emitted; for a layer without neurons, its non-zero values. */
    SPIKES("spikes"),
    /**
     * ACC: (event of value 1, existing target) pairs, each a weight that is added once. An event under average or sum
     * pooling counts once for each (window, target) that reads it.
     */
    SYNAPTIC_ACCUMULATES("acc"),
    /** MAC: (event of another value, existing target) pairs. */
    SYNAPTIC_MULTIPLY_ACCUMULATES("mac"),
    /** Those ACC whose weight is zero. */
    ZERO_WEIGHT_ACCUMULATES("zeroWeightAcc"),
    /** Those MAC whose weight is zero. */
    ZERO_WEIGHT_MULTIPLY_ACCUMULATES("zeroWeightMac"),
    /** (Pooled event, existing target) pairs: what is left when events that a pool merges count as one. */
    POOLED_OPERATIONS("pooledOperations"),
    /** Bias additions of updates. */
    BIAS_ADDS("biasAdds"),
    /** Multiplications or divisions by the leak, of updates. */
    LEAK_MULTIPLIES("leakMultiplies"),
    /** Additions and subtractions of the charge equation, of updates. */
    MEMBRANE_ADDS("membraneAdds"),
    /** Comparisons with the threshold, of updates. */
    THRESHOLD_COMPARES("thresholdCompares"),
    /** Resets: one a spike. */
    RESETS("resets"),
    /** Neuron updates of the model machine, catching up included. */
    NEURON_UPDATES("neuronUpdates"),
    /** Silent steps that catching up in closed form saved. */
    SKIPPED_UPDATES("skippedUpdates"),
    /** Neuron updates of a clock-driven machine: every neuron, every step. */
    CLOCK_DRIVEN_UPDATES("clockDrivenUpdates"),
    /** Neurons whose potential after the step differs from before in any bit; step 0 counts all. */
    MEMBRANE_CHANGES("membraneChanges"),
    /** Weights read: one for each ACC and MAC. */
    WEIGHT_READS("weightReads"),
    /** Potentials read: one for each ACC, MAC and update. */
    MEMBRANE_READS("membraneReads"),
    /** Potentials written: one for each ACC, MAC and update. */
    MEMBRANE_WRITES("membraneWrites"),
    /** Events read: one for each input event. */
    EVENT_READS("eventReads"),
    /** Events written: one for each spike. */
    EVENT_WRITES("eventWrites");

    private final String key;

    Operation(final String key) {
        this.key = key;
    }

    /** Name in JSON. */
    public String key() {
        return key;
    }

    /** True for what belongs to synapses; the other counts belong to the neurons behind them. */
    public boolean isSynaptic() {
        return switch (this) {
            case INPUT_EVENTS, SYNAPTIC_ACCUMULATES, SYNAPTIC_MULTIPLY_ACCUMULATES, ZERO_WEIGHT_ACCUMULATES,
                ZERO_WEIGHT_MULTIPLY_ACCUMULATES, POOLED_OPERATIONS, WEIGHT_READS, EVENT_READS -> true;
            default -> false;
        };
    }

    /** True for reads and writes of memory. */
    public boolean isMemoryTraffic() {
        return switch (this) {
            case WEIGHT_READS, MEMBRANE_READS, MEMBRANE_WRITES, EVENT_READS, EVENT_WRITES -> true;
            default -> false;
        };
    }

    /**
     * The operation of a name in JSON.
     *
     * @throws IllegalArgumentException where there is none
     */
    public static Operation ofKey(final String key) {
        for (final Operation operation : values()) {
            if (operation.key.equals(key)) {
                return operation;
            }
        }
        throw new IllegalArgumentException("no operation '" + key + "' is counted");
    }
}
