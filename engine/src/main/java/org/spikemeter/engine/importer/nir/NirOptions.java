package org.spikemeter.engine.importer.nir;

import java.util.Map;
import java.util.OptionalDouble;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.Reset;

/**
 * What NIR cannot say, said by the user.
 *
 * @param dt length of a step in s; empty for the file's metadata, or {@link #DEFAULT_DT}
 * @param resets by node, or {@link #ALL}
 * @param firings by node, or {@link #ALL}
 * @param ifGain what an input of 1 adds to an IF neuron in a step; empty for what the exporters mean
 */
public record NirOptions(
    OptionalDouble dt, Map<String, Reset> resets, Map<String, Firing> firings, OptionalDouble ifGain) {
    /** Stands for all nodes that are not named. */
    public static final String ALL = "*";
    /** Length of a step in s where nobody says otherwise. */
    public static final double DEFAULT_DT = 1e-4;
    /** Nothing said. */
    public static final NirOptions NONE =
        new NirOptions(OptionalDouble.empty(), Map.of(), Map.of(), OptionalDouble.empty());

    /** Copies the maps and checks the ranges. */
    public NirOptions {
        resets = Map.copyOf(resets);
        firings = Map.copyOf(firings);
        if (dt.isPresent() && !(dt.getAsDouble() > 0 && dt.getAsDouble() < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("dt is " + dt.getAsDouble() + ": expected a positive number of seconds");
        }
        if (ifGain.isPresent() && !Double.isFinite(ifGain.getAsDouble())) {
            throw new IllegalArgumentException("gain is " + ifGain.getAsDouble() + ": expected a finite number");
        }
    }

    /** The reset of a node; null where nothing was said. */
    Reset reset(final String node) {
        return resets.getOrDefault(node, resets.get(ALL));
    }

    /** How a node fires; null where nothing was said. */
    Firing firing(final String node) {
        return firings.getOrDefault(node, firings.get(ALL));
    }
}
