package org.spikemeter.benchmarks;

import org.spikemeter.engine.integer.Quantisation;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.simulate.Simulator;

/** Ways through the same work; the parameter of benchmarks. */
public enum Path {
    /** The plain loop over all sources, one thread: the baseline. */
    BASELINE(Kernels.Choice.SCALAR, Strategy.DENSE, null),
    /** What the program does unless told otherwise. */
    AUTO(Kernels.Choice.VECTOR, null, null),
    /** Vector kernels, each event to its targets. */
    SCATTER(Kernels.Choice.VECTOR, Strategy.SCATTER, null),
    /** Vector kernels, each target from its events. */
    GATHER(Kernels.Choice.VECTOR, Strategy.GATHER, null),
    /** Vector kernels, all sources. */
    DENSE(Kernels.Choice.VECTOR, Strategy.DENSE, null),
    /** Integers, weights of 8 bits and membranes of 16, one at a time. */
    INT8_BASELINE(Kernels.Choice.SCALAR, null, new Quantisation(8, 16)),
    /** The same in vectors. */
    INT8(Kernels.Choice.VECTOR, null, new Quantisation(8, 16));

    private final Kernels.Choice kernels;
    private final Strategy strategy;
    private final Quantisation quantisation;

    Path(final Kernels.Choice kernels, final Strategy strategy, final Quantisation quantisation) {
        this.kernels = kernels;
        this.strategy = strategy;
        this.quantisation = quantisation;
    }

    /** A context that goes this way. */
    Simulator.Context context() {
        return new Simulator.Context().kernels(kernels).strategy(strategy).quantisation(quantisation);
    }

    /** The plain way to the same spikes. */
    Path oracle() {
        return quantisation == null ? BASELINE : INT8_BASELINE;
    }
}
