package org.spikemeter.engine.kernel;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.synapse.Pool;

/** Pools events into a row, as {@link Pool#poolRow} does, with the same bits. */
@FunctionalInterface
public interface PoolKernel {
    /**
     * Pools into row {@code y} of {@code out}; says nothing of whether {@code out} is unit.
     *
     * @param scratch at least {@link Pool#scratchSize}, zeros, of this thread alone; left as zeros
     */
    void poolRow(Pool pool, EventGrid in, EventGrid out, int y, float[] scratch);
}
