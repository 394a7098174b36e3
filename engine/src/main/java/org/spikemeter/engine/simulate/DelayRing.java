package org.spikemeter.engine.simulate;

import java.util.Arrays;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.kernel.CsrScatter;
import org.spikemeter.engine.synapse.CsrTable;

/**
 * Sums on their way through synapses with delays: a ring with the targets of this step and of each of the steps after
 * it that a synapse can reach. A target's sum grows in the order of the steps in which events came in, and within each
 * by ascending sources.
 */
final class DelayRing {
    private final CsrTable table;
    private final int targets;
    private final float[] sums;
    private int now;

    /**
     * Nothing on its way.
     *
     * @param table the synapses
     */
    DelayRing(final CsrTable table) {
        this.table = table;
        this.targets = table.output().size();
        this.sums = new float[(table.maxDelay() + 1) * targets];
    }

    /**
     * One step.
     *
     * @param events what comes in
     * @param row replaced by what comes out: [targets], or longer
     */
    void step(final EventGrid events, final float[] row) {
        CsrScatter.accumulateLater(table, events, now, sums);
        System.arraycopy(sums, now, row, 0, targets);
        Arrays.fill(sums, now, now + targets, 0.0f);
        now += targets;
        if (now == sums.length) {
            now = 0;
        }
    }

    /** Forgets what is on its way. */
    void clear() {
        Arrays.fill(sums, 0.0f);
        now = 0;
    }
}
