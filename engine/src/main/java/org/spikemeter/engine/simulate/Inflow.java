package org.spikemeter.engine.simulate;

import java.util.List;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.synapse.Pool;
import org.spikemeter.engine.synapse.SynapseTable;

/**
 * One way into a projection: events of a source, some steps ago, through pools into a table. Immutable.
 *
 * @param source index of the projection that emits the events, or {@link #INPUT}
 * @param delay steps that they take; at least 1 where the source does not run before
 * @param pools what they pass; may be empty
 * @param table the synapses
 * @param synapticLayer index of the layer whose synapses these are
 */
public record Inflow(int source, int delay, List<Pool> pools, SynapseTable table, int synapticLayer) {
    /** Stands for the network's input. */
    public static final int INPUT = -1;

    /** Copies the list. */
    public Inflow {
        pools = List.copyOf(pools);
    }

    /** Grid of the events that come in. */
    public Shape input() {
        return pools.isEmpty() ? table.input() : pools.getFirst().input();
    }
}
