package org.spikemeter.benchmarks;

import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.simulate.Simulator;

/** Ways through the same work; the parameter of benchmarks. */
public enum Path {
    /** The plain loop over all sources, one thread: the baseline. */
    BASELINE(Kernels.Choice.SCALAR, Strategy.DENSE),
    /** What the program does unless told otherwise. */
    AUTO(Kernels.Choice.VECTOR, null),
    /** Vector kernels, each event to its targets. */
    SCATTER(Kernels.Choice.VECTOR, Strategy.SCATTER),
    /** Vector kernels, each target from its events. */
    GATHER(Kernels.Choice.VECTOR, Strategy.GATHER),
    /** Vector kernels, all sources. */
    DENSE(Kernels.Choice.VECTOR, Strategy.DENSE);

    private final Kernels.Choice kernels;
    private final Strategy strategy;

    Path(final Kernels.Choice kernels, final Strategy strategy) {
        this.kernels = kernels;
        this.strategy = strategy;
    }

    /** A context that goes this way. */
    Simulator.Context context() {
        return new Simulator.Context().kernels(kernels).strategy(strategy);
    }
}
