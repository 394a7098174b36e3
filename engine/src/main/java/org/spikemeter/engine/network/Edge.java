package org.spikemeter.engine.network;

/**
 * Where a layer's input comes from.
 *
 * @param source index of a layer, or {@link #INPUT}
 * @param delay steps that it takes; at least 1 where the source is the layer itself or one behind it
 */
public record Edge(int source, int delay) {
    /** Stands for the network's input. */
    public static final int INPUT = -1;

    /** Checks the ranges. */
    public Edge {
        if (source < INPUT || delay < 0) {
            throw new IllegalArgumentException("edge from " + source + " with a delay of " + delay
                + " steps: expected a layer and at least 0 steps");
        }
    }

    /** Without delay. */
    public static Edge from(final int source) {
        return new Edge(source, 0);
    }
}
