package org.spikemeter.runtime.cli;

import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options about how a network is run; they change the time, never the results. */
final class SimulationOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1",
        description = "Threads that share each layer; in a pipeline, agents that share the layers (1).")
    private int threads;

    @Option(names = "--kernels", paramLabel = "auto|scalar|vector", defaultValue = "auto",
        converter = Choices.KernelsConverter.class, description = "Kernels (auto: vector where the JVM has them).")
    private Kernels.Choice kernels;

    @Option(names = "--strategy", paramLabel = "auto|scatter|gather|dense", defaultValue = "auto",
        converter = Choices.StrategyConverter.class,
        description = "How events reach neurons (auto: by the density, a layer and a step).")
    private Strategy strategy;

    Simulator.Context context(final Network network) {
        if (threads < 1 || threads > Simulator.Context.MAX_THREADS) {
            throw new ParameterException(spec.commandLine(), "--threads is " + threads + ": expected 1 to "
                + Simulator.Context.MAX_THREADS);
        }
        return new Simulator.Context().network(network).threads(threads).kernels(kernels)
            .strategy(strategy);
    }
}
