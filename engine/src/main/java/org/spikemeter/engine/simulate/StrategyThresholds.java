package org.spikemeter.engine.simulate;

/** Where one strategy becomes faster than another, as densities of the events on a table's input grid. */
final class StrategyThresholds {
    /** Below this, walking the events beats walking the target pixels. */
    static final double SCATTER_BELOW = 0.005;
    /** Above this, a plain walk over all sources beats walking the events. */
    static final double DENSE_ABOVE = 0.9;

    private StrategyThresholds() {
    }
}
