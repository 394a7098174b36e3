package org.spikemeter.engine.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Reset;

/**
 * Turns rectified units into integrate-and-fire neurons with soft reset and a threshold of 1, whose rates stand for the
 * activations: a layer whose activations reach {@code lambda} fires at {@code activation / lambda}. For this, weights
 * between layers become {@code w * lambdaBefore / lambda} and the biases {@code b / lambda} (Rueckauer et al. 2017,
 * section 2.3). A last layer without rectified units keeps the unit of the artificial network: the mean of its output
 * over time is that network's output. Average pools stay; a residual connection that joins layers of different
 * {@code lambda} gets a factor of its own.
 */
public final class WeightNormalisation {
    private static final float THRESHOLD = 1.0f;
    /** No reader asks for a unit of its own. */
    private static final double FREE = Double.NaN;

    /**
     * A network that was converted.
     *
     * @param network the spiking network
     * @param outputUnit what an output of 1, or a spike, stands for in the artificial network's output
     */
    public record Converted(Network network, double outputUnit) {}

    private final Network network;
    private final double[] lambda;
    /** In what unit each layer's output is to be. */
    private final double[] demanded;
    /** In what unit each layer's output is. */
    private final double[] unit;
    private final Network.Builder builder;
    /** Index in the new network of each layer. */
    private final int[] index;

    private WeightNormalisation(final Network network, final IntToDoubleFunction lambda) {
        final int layers = network.layers().size();
        this.network = network;
        this.lambda = new double[layers];
        this.demanded = new double[layers];
        this.unit = new double[layers];
        this.index = new int[layers];
        this.builder = Network.builder(network.name(), network.input());
        for (int i = 0; i < layers; i++) {
            this.lambda[i] = network.layers().get(i) instanceof Layer.Relu ? lambda.applyAsDouble(i) : FREE;
        }
    }

    /**
     * Checks that a network is one of rectified units, without time.
     *
     * @throws IllegalArgumentException naming the layer, where it is not so
     */
    public static void requireArtificial(final Network network) {
        for (int i = 0; i < network.layers().size(); i++) {
            final Layer layer = network.layers().get(i);
            if (layer instanceof Layer.Neurons || layer instanceof Layer.Euler) {
                throw new IllegalArgumentException("layer '" + layer.name()
                    + "' has spiking neurons already: expected an artificial network");
            }
            if (network.edgesOf(i).stream().anyMatch(edge -> edge.delay() > 0)
                || layer instanceof Layer.Sparse sparse && sparse.connections().hasDelays()) {
                throw new IllegalArgumentException("layer '" + layer.name()
                    + "' reads with a delay: expected an artificial network without time");
            }
        }
        if (network.layers().stream().noneMatch(Layer.Relu.class::isInstance)) {
            throw new IllegalArgumentException("network '" + network.name()
                + "' has no rectified units: expected an artificial network");
        }
    }

    /**
     * Converts a network.
     *
     * @param network of rectified units
     * @param lambda the activation, by the index of a layer of rectified units, that a neuron stands for which fires in
     *     every step; positive
     * @return the same layers by the same names, and factors on residual connections; they are called after the layer
     *     that reads them
     * @throws IllegalArgumentException naming the layer, where the network is no artificial one, or has no rectified
     *     units
     */
    public static Converted convert(final Network network, final IntToDoubleFunction lambda) {
        requireArtificial(network);
        return new WeightNormalisation(network, lambda).convert();
    }

    private Converted convert() {
        for (int i = network.layers().size() - 1; i >= 0; i--) {
            demanded[i] = demand(i);
        }
        for (int i = 0; i < index.length; i++) {
            add(i);
        }
        network.voting().ifPresent(builder::voting);
        return new Converted(builder.build(), unit[unit.length - 1]);
    }

