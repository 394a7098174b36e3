package org.spikemeter.engine.count;

import java.util.List;

/**
 * The counts of a run, one {@link Entry} for each projection of the network, in order.
 *
 * @param entries the projections
 */
public record OperationCounts(List<Entry> entries) {
    /**
     * The counts of one projection and the layers they belong to.
     *
     * @param synapticLayer index of the layer whose synapses are counted
     * @param outputLayer index of the layer that emits: the neurons, or the synaptic layer itself where it has none
     * @param counts the counts; live, still growing while the run goes on
     */
    public record Entry(int synapticLayer, int outputLayer, LayerCounts counts) {}

    /** Copies the list. */
    public OperationCounts {
        entries = List.copyOf(entries);
    }

    /** Number of steps counted. */
    public int steps() {
        return entries.getFirst().counts().steps();
    }

    /** Sum over all projections and steps. */
    public long total(final Operation operation) {
        long total = 0;
        for (final Entry entry : entries) {
            total += entry.counts().total(operation);
        }
        return total;
    }
}
