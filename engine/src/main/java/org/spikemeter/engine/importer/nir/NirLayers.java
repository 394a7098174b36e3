package org.spikemeter.engine.importer.nir;

import java.util.Arrays;
import java.util.List;
import org.spikemeter.engine.network.Connections;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.synapse.Weights;

/** Nodes of layers that are no neurons, with the norms behind them in their weights. */
final class NirLayers {
    /** Weights that a matrix may have: more is not read again. */
    private static final long MAX_WEIGHTS = 1L << 26;

    private final Network network;
    private final NirFolds folds;
    private final NirPlan plan;
    private final List<String> lines;

    NirLayers(final Network network, final NirFolds folds, final NirPlan plan, final List<String> lines) {
        this.network = network;
        this.folds = folds;
        this.plan = plan;
        this.lines = lines;
    }

    /**
     * The node of a layer.
     *
     * @param name of the node
     * @throws IllegalArgumentException where NIR has none
     */
    NirNode node(final int index, final String name) {
        return switch (network.layers().get(index)) {
            case Layer.Conv2d conv -> convolution(index, conv.weight(), conv.window(), conv.groups());
            case Layer.Linear linear -> matrix(index, linear.weight());
            case Layer.Sparse sparse -> matrix(index, dense(name, sparse.connections()));
            case Layer.BatchNorm _ -> norm(index, name);
            case Layer.Scale scale -> scale(index, name, scale);
            case Layer.Sum _ -> new NirNode("Scale").fill("scale", 1.0f, plan.axes(index));
            case Layer.Pool2d pool -> pool(pool);
            case Layer.Flatten _ -> flatten(plan.axesInto(index));
            case Layer.Relu _ -> throw new IllegalArgumentException(
                "is a rectified unit, which NIR has not: expected neurons");
            case Layer.Concat _ -> throw new IllegalArgumentException(
                "joins channels, which NIR cannot say: expected a sum");
            case Layer.Neurons _, Layer.Euler _ -> throw new AssertionError();
        };
    }

    /** From a grid, or a vector, to a vector. */
    static NirNode flatten(final int... axes) {
        return new NirNode("Flatten").whole("input_type", axes).whole("start_dim", 0L).whole("end_dim", -1L);
    }

    private NirNode convolution(final int index, final Tensor weight, final Window window, final int groups) {
        requireSymmetric(window);
        final int outputs = weight.dimension(0);
        final Shape input = network.inputOf(index);
        final float[] bias = Weights.bias(folds.shiftOf(index));
        return new NirNode("Conv2d").whole("input_shape", input.height(), input.width())
            .numbers("weight", scaled(index, weight))
            .whole("stride", window.strideY(), window.strideX())
            .whole("padding", window.paddingY(), window.paddingX())
            .whole("dilation", window.dilationY(), window.dilationX())
            .whole("groups", (long) groups)
            .numbers("bias", bias == null ? new float[outputs] : bias, outputs);
    }

    private static void requireSymmetric(final Window window) {
        if (!window.isSymmetric()) {
            throw new IllegalArgumentException("has a padding of " + window.paddingText()
                + ": NIR expects the same on both sides");
        }
    }