    /** The unit that all readers of a layer want its output in; the artificial network's at its end. */
    private double demand(final int layer) {
        if (layer == network.layers().size() - 1) {
            return 1.0;
        }
        double demand = FREE;
        boolean first = true;
        for (int reader = layer + 1; reader < index.length; reader++) {
            if (network.edgesOf(reader).contains(Edge.from(layer))) {
                final double wanted = switch (network.layers().get(reader)) {
                    case Layer.Relu _ -> lambda[reader];
                    case Layer.Sum _, Layer.Concat _, Layer.Flatten _, Layer.Pool2d _ -> demanded[reader];
                    default -> FREE;
                };
                demand = first || demand == wanted ? wanted : FREE;
                first = false;
            }
        }
        return demand;
    }

    private double unitOf(final Edge edge) {
        return edge.source() == Edge.INPUT ? 1.0 : unit[edge.source()];
    }

    private void add(final int layer) {
        final List<Edge> edges = network.edgesOf(layer);
        final double in = unitOf(edges.getFirst());
        final double wanted = Double.isNaN(demanded[layer]) ? in : demanded[layer];
        final Layer old = network.layers().get(layer);
        final boolean weighted = old instanceof Layer.Conv2d || old instanceof Layer.Linear
            || old instanceof Layer.Sparse || old instanceof Layer.BatchNorm || old instanceof Layer.Scale;
        final boolean joins = old instanceof Layer.Sum || old instanceof Layer.Concat;
        unit[layer] = old instanceof Layer.Relu ? lambda[layer] : weighted || joins ? wanted : in;
        final List<Edge> read = new ArrayList<>();
        for (int i = 0; i < edges.size(); i++) {
            read.add(weighted ? Edge.from(moved(edges.get(i).source()))
                : in(edges.get(i), unit[layer], old.name() + ".unit" + (i == 0 ? "" : i)));
        }
        builder.add(converted(old, in, unit[layer]), read);
        index[layer] = builder.size() - 1;
    }

    private int moved(final int source) {
        return source == Edge.INPUT ? Edge.INPUT : index[source];
    }

    /** An edge whose values are in a unit: where they are in another, through a factor. */
    private Edge in(final Edge edge, final double wanted, final String name) {
        if (unitOf(edge) == wanted) {
            return Edge.from(moved(edge.source()));
        }
        final Shape shape = edge.source() == Edge.INPUT ? network.input() : network.outputOf(edge.source());
        final float[] factor = new float[shape.size()];
        Arrays.fill(factor, (float) (unitOf(edge) / wanted));
        builder.add(new Layer.Scale(name, Tensor.of(factor, factor.length)),
            List.of(Edge.from(moved(edge.source()))));
        return Edge.from(builder.size() - 1);
    }

    private static Layer converted(final Layer layer, final double in, final double out) {
        final double factor = in / out;
        return switch (layer) {
            case Layer.Conv2d conv -> new Layer.Conv2d(conv.name(), times(conv.weight(), factor),
                times(conv.bias(), 1.0 / out), conv.window(), conv.groups());
            case Layer.Linear linear ->
                new Layer.Linear(linear.name(), times(linear.weight(), factor), times(linear.bias(), 1.0 / out));
            case Layer.Sparse sparse -> new Layer.Sparse(sparse.name(), sparse.connections().times(factor),
                times(sparse.bias(), 1.0 / out));
            case Layer.BatchNorm norm -> new Layer.BatchNorm(norm.name(), times(norm.weight(), factor),
                times(norm.bias(), 1.0 / out), times(norm.runningMean(), 1.0 / in), norm.runningVar(), norm.eps());
            case Layer.Scale scale -> new Layer.Scale(scale.name(), times(scale.factor(), factor));
            case Layer.Relu relu ->
                new Layer.Neurons(relu.name(), new If(THRESHOLD, Reset.soft(), Firing.AT_THRESHOLD));
            case Layer.Pool2d _, Layer.Flatten _, Layer.Sum _, Layer.Concat _ -> layer;
            case Layer.Neurons _, Layer.Euler _ -> throw new AssertionError();
        };
    }

    private static Tensor times(final Tensor tensor, final double factor) {
        return tensor == null ? null : tensor.times(factor);
    }
}
