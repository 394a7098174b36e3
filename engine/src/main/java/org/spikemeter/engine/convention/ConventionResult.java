package org.spikemeter.engine.convention;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.spikemeter.engine.network.Network;

/**
 * What a convention says of a run.
 *
 * @param convention how it counts
 * @param network the network
 * @param steps number of steps
 * @param tallies its counts, a layer and a step
 * @param figures its other figures, of the whole run
 * @param acc the tally of accumulates
 * @param mac the tally of multiply-accumulates; null where the convention knows only one kind
 * @param terms why its operations differ from the executed ones
 */
public record ConventionResult(
    Convention convention, Network network, int steps, List<Tally> tallies, SequencedMap<String, Double> figures,
    Tally acc, Tally mac, Terms terms) {
    /** Name of an energy that a convention computes with prices of its own, in pJ. */
    public static final String ENERGY = "energyPicojoules";
    /** Name of SpikingJelly's energy of arithmetic, in pJ. */
    public static final String COMPUTE_ENERGY = "computeEnergyPicojoules";

    /** Copies the collections. */
    public ConventionResult {
        tallies = List.copyOf(tallies);
        figures = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(figures));
    }

    /** Accumulates of the run. */
    public double accumulates() {
        return acc.total();
    }

    /** Multiply-accumulates of the run; 0 where the convention knows only one kind. */
    public double multiplies() {
        return mac == null ? 0.0 : mac.total();
    }

    /** All operations of the run. */
    public double operations() {
        return accumulates() + multiplies();
    }

    /** A figure or the total of a tally. */
    public double figure(final String key) {
        if (figures.containsKey(key)) {
            return figures.get(key);
        }
        return tally(key).total();
    }

    /**
     * A tally by its name.
     *
     * @throws IllegalArgumentException where there is none
     */
    public Tally tally(final String key) {
        for (final Tally tally : tallies) {
            if (tally.key().equals(key)) {
                return tally;
            }
        }
        throw new IllegalArgumentException("convention '" + convention.name() + "' has no count '" + key + "'");
    }
}
