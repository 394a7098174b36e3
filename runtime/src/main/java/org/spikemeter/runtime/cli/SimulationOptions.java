package org.spikemeter.runtime.cli;

import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;
import picocli.CommandLine.Option;

/** Options about how a network is run; they change the time, never the results. */
final class SimulationOptions {
    /** With fewer neurons for each, threads wait for each other longer than they work. */
    private static final long NEURONS_WORTH_A_THREAD = 50_000;
    /** More threads have not been measured. */
    private static final int MOST_AUTOMATIC = 8;

    @Option(names = "--threads", paramLabel = "N|auto", defaultValue = "auto",
        converter = Choices.ThreadsConverter.class,
        description = "Threads: they share each layer of one clip (in a pipeline, the layers), and take clips side by "
            + "side where there are several (auto: as many as processors, or half of that for one clip, as far as the "
            + "network keeps them busy).")
    private int threads;

    @Option(names = "--kernels", paramLabel = "auto|scalar|vector", defaultValue = "auto",
        converter = Choices.KernelsConverter.class, description = "Kernels (auto: vector where the JVM has them).")
    private Kernels.Choice kernels;

    @Option(names = "--strategy", paramLabel = "auto|scatter|gather|dense", defaultValue = "auto",
        converter = Choices.StrategyConverter.class,
        description = "How events reach neurons (auto: the cheapest as estimated, a layer and a step).")
    private Strategy strategy;

    /** To run one clip. */
    Simulator.Context context(final Network network) {
        return context(network, 1);
    }

    /** To run one of several clips, {@code clipsAtOnce} at a time. */
    Simulator.Context context(final Network network, final int clipsAtOnce) {
        if (threads != Choices.ThreadsConverter.AUTO) {
            return plain(network).threads(Math.max(1, threads / clipsAtOnce));
        }
        // the first seconds of a run of one clip are the compiler's, too
        final int available = clipsAtOnce == 1 ? processors() / 2 : processors() / clipsAtOnce;
        return plain(network).threads(Math.clamp(worth(network), 1, Math.max(1, available)));
    }

    /** To run one clip with the layers side by side. */
    Simulator.Context pipeline(final Network network) {
        return plain(network).threads(threads == Choices.ThreadsConverter.AUTO ? processors() : threads);
    }

    private Simulator.Context plain(final Network network) {
        return new Simulator.Context().network(network).kernels(kernels).strategy(strategy);
    }

    /** How many of {@code clips} run side by side: that wastes less than to share the layers of each. */
    int clipsAtOnce(final int clips) {
        return Math.min(clips, threads == Choices.ThreadsConverter.AUTO ? processors() : threads);
    }

    /** Threads that a network keeps busy. */
    private static long worth(final Network network) {
        long neurons = 0;
        for (int layer = 0; layer < network.layers().size(); layer++) {
            neurons += network.layers().get(layer) instanceof Layer.Neurons ? network.outputOf(layer).size() : 0;
        }
        return neurons / NEURONS_WORTH_A_THREAD;
    }

    private static int processors() {
        return Math.min(MOST_AUTOMATIC, Runtime.getRuntime().availableProcessors());
    }
}
