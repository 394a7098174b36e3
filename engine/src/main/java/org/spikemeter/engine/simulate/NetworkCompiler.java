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
import org.spikemeter.engine.synapse.Weights;

/**
 * Turns layers into projections. Batch norm behind synapses is folded into them, in float64, rounded once; batch norm
 * or neurons without synapses before them get one synapse a neuron. A sum that neurons alone read is executed by them.
 * What several layers read, and synapses with no neurons behind them, become projections that emit values.
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
            if (isEmitter(i) || i == count - 1 || readers == 0 || readers > 1 && mustClose(ways(i))) {
                emit(i);
            }
        }
        // what comes from layers behind can be followed back only now
        for (int d = 0; d < drafts.size(); d++) {
            final Draft draft = drafts.get(d);
            for (final Edge edge : network.edgesOf(draft.outputLayer)) {
                if (edge.source() >= draft.outputLayer) {
                    waysOf(edge).forEach(way -> addInflow(draft, way));
                }
            }
        }
        final List<Projection> projections = new ArrayList<>();
        for (final Draft draft : drafts) {
            projections.add(finish(draft));
        }
        return List.copyOf(projections);
    }

    /** True for layers whose output is more than a weighted sum; sums in a cycle cannot be followed back either. */
    private boolean isEmitter(final int layer) {
        return network.layers().get(layer) instanceof Layer.Sum
            ? network.edgesOf(layer).stream().anyMatch(edge -> edge.source() >= layer)
            : network.layers().get(layer).merges();
    }

    private static boolean mustClose(final List<Way> ways) {
        return ways.size() > 1 || ways.getFirst().isOpen();
    }

    /** Makes a projection that emits a layer's output, unless there is one. */
    private int emit(final int layer) {
        if (emitter[layer] < 0) {
            final Draft draft = new Draft(layer);
            if (network.layers().get(layer) instanceof Layer.Concat) {
                addParts(draft, layer);
            } else {
                final List<Way> ways = network.layers().get(layer).merges() ? waysInto(layer) : ways(layer);
                ways.forEach(way -> addInflow(draft, way));
            }
            emitter[layer] = drafts.size();
            drafts.add(draft);
        }
        return emitter[layer];
    }

    /** Each edge into channels of its own; into a vector, in PyTorch's order. */
    private void addParts(final Draft draft, final int layer) {
        int first = 0;
        for (final Edge edge : network.edgesOf(layer)) {
            final Way way = closedOf(edge);
            final SynapseTable table = CsrTable.part(way.grid(), network.outputOf(layer), first);
            draft.inflows.add(new Inflow(way.source(), way.delay(), way.pools(), table, layer));
            first += network.outputOf(layer).pixels() > 1 ? way.grid().channels() : way.grid().size();
        }
    }

    /** Those of all edges from layers before. */
    private List<Way> waysInto(final int layer) {
        final List<Way> ways = new ArrayList<>();
        for (final Edge edge : network.edgesOf(layer)) {
            if (edge.source() < layer) {
                ways.addAll(waysOf(edge));
            }
        }
        return ways;
    }

    private List<Way> waysOf(final Edge edge) {
        if (edge.source() == Edge.INPUT) {
            return List.of(new Way(Inflow.INPUT, edge.delay(), List.of(), network.input(), -1, null, null));
        }
        final List<Way> ways = undelayed(edge);
        if (edge.delay() == 0) {
            return ways;
        }
        // an edge carries nothing before its delay is over: not the bias of synapses before it either. Without a bias
        // it is the same to delay the events before the synapses, and no sum has to be carried
        return ways.stream().anyMatch(way -> way.shift() != null) ? List.of(closedOf(edge))
            : ways.stream().map(way -> way.later(edge.delay())).toList();
    }

    private List<Way> undelayed(final Edge edge) {
        return emitter[edge.source()] >= 0 ? List.of(emitted(edge.source())) : ways(edge.source());
    }

    /** An edge that ends with events: where there are synapses, or several ways, a projection emits their sums. */
    private Way closedOf(final Edge edge) {
        if (edge.source() == Edge.INPUT) {
            return waysOf(edge).getFirst();
        }
        final List<Way> ways = undelayed(edge);
        if (mustClose(ways)) {
            emit(edge.source());
            return emitted(edge.source()).later(edge.delay());
        }
        return ways.getFirst().later(edge.delay());
    }

    private Way emitted(final int layer) {
        return new Way(emitter[layer], 0, List.of(), network.outputOf(layer), -1, null, null);
    }

    /** Through a layer that no projection emits; several where it is a sum, or the batch norm of one. */
    private List<Way> ways(final int layer) {
        final Layer way = network.layers().get(layer);
        if (way instanceof Layer.Sum || way instanceof Layer.Flatten) {
            return waysInto(layer);
        }
        if (way instanceof Layer.BatchNorm norm) {
            final List<Way> folded = new ArrayList<>();
            for (final Way each : waysInto(layer)) {
                // what the norm adds, it adds once
                folded.add(fold(each.isOpen() ? each : open(each, layer, null), norm, folded.isEmpty()));
            }
            return folded;
        }
        return List.of(way(layer, closedOf(network.edgesOf(layer).getFirst())));
    }

    private Way way(final int layer, final Way closed) {
        return switch (network.layers().get(layer)) {
            case Layer.Conv2d conv -> open(closed, layer, conv.bias());
            case Layer.Linear linear -> open(closed, layer, linear.bias());
            case Layer.Sparse sparse -> open(closed, layer, sparse.bias());
            case Layer.Scale _ -> open(closed, layer, null);
            case Layer.Pool2d pool -> {
                final List<Pool> pools = new ArrayList<>(closed.pools());
                pools.add(new Pool(network.inputOf(layer), pool));
                yield new Way(closed.source(), closed.delay(), pools, pools.getLast().output(), -1, null, null);
            }
            case Layer.Flatten _, Layer.BatchNorm _, Layer.Neurons _, Layer.Euler _, Layer.Relu _, Layer.Sum _,
                Layer.Concat _ -> throw new AssertionError();
        };
    }

    private static Way open(final Way way, final int layer, final Tensor bias) {
        return new Way(way.source(), way.delay(), way.pools(), way.grid(), layer, null,
            bias == null ? null : bias.toDoubles());
    }

    private static Way fold(final Way way, final Layer.BatchNorm norm, final boolean shifts) {
        return new Way(way.source(), way.delay(), way.pools(), way.grid(), way.synapses(),
            norm.scaled(way.scale()), orNone(norm.shifted(way.shift(), shifts)));
    }

    /** Norms that only scale leave no bias. */
    private static double[] orNone(final double[] shift) {
        return Arrays.stream(shift).allMatch(each -> each == 0.0) ? null : shift;
    }

    private void addInflow(final Draft draft, final Way way) {
        final int layer = way.isOpen() ? way.synapses() : draft.outputLayer;
        final Layer synapses = network.layers().get(layer);
        try {
            final SynapseTable table = switch (synapses) {
                case Layer.Conv2d conv -> ConvolutionTable.of(way.grid(), conv, way.scale());
                case Layer.Linear linear -> ConvolutionTable.of(way.grid(), linear, way.scale());
                case Layer.Sparse sparse -> CsrTable.of(way.grid(), sparse.connections(), way.scale());
                case Layer.Scale scale -> CsrTable.of(way.grid(), scale, way.scale());
                case Layer.BatchNorm _, Layer.Pool2d _, Layer.Flatten _, Layer.Neurons _, Layer.Euler _,
                    Layer.Relu _, Layer.Sum _, Layer.Concat _ -> ConvolutionTable.oneToOne(way.grid(), way.scale());
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
            return new Projection(draft.inflows, Weights.bias(draft.shift), neuron, euler,
                layer instanceof Layer.Relu relu ? relu : null, draft.outputLayer);
        } catch (final IllegalArgumentException e) {
            final Layer synapses = network.layers().get(draft.inflows.getFirst().synapticLayer());
            throw new IllegalArgumentException("layer '" + synapses.name() + "': " + e.getMessage(), e);
        }
    }
}
