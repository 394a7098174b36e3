package org.spikemeter.engine.importer.nir;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;

/**
 * Which layers become nodes, what these read, and whether a node gives a vector or a grid, which are types of NIR. Sums
 * become several edges, unless several layers read them, or one later: these stay, as do all sums in cycles.
 */
final class NirPlan {
    private final Network network;
    private final NirFolds folds;
    private final List<List<Edge>> terms = new ArrayList<>();
    /** By layer, the input first. */
    private final boolean[] vector;

    /**
     * Plans a network.
     *
     * @throws IllegalArgumentException naming the layer, where a vector would have to become a grid
     */
    NirPlan(final Network network, final NirFolds folds) {
        this.network = network;
        this.folds = folds;
        this.vector = new boolean[network.layers().size() + 1];
        for (int i = 0; i < network.layers().size(); i++) {
            terms.add(isNode(i) ? expanded(network.edgesOf(i)) : List.of());
        }
        markVectors();
        for (int i = 0; i < network.layers().size(); i++) {
            if (needsGrid(network.layers().get(i)) && terms.get(i).stream().anyMatch(edge -> isVector(edge.source()))) {
                throw new IllegalArgumentException("layer '" + network.layers().get(i).name()
                    + "': reads a vector; NIR has no way from a vector to a grid, expected a grid");
            }
        }
    }

    /** True where a layer has a node of its own. */
    boolean isNode(final int layer) {
        return network.layers().get(layer) instanceof Layer.Sum ? !isPassing(layer) : !folds.isFolded(layer);
    }

    /** True for a sum that one layer reads at once: what is summed can lead there by itself. */
    private boolean isPassing(final int sum) {
        return network.readersOf(sum) == 1 && sum != network.layers().size() - 1
            && IntStream.range(0, network.layers().size()).mapToObj(network::edgesOf).flatMap(List::stream)
                .noneMatch(edge -> edge.source() == sum && edge.delay() > 0);
    }

    /** What a node reads: nodes, or the input. */
    List<Edge> terms(final int layer) {
        return terms.get(layer);
    }

    /** The same edges, from nodes alone. */
    List<Edge> expanded(final List<Edge> edges) {
        final List<Edge> into = new ArrayList<>();
        edges.forEach(edge -> expand(edge, 0, into));
        return List.copyOf(into);
    }

    private void expand(final Edge edge, final int later, final List<Edge> into) {
        final int steps = Math.addExact(later, edge.delay());
        if (edge.source() == Edge.INPUT || isNode(edge.source())) {
            into.add(new Edge(edge.source(), steps));
        } else {
            network.edgesOf(edge.source()).forEach(before -> expand(before, steps, into));
        }
    }

    private void markVectors() {
        vector[0] = network.input().pixels() == 1 && !inputMustBeGrid();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < network.layers().size(); i++) {
                if (!vector[i + 1] && isNode(i) && givesVector(i)) {
                    vector[i + 1] = true;
                    changed = true;
                }
            }
        }
    }

    private boolean givesVector(final int layer) {
        return switch (network.layers().get(layer)) {
            case Layer.Linear _, Layer.Sparse _, Layer.Flatten _ -> true;
            case Layer.Conv2d _, Layer.Pool2d _ -> false;
            case Layer.BatchNorm _, Layer.Neurons _, Layer.Euler _, Layer.Relu _, Layer.Sum _, Layer.Concat _,
                Layer.Scale _ ->
                terms.get(layer).stream().anyMatch(edge -> isVector(edge.source()));
        };
    }

    /** A single pixel may be a vector or a grid: it is what its readers need, behind layers that keep the shape too. */
    private boolean inputMustBeGrid() {
        final boolean[] grid = new boolean[vector.length];
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < network.layers().size(); i++) {
                if (needsGrid(network.layers().get(i)) || grid[i + 1] && keepsShape(network.layers().get(i))) {
                    for (final Edge edge : terms.get(i)) {
                        changed |= !grid[edge.source() + 1];
                        grid[edge.source() + 1] = true;
                    }
                }
            }
        }
        return grid[0];
    }

    private static boolean needsGrid(final Layer layer) {
        return layer instanceof Layer.Conv2d || layer instanceof Layer.Pool2d;
    }

    private static boolean keepsShape(final Layer layer) {
        return layer.merges() || layer instanceof Layer.BatchNorm || layer instanceof Layer.Scale;
    }

    /** True where a node, or the input, gives a vector. */
    boolean isVector(final int source) {
        return vector[source + 1];
    }

    /** True where a node takes vectors: grids must be flattened before it. */
    boolean takesVector(final int layer) {
        return switch (network.layers().get(layer)) {
            case Layer.Linear _, Layer.Sparse _ -> true;
            case Layer.Flatten _ -> terms.get(layer).stream().anyMatch(edge -> isVector(edge.source()));
            default -> isVector(layer);
        };
    }

    /** NIR's shape of what a node, or the input, gives: [N] or [C, H, W]. */
    int[] axes(final int source) {
        final Shape shape = source == Edge.INPUT ? network.input() : network.outputOf(source);
        return axes(shape, isVector(source));
    }

    /** NIR's shape of what a node takes. */
    int[] axesInto(final int layer) {
        return axes(network.inputOf(layer), takesVector(layer));
    }

    private static int[] axes(final Shape shape, final boolean vector) {
        return vector ? new int[] {shape.size()} : new int[] {shape.channels(), shape.height(), shape.width()};
    }
}