    /** Weights by target, with the factors of the norms behind them. */
    private Tensor scaled(final int index, final Tensor weight) {
        final double[] scale = folds.scaleOf(index);
        if (scale == null || network.layers().get(index) instanceof Layer.BatchNorm) {
            return weight;
        }
        final float[] weights = weight.toArray();
        final int sources = weights.length / scale.length;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Weights.scaled(weights[i], scale, i / sources);
        }
        final int[] shape = new int[weight.rank()];
        Arrays.setAll(shape, weight::dimension);
        return Tensor.of(weights, shape);
    }

    private NirNode matrix(final int index, final Tensor weight) {
        return matrix(scaled(index, weight), Weights.bias(folds.shiftOf(index)));
    }

    private static NirNode matrix(final Tensor weight, final float[] bias) {
        return bias == null ? new NirNode("Linear").numbers("weight", weight)
            : new NirNode("Affine").numbers("weight", weight).numbers("bias", bias, bias.length);
    }

    private Tensor dense(final String name, final Connections connections) {
        if (connections.hasDelays()) {
            throw new IllegalArgumentException("has delays of single synapses, which NIR cannot say: expected none");
        }
        final int sources = connections.sources();
        final float[] weights = new float[size(sources, connections.targets())];
        for (int source = 0; source < sources; source++) {
            for (int i = connections.start(source); i < connections.start(source + 1); i++) {
                weights[connections.target(i) * sources + source] = connections.weight(i);
            }
        }
        lines.add(name + ": its " + connections.synapses() + " synapses are written as a matrix of " + weights.length
            + " weights; those that do not exist are 0");
        return Tensor.of(weights, connections.targets(), sources);
    }

    private static int size(final int sources, final int targets) {
        if ((long) sources * targets > MAX_WEIGHTS) {
            throw new IllegalArgumentException("would be a matrix of " + targets + " x " + sources
                + " weights, expected at most " + MAX_WEIGHTS);
        }
        return sources * targets;
    }

    /** A norm without synapses before it: factors; with shifts, a convolution of one pixel, or a matrix. */
    private NirNode norm(final int index, final String name) {
        if (folds.isInexact(index)) {
            lines.add(name + ": batch norm that is not folded into what it reads: last bits may differ");
        }
        final int channels = network.outputOf(index).channels();
        final float[] factor = new float[channels];
        for (int c = 0; c < channels; c++) {
            factor[c] = Weights.scaled(1.0f, folds.scaleOf(index), c);
        }
        final float[] bias = Weights.bias(folds.shiftOf(index));
        boolean shifts = false;
        for (final float value : bias) {
            shifts |= value != 0.0f;
        }
        if (!shifts) {
            return new NirNode("Scale").numbers("scale", perValue(index, factor), plan.axes(index));
        }
        return plan.isVector(index) ? diagonal(name, perValue(index, factor), perValue(index, bias))
            : convolution(index, Tensor.of(factor, channels, 1, 1, 1), Window.square(1, 1, 0), channels);
    }

    /** A number a channel, for each value of a channel. */
    private float[] perValue(final int index, final float[] perChannel) {
        final float[] values = new float[network.outputOf(index).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = perChannel[i / network.outputOf(index).pixels()];
        }
        return values;
    }

    private NirNode diagonal(final String name, final float[] factor, final float[] bias) {
        final float[] weights = new float[size(factor.length, factor.length)];
        for (int i = 0; i < factor.length; i++) {
            weights[i * factor.length + i] = factor[i];
        }
        lines.add(name + ": factors and shifts of a batch norm are written as a matrix of " + weights.length
            + " weights, all but its diagonal 0");
        return matrix(Tensor.of(weights, factor.length, factor.length), bias);
    }

    private NirNode scale(final int index, final String name, final Layer.Scale scale) {
        final Edge before = network.edgesOf(index).getFirst();
        if (before.source() != Edge.INPUT && before.delay() == 0 && isOnePerChannel(index, scale.factor())
            && !(network.layers().get(before.source()) instanceof Layer.Pool2d)
            && (network.layers().get(before.source()) instanceof Layer.Sum
                || !network.layers().get(before.source()).merges())) {
            lines.add(name + ": factors that the reader folds into the synapses before them: last bits may differ");
        }
        return new NirNode("Scale").numbers("scale", scale.factor().toArray(), plan.axes(index));
    }

    private boolean isOnePerChannel(final int index, final Tensor factor) {
        final int pixels = network.outputOf(index).pixels();
        boolean same = true;
        for (int i = 0; i < factor.size(); i++) {
            same &= factor.get(i) == factor.get(i / pixels * pixels);
        }
        return same;
    }

    private static NirNode pool(final Layer.Pool2d pool) {
        final Window window = pool.window();
        requireSymmetric(window);
        final String type = switch (pool.pooling()) {
            case AVERAGE -> "AvgPool2d";
            case SUM -> "SumPool2d";
            case MAX -> throw new IllegalArgumentException(
                "pools the maximum, which NIR has not: expected the average or the sum");
        };
        return new NirNode(type).whole("kernel_size", window.kernelY(), window.kernelX())
            .whole("stride", window.strideY(), window.strideX())
            .whole("padding", window.paddingY(), window.paddingX());
    }
}
