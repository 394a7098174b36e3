package org.spikemeter.runtime.metering;

import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationTotals;

/**
 * What a pipeline has done.
 *
 * @param events events that came in
 * @param steps steps of the network
 * @param operations what they took, by projection of the network; no projections where there was no batch
 */
public record Work(long events, long steps, OperationTotals operations) {
    /** Nothing. */
    public static final Work NONE = new Work(0, 0, new OperationTotals(0));

    /** Spikes of all layers. */
    public long spikes() {
        return operations.total(Operation.SPIKES);
    }

    /** ACC of all layers. */
    public long accumulates() {
        return operations.total(Operation.SYNAPTIC_ACCUMULATES);
    }

    /** MAC of all layers. */
    public long multiplyAccumulates() {
        return operations.total(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES);
    }

    /** What was done since. */
    public Work since(final Work before) {
        return new Work(events - before.events, steps - before.steps, operations.minus(before.operations));
    }
}
