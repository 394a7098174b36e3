package org.spikemeter.engine.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.neuron.EulerModel;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.CsrTable;
import org.spikemeter.engine.synapse.Pool;
import org.spikemeter.engine.synapse.SynapseTable;

/**
 * Turns layers into projections. Batch norm behind synapses is folded into them, in float64, rounded once; batch norm
 * or neurons without synapses before them get one synapse a neuron. What several layers read, and synapses with no
 * neurons behind them, become projections that emit values.
 */
public final class NetworkCompiler {
    private final Network network;
    private final List<Draft> drafts = new ArrayList<>();
    /** Index of the projection that emits a layer's output; -1 where none does. */
    private final int[] emitter;

    private NetworkCompiler(final Network network) {
        this.network = network;
        this.emitter = new int[network.layers().size()];
        Arrays.fill(emitter, -1);
    }

    /** A projection whose inflows are still gathered. */
    private static final class Draft {
        private final List<Inflow> inflows = new ArrayList<>();
        private final int outputLayer;
        private double[] shift;

        Draft(final int outputLayer) {
            this.outputLayer = outputLayer;
        }

        void addShift(final double[] more) {
            if (more == null) {
                return;
            }
            if (shift == null) {
                shift = more.clone();
            } else {
                for (int c = 0; c < shift.length; c++) {
                    shift[c] += more[c];
                }
            }
        }
    }

    /**
     * What lies between an emitter and the output of a layer.
     *
     * @param source projection that emits
     * @param pools pools on the way
     * @param grid behind the pools, before the synapses
     * @param synapses index of the layer with the synapses; -1 where there are none yet
     * @param scale factor of each output channel; null for 1
     * @param shift what each output channel adds; null for 0
     */
    private record Way(
        int source, int delay, List<Pool> pools, Shape grid, int synapses, double[] scale, double[] shift) {
        boolean isOpen() {
            return synapses >= 0;
        }

        Way later(final int steps) {
            return new Way(source, delay + steps, pools, grid, synapses, scale, shift);
        }
    }

    /**
     * Compiles a network.
     *
     * @throws IllegalArgumentException naming the layer, where a folded weight is beyond float32 or a table too large
     */
    public static List<Projection> compile(final Network network) {
        return new NetworkCompiler(network).compile();
    }

    private List<Projection> compile() {
        final int count = network.layers().size();
        for (int i = 0; i < count; i++) {
            final Layer layer = network.layers().get(i);
            final int readers = network.readersOf(i);
            // synapses that several layers read are executed once
            if (isNeurons(layer) || layer instanceof Layer.Sum || readers == 0 || readers > 1 && way(i).isOpen()) {
                emit(i);
            }
        }
        // what comes from layers behind can be followed back only now
        for (int d = 0; d < drafts.size(); d++) {
            final Draft draft = drafts.get(d);
            for (final Edge edge : network.edgesOf(draft.outputLayer)) {
                if (isMerge(draft.outputLayer) && edge.source() >= draft.outputLayer) {
                    addInflow(draft, wayOf(edge));
                }
            }
        }
        final List<Projection> projections = new ArrayList<>();
        for (final Draft draft : drafts) {
            projections.add(finish(draft));
        }
        return List.copyOf(projections);
    }

    private static boolean isNeurons(final Layer layer) {
        return layer instanceof Layer.Neurons || layer instanceof Layer.Euler;
    }

    /** True for layers that may read several others. */
    private boolean isMerge(final int layer) {
        return isNeurons(network.layers().get(layer)) || network.layers().get(layer) instanceof Layer.Sum;
    }

    /** Makes a projection that emits a layer's output, unless there is one. */
    private int emit(final int layer) {
        if (emitter[layer] < 0) {
            final Draft draft = new Draft(layer);
            if (isMerge(layer)) {
                final List<Way> ways = new ArrayList<>();
                for (final Edge edge : network.edgesOf(layer)) {
                    if (edge.source() < layer) {
                        ways.add(wayOf(edge));
                    }
                }
                ways.forEach(way -> addInflow(draft, way));
            } else {
                addInflow(draft, way(layer));
            }
            emitter[layer] = drafts.size();
            drafts.add(draft);
        }
        return emitter[layer];
    }

    private Way wayOf(final Edge edge) {
        if (edge.source() == Edge.INPUT) {
            return new Way(Inflow.INPUT, edge.delay(), List.of(), network.input(), -1, null, null);
        }
        final Way way = outputOf(edge.source());
        // an edge carries nothing before its delay is over: not the bias of synapses before it either
        return edge.delay() > 0 ? closed(way, edge.source()).later(edge.delay()) : way;
    }

