package org.spikemeter.conformance;

import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;

/**
 * A slow, dense simulator: every neuron sums over every source in every step, in the order of the numerics contract
 * (sources in ascending address order, multiply, then add, bias last), in nested loops over [y][x][c] arrays. Written
 * from the contract and from PyTorch's and SpikingJelly's equations; it shares no arithmetic with the engine.
 */
final class DenseOracle {
    private final List<DenseStage> stages = new ArrayList<>();

    DenseOracle(final Network network) {
        final List<Layer.Pool2d> pools = new ArrayList<>();
        final List<Layer.BatchNorm> norms = new ArrayList<>();
        Shape grid = network.input();
        int open = -1;
        for (int i = 0; i <= network.layers().size(); i++) {
            final Layer layer = i == network.layers().size() ? null : network.layers().get(i);
            final boolean continues = layer instanceof Layer.BatchNorm || layer instanceof Layer.Neurons
                || layer instanceof Layer.Flatten;
            if (open >= 0 && !continues) {
                grid = add(new DenseStage(network, grid, pools, open, norms, null, i - 1));
                pools.clear();
                norms.clear();
                open = -1;
            }
            switch (layer) {
                case null -> {
                    if (!pools.isEmpty() || stages.isEmpty()) {
                        add(new DenseStage(network, grid, pools, i - 1, norms, null, i - 1));
                    }
                }
                case Layer.Pool2d pool -> pools.add(pool);
                case Layer.Flatten _ -> { }
                case Layer.Conv2d _, Layer.Linear _, Layer.Sparse _ -> open = i;
                case Layer.BatchNorm norm -> {
                    open = open < 0 ? i : open;
                    norms.add(norm);
                }
                case Layer.Euler _, Layer.Sum _, Layer.Concat _, Layer.Relu _, Layer.Scale _ ->
                    throw new IllegalArgumentException("the oracle knows chains");
                case Layer.Neurons neurons -> {
                    grid = add(new DenseStage(
                        network, grid, pools, open < 0 ? i : open, norms, neurons.model(), i));
                    pools.clear();
                    norms.clear();
                    open = -1;
                }
            }
        }
    }

    private Shape add(final DenseStage stage) {
        stages.add(stage);
        return stage.output();
    }

    /** What the layers come to: pools, then synapses with their batch norms, then neurons; in order. */
    List<DenseStage> stages() {
        return stages;
    }

    /** One clock step. */
    void step(final float[][][] input) {
        float[][][] values = input;
        for (final DenseStage stage : stages) {
            stage.step(values);
            values = stage.emitted();
        }
    }
}
