package org.spikemeter.runtime.report;

import java.util.List;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.energy.EnergyEstimate;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.engine.network.Network;

/**
 * The claim of "Spiking Emotions: Dynamic Vision Emotion Recognition Using Spiking Neural Networks" (CEUR-WS Vol-3331,
 * paper 8, Table II), beside what a run has measured.
 */
public final class PaperClaim {
    /** Energy of the paper's SNN over 68 steps, in mJ. */
    public static final double SNN_MILLIJOULES = 0.41;
    /** Energy of the paper's ANN, in mJ. */
    public static final double ANN_MILLIJOULES = 1.65;
    /** Density of the input's events, which the paper takes for all layers. */
    public static final double DENSITY = 0.1079;
    /** Dense operations a step: 9.1 M in the first layer and 47.9 M behind it; the paper prints no more digits. */
    private static final long FIRST_LAYER = 9_144_576;
    private static final long OTHER_LAYERS_FROM = 47_900_000;
    private static final long OTHER_LAYERS_TO = 48_000_000;

    private PaperClaim() {
    }

    /** True where the network has the paper's number of operations, in its first layer and behind it. */
    public static boolean isOf(final Network network) {
        long first = 0;
        long others = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            final long operations = network.denseOperations(i);
            if (first == 0) {
                first = operations;
            } else {
                others += operations;
            }
        }
        return network.isChain() && first == FIRST_LAYER && others >= OTHER_LAYERS_FROM && others < OTHER_LAYERS_TO;
    }

    /** Three lines: measured beside claimed, and why they differ. */
    public static List<String> compare(final RunResult result) {
        final double picojoules = EnergyEstimate.of(result.counts(), PriceModels.byName(PriceModels.DEFAULT))
            .totalPicojoules().orElseThrow();
        final String measured = "Measured: " + Units.energy(picojoules) + " (0.9 pJ an ACC, 4.6 pJ a MAC); the paper: "
            + SNN_MILLIJOULES + " mJ, its ANN: " + ANN_MILLIJOULES + " mJ.";
        if (!isOf(result.network())) {
            return List.of(measured,
                "They do not compare: the paper's network does 57.0 M operations a step when dense,",
                "'" + result.network().name() + "' does " + Units.grouped(result.network().denseOperations()) + ".");
        }
        final Behind behind = Behind.of(result);
        return List.of(measured,
            "The paper takes its input's density, " + Units.percent(DENSITY) + ", for all layers. Here the input has "
                + result.density().map(d -> Units.percent(d.channels())).orElse("another") + ",",
            "the neurons behind it fire at " + Units.percent(behind.firingRate)
                + ", and each spike under a pool counts: " + Units.percent(behind.share) + " of the dense work.");
    }

    /** What goes on behind the first synaptic layer: rate of the neurons that feed it, and the part of dense work. */
    private record Behind(double firingRate, double share) {
        static Behind of(final RunResult result) {
            final Network network = result.network();
            final List<OperationCounts.Entry> entries = result.counts().entries();
            long spikes = 0;
            long places = 0;
            long done = 0;
            long dense = 0;
            for (int i = 1; i < entries.size(); i++) {
                final OperationCounts.Entry before = entries.get(i - 1);
                spikes += before.counts().total(Operation.SPIKES);
                places += (long) network.outputOf(before.outputLayer()).size() * result.steps();
                done += entries.get(i).counts().total(Operation.SYNAPTIC_ACCUMULATES)
                    + entries.get(i).counts().total(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES);
                dense += network.denseOperations(entries.get(i).synapticLayer()) * result.steps();
            }
            return new Behind((double) spikes / places, (double) done / dense);
        }
    }
}
