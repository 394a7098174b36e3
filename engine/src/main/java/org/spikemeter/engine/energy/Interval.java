package org.spikemeter.engine.energy;

/**
 * What is known of an energy: one value where all sources agree, else from the lowest to the highest.
 *
 * @param low in pJ
 * @param high in pJ, at least {@code low}
 */
public record Interval(double low, double high) {
    /** Nothing. */
    static final Interval ZERO = new Interval(0.0, 0.0);

    /** True where there is one value. */
    public boolean isPoint() {
        return low == high;
    }

    /** The sum. */
    public Interval plus(final Interval other) {
        return new Interval(low + other.low, high + other.high);
    }

    /** The product. */
    public Interval times(final double factor) {
        return new Interval(low * factor, high * factor);
    }
}
