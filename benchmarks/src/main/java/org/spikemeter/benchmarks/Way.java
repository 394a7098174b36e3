package org.spikemeter.benchmarks;

import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.simulate.Simulator;

/** Ways through the same work in this program. */
enum Way {
    /** The plain loop over all sources, one thread: the naive baseline. */
    NAIVE(Kernels.Choice.SCALAR, Strategy.DENSE, true),
    /** What the program does unless told otherwise. */
    AUTO(Kernels.Choice.VECTOR, null, true),
    /** The same, and nothing counted: what counting costs. */
    UNMETERED(Kernels.Choice.VECTOR, null, false),
    /** Vector kernels, each event to its targets. */
    SCATTER(Kernels.Choice.VECTOR, Strategy.SCATTER, true),
    /** Vector kernels, each target from its events. */
    GATHER(Kernels.Choice.VECTOR, Strategy.GATHER, true),
    /** Vector kernels, all sources. */
    DENSE(Kernels.Choice.VECTOR, Strategy.DENSE, true);

    private final Kernels.Choice kernels;
    private final Strategy strategy;
    private final boolean metered;

    Way(final Kernels.Choice kernels, final Strategy strategy, final boolean metered) {
        this.kernels = kernels;
        this.strategy = strategy;
        this.metered = metered;
    }

    /** A context that goes this way. */
    Simulator.Context context() {
        return new Simulator.Context().kernels(kernels).strategy(strategy).metered(metered);
    }
}
