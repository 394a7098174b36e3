package org.spikemeter.engine.importer.nir;

import java.util.Arrays;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Tensor;

/**
 * Batch norms, which NIR has not: what each does is put into the synapses before it, in float64 as the compiler does,
 * where nothing else reads these. Other norms stay where they are, as factors and shifts.
 */
final class NirFolds {
    private static final int NOWHERE = -1;

    private final Network network;
    /** The layer that has the factors of a norm: it may be the norm itself. */
    private final int[] into;
    private final double[][] scale;
    private final double[][] shift;

    NirFolds(final Network network) {
        final int layers = network.layers().size();
        this.network = network;
        this.into = new int[layers];
        this.scale = new double[layers][];
        this.shift = new double[layers][];
        Arrays.fill(into, NOWHERE);
        for (int i = 0; i < layers; i++) {
            final Tensor bias = switch (network.layers().get(i)) {
                case Layer.Conv2d conv -> conv.bias();
                case Layer.Linear linear -> linear.bias();
                case Layer.Sparse sparse -> sparse.bias();
                default -> null;
            };
            shift[i] = bias == null ? null : bias.toDoubles();
            if (network.layers().get(i) instanceof Layer.BatchNorm norm) {
                fold(i, norm);
            }
        }
    }

    private void fold(final int layer, final Layer.BatchNorm norm) {
        final int source = sourceOf(layer);
        final int synapses = source == NOWHERE ? NOWHERE : switch (network.layers().get(source)) {
            case Layer.Conv2d _, Layer.Linear _, Layer.Sparse _ -> source;
            case Layer.BatchNorm _ -> into[source];
            default -> NOWHERE;
        };
        into[layer] = synapses == NOWHERE ? layer : synapses;
        scale[into[layer]] = norm.scaled(scale[into[layer]]);
        shift[into[layer]] = norm.shifted(shift[into[layer]], true);
    }

    /** The layer before it that does something; nowhere where something else reads that too. */
    private int sourceOf(final int layer) {
        int at = layer;
        do {
            final Edge edge = network.edgesOf(at).getFirst();
            at = edge.source();
            if (at == Edge.INPUT || edge.delay() > 0 || network.readersOf(at) > 1) {
                return NOWHERE;
            }
        } while (network.layers().get(at) instanceof Layer.Flatten);
        return at;
    }

    /** True where a norm is in the synapses before it. */
    boolean isFolded(final int layer) {
        return into[layer] != NOWHERE && into[layer] != layer;
    }

    /** True for norms that the compiler folds into what they read, where a file has them behind it. */
    boolean isInexact(final int layer) {
        int at = layer;
        do {
            at = network.edgesOf(at).getFirst().source();
        } while (at != Edge.INPUT && network.layers().get(at) instanceof Layer.Flatten);
        return into[layer] == layer && at != Edge.INPUT
            && (network.layers().get(at) instanceof Layer.Sum || network.layers().get(at) instanceof Layer.Scale);
    }

    /** Factor of each output channel, in float64; null for 1. */
    double[] scaleOf(final int layer) {
        return scale[layer];
    }

    /** What each output channel adds, in float64; null for 0. */
    double[] shiftOf(final int layer) {
        return shift[layer];
    }
}
