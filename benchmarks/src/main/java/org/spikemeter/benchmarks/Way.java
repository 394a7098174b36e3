package org.spikemeter.benchmarks;

import org.spikemeter.engine.integer.Quantisation;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.simulate.Simulator;

/** Ways through the same work in this program. */
enum Way {
    /** The plain loop over all sources, one thread: the naive baseline. */
    NAIVE(Kernels.Choice.SCALAR, Strategy.DENSE, true, null),
    /** What the program does unless told otherwise. */
    AUTO(Kernels.Choice.VECTOR, null, true, null),
    /** The same, and nothing counted: what counting costs. */
    UNMETERED(Kernels.Choice.VECTOR, null, false, null),
    /** Vector kernels, each event to its targets. */
    SCATTER(Kernels.Choice.VECTOR, Strategy.SCATTER, true, null),
    /** Vector kernels, each target from its events. */
    GATHER(Kernels.Choice.VECTOR, Strategy.GATHER, true, null),
    /** Vector kernels, all sources. */
    DENSE(Kernels.Choice.VECTOR, Strategy.DENSE, true, null),
    /** Integers, weights of 8 bits and membranes of 16, one at a time. */
    INT8_NAIVE(Kernels.Choice.SCALAR, null, true, new Quantisation(8, 16)),
    /** The same in vectors. */
    INT8(Kernels.Choice.VECTOR, null, true, new Quantisation(8, 16));

    private final Kernels.Choice kernels;
    private final Strategy strategy;
    private final boolean metered;
    private final Quantisation quantisation;

    Way(
        final Kernels.Choice kernels, final Strategy strategy, final boolean metered, final Quantisation quantisation) {
        this.quantisation = quantisation;
        this.kernels = kernels;
        this.strategy = strategy;
        this.metered = metered;
    }

    /** A context that goes this way. */
    Simulator.Context context() {
        return new Simulator.Context().kernels(kernels).strategy(strategy).metered(metered)
            .quantisation(quantisation);
    }
}
