package org.spikemeter.engine.count;

import java.util.List;

/**
 * The counts of a run, one {@link Entry} for each projection of the network, in order.
 *
 * @param entries the projections
 */
public record OperationCounts(List<Entry> entries) {
    /** Stands for no layer of neurons. */
    public static final int NO_LAYER = -1;

    /**
     * The counts of one way into a projection, and of its neurons, and the layers they belong to.
     *
     * @param synapticLayer index of the layer whose synapses are counted
     * @param outputLayer index of the layer that emits: the neurons, or the synaptic layer itself where it has none;
     * {@link #NO_LAYER} for further ways into the projection of the entry before, which have no neurons of their own
     * @param memory what its memory traffic goes to
     * @param counts the counts; live, still growing while the run goes on, membrane changes with a delay
     */
    public record Entry(int synapticLayer, int outputLayer, MemoryWords memory, LayerCounts counts) {}

    /**
     * Sizes of a projection's memories, in words of one number or address each.
     *
     * @param weights weights that are stored: shared ones once
     * @param potentials one a neuron
     * @param inputEvents room for an event of each address of the input grid
     * @param outputEvents room for an event of each address of the output grid
     */
    public record MemoryWords(long weights, long potentials, long inputEvents, long outputEvents) {
        /** Words of the memory that an operation reads or writes; 0 for what is no memory traffic. */
        public long of(final Operation operation) {
            return switch (operation) {
                case WEIGHT_READS -> weights;
                case MEMBRANE_READS, MEMBRANE_WRITES -> potentials;
                case EVENT_READS -> inputEvents;
                case EVENT_WRITES -> outputEvents;
                default -> 0;
            };
        }
    }

    /** Copies the list. */
    public OperationCounts {
        entries = List.copyOf(entries);
    }

    /** Number of steps counted. */
    public int steps() {
        return entries.getFirst().counts().steps();
    }

    /** Integers that saturated, over all projections and steps; 0 unless in integer mode. */
    public long overflows() {
        return entries.stream().mapToLong(entry -> entry.counts().overflows()).sum();
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
