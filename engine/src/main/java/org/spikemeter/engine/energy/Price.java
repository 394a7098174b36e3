package org.spikemeter.engine.energy;

/**
 * What one operation costs.
 *
 * @param picojoules energy of one operation in pJ, finite and at least 0
 * @param source where the number was read
 */
public record Price(double picojoules, String source) {
    /** Checks the range, and that there is a source. */
    public Price {
        if (!Double.isFinite(picojoules) || picojoules < 0) {
            throw new IllegalArgumentException("price is " + picojoules + " pJ: expected a finite number, at least 0");
        }
        if (source.isBlank()) {
            throw new IllegalArgumentException("price of " + picojoules + " pJ has no source");
        }
    }
}
