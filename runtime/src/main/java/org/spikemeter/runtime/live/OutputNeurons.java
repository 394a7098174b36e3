package org.spikemeter.runtime.live;

import java.util.List;
import org.spikemeter.engine.network.Voting;

/**
 * The neurons whose membranes and spikes are shown one by one: those of the last layer, which vote.
 *
 * @param layer name of the layer
 * @param count neurons of the layer
 * @param groups what they vote for, in the network's order; empty where the network has no readout
 * @param threshold membrane potential at which they fire
 * @param rest membrane potential that they are drawn from: the reset potential, or 0
 */
public record OutputNeurons(String layer, int count, List<Voting.Group> groups, double threshold, double rest) {
    /** More neurons than these would be too narrow to see; the first ones are shown. */
    public static final int MAX_SHOWN = 64;

    /** Copies the groups. */
    public OutputNeurons {
        groups = List.copyOf(groups);
        if (count < 0) {
            throw new IllegalArgumentException(count + " output neurons: expected at least 0");
        }
    }

    /** Neurons that a frame holds: the first ones of the layer. */
    public int shown() {
        return Math.min(count, MAX_SHOWN);
    }
}
