package org.spikemeter.engine.simulate;

import java.util.List;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.neuron.EulerModel;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.synapse.Pool;
import org.spikemeter.engine.synapse.SynapseTable;

/**
 * Compiled layers: what flows in through pools and synapses, a bias, then neurons. Immutable.
 *
 * @param inflows at least one; their sums are added in this order
 * @param bias one value an output channel, added last; or null
 * @param neuron the neurons; null where there are none, or where each has parameters of its own
 * @param euler neurons with parameters of their own; null where there are none. Without any neurons the sums themselves
 *     are the output
 * @param relu what rectifies the sums; null where nothing does
 * @param outputLayer index of the layer that emits
 */
public record Projection(
    List<Inflow> inflows, float[] bias, NeuronModel neuron, EulerModel euler, Layer.Relu relu,
    int outputLayer) {
    /** Copies the list. */
    public Projection {
        inflows = List.copyOf(inflows);
    }

    /** The only inflow of a projection in a chain; the first of several. */
    public Inflow first() {
        return inflows.getFirst();
    }

    /** Pools of the first inflow. */
    public List<Pool> pools() {
        return first().pools();
    }

    /** Synapses of the first inflow. */
    public SynapseTable table() {
        return first().table();
    }

    /** Index of the layer whose synapses those of the first inflow are. */
    public int synapticLayer() {
        return first().synapticLayer();
    }

    /** Grid of the events of the first inflow. */
    public Shape input() {
        return first().input();
    }

    /** True where the output are spikes, false where it has values. */
    public boolean spikes() {
        return neuron != null || euler != null && euler.spikes();
    }

    /** What a step would cost if every source had an event: synaptic operations, and about ten for each neuron. */
    long denseCost() {
        return inflows.stream().mapToLong(inflow -> inflow.table().synapses()).sum() + 10L * output().size();
    }

    /** Sizes of the memories of an inflow. */
    OperationCounts.MemoryWords memory(final Inflow inflow) {
        return new OperationCounts.MemoryWords(
            inflow.table().weights(), output().size(), inflow.input().size(), output().size());
    }

    /** Grid of the events that go out. */
    public Shape output() {
        return table().output();
    }

    /** True where every projection has the one before as its only source, without delay. */
    public static boolean isChain(final List<Projection> projections) {
        for (int i = 0; i < projections.size(); i++) {
            final Projection projection = projections.get(i);
            if (projection.inflows().size() != 1 || projection.first().source() != i - 1
                || projection.first().delay() != 0) {
                return false;
            }
        }
        return true;
    }
}
