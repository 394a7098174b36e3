package org.spikemeter.engine.simulate;

import java.util.List;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.synapse.Pool;
import org.spikemeter.engine.synapse.SynapseTable;

/**
 * Compiled layers: pools, then synapses with a bias, then neurons. Immutable.
 *
 * @param pools what events pass on their way into the table; may be empty
 * @param table the synapses
 * @param bias one value an output channel, added last; or null
 * @param neuron the neurons; null where the sums themselves are the output
 * @param synapticLayer index of the layer whose synapses these are
 * @param outputLayer index of the layer that emits
 */
public record Projection(
    List<Pool> pools, SynapseTable table, float[] bias, NeuronModel neuron, int synapticLayer, int outputLayer) {
    /** Copies the list. */
    public Projection {
        pools = List.copyOf(pools);
    }

    /** Grid of the events that come in. */
    public Shape input() {
        return pools.isEmpty() ? table.input() : pools.getFirst().input();
    }

    /** What a step would cost if every source had an event: synaptic operations, and about ten for each neuron. */
    long denseCost() {
        return table.synapses() + 10L * output().size();
    }

    /** Sizes of its memories. */
    OperationCounts.MemoryWords memory() {
        return new OperationCounts.MemoryWords(table.weights(), output().size(), input().size(), output().size());
    }

    /** Grid of the events that go out. */
    public Shape output() {
        return table.output();
    }
}