    /** From an emitter to the output of a layer. */
    private Way outputOf(final int layer) {
        if (emitter[layer] >= 0) {
            return new Way(emitter[layer], 0, List.of(), network.outputOf(layer), -1, null, null);
        }
        return way(layer);
    }

    /** Through a layer that no projection emits. */
    private Way way(final int layer) {
        final Edge edge = network.edgesOf(layer).getFirst();
        final Way before = wayOf(edge);
        return switch (network.layers().get(layer)) {
            case Layer.Conv2d conv -> open(closed(before, edge.source()), layer, conv.bias());
            case Layer.Linear linear -> open(closed(before, edge.source()), layer, linear.bias());
            case Layer.Sparse sparse -> open(closed(before, edge.source()), layer, sparse.bias());
            case Layer.BatchNorm norm -> fold(before.isOpen() ? before : open(before, layer, null), norm);
            case Layer.Pool2d pool -> {
                final Way closed = closed(before, edge.source());
                final List<Pool> pools = new ArrayList<>(closed.pools());
                pools.add(new Pool(network.inputOf(layer), pool));
                yield new Way(closed.source(), closed.delay(), pools, pools.getLast().output(), -1, null, null);
            }
            case Layer.Flatten _ -> before;
            case Layer.Neurons _, Layer.Euler _, Layer.Sum _ -> throw new AssertionError();
        };
    }

    /** A way that ends with events: where it has synapses, a projection emits their sums. */
    private Way closed(final Way way, final int layer) {
        if (!way.isOpen()) {
            return way;
        }
        return new Way(emit(layer), 0, List.of(), network.outputOf(layer), -1, null, null);
    }

    private static Way open(final Way way, final int layer, final Tensor bias) {
        double[] shift = null;
        if (bias != null) {
            shift = new double[bias.size()];
            for (int c = 0; c < shift.length; c++) {
                shift[c] = bias.get(c);
            }
        }
        return new Way(way.source(), way.delay(), way.pools(), way.grid(), layer, null, shift);
    }

    private static Way fold(final Way way, final Layer.BatchNorm norm) {
        final int channels = norm.weight().size();
        final double[] scale = new double[channels];
        final double[] shift = new double[channels];
        for (int c = 0; c < channels; c++) {
            scale[c] = norm.scale(c) * (way.scale() == null ? 1.0 : way.scale()[c]);
            shift[c] = norm.shift(c) + norm.scale(c) * (way.shift() == null ? 0.0 : way.shift()[c]);
        }
        return new Way(way.source(), way.delay(), way.pools(), way.grid(), way.synapses(), scale, shift);
    }

    private void addInflow(final Draft draft, final Way way) {
        final int layer = way.isOpen() ? way.synapses() : draft.outputLayer;
        final Layer synapses = network.layers().get(layer);
        try {
            final SynapseTable table = switch (synapses) {
                case Layer.Conv2d conv -> ConvolutionTable.of(way.grid(), conv, way.scale());
                case Layer.Linear linear -> ConvolutionTable.of(way.grid(), linear, way.scale());
                case Layer.Sparse sparse -> CsrTable.of(way.grid(), sparse.connections(), way.scale());
                case Layer.BatchNorm _, Layer.Pool2d _, Layer.Flatten _, Layer.Neurons _, Layer.Euler _,
                    Layer.Sum _ -> ConvolutionTable.oneToOne(way.grid(), way.scale());
            };
            draft.inflows.add(new Inflow(way.source(), way.delay(), way.pools(), table, layer));
            draft.addShift(way.shift());
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("layer '" + synapses.name() + "': " + e.getMessage(), e);
        }
    }

    private Projection finish(final Draft draft) {
        final Layer layer = network.layers().get(draft.outputLayer);
        final NeuronModel neuron = layer instanceof Layer.Neurons neurons ? neurons.model() : null;
        final EulerModel euler = layer instanceof Layer.Euler neurons ? neurons.model() : null;
        try {
            return new Projection(draft.inflows, bias(draft.shift), neuron, euler, draft.outputLayer);
        } catch (final IllegalArgumentException e) {
            final Layer synapses = network.layers().get(draft.inflows.getFirst().synapticLayer());
            throw new IllegalArgumentException("layer '" + synapses.name() + "': " + e.getMessage(), e);
        }
    }

    private static float[] bias(final double[] shift) {
        if (shift == null) {
            return null;
        }
        final float[] bias = new float[shift.length];
        for (int c = 0; c < bias.length; c++) {
            bias[c] = (float) shift[c];
            if (!Float.isFinite(bias[c])) {
                throw new IllegalArgumentException("bias " + shift[c] + " of channel " + c + " is beyond float32");
            }
        }
        return bias;
    }
}
