package org.spikemeter.engine.generate;

/**
 * Sources that are alike: each target has as many synapses from them, and these the same weight.
 *
 * @param from first source
 * @param to one beyond the last source
 * @param inDegree synapses that each target has from them
 * @param weight of each synapse
 * @param minDelay shortest delay of a synapse, in steps
 * @param maxDelay longest delay; those between are equally likely
 */
public record SourceGroup(int from, int to, int inDegree, float weight, int minDelay, int maxDelay) {
    /** Checks the ranges. */
    public SourceGroup {
        if (from < 0 || to < from || inDegree < 0 || minDelay < 0 || maxDelay < minDelay) {
            throw new IllegalArgumentException("sources " + from + " to " + to + ", " + inDegree
                + " synapses a target, delays " + minDelay + " to " + maxDelay + ": expected ascending ranges");
        }
    }
}
