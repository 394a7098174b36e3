package org.spikemeter.engine.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Immutable layers whose shapes fit, in an order in which they can run: most often a chain, else a graph, in which a
 * layer of neurons or a sum may read several others, and edges that take at least a step may lead back. Made by
 * {@link #builder}; safe for use by any number of threads.
 */
public final class Network {
    private final String name;
    private final Shape input;
    private final List<Layer> layers;
    private final List<Shape> outputs;
    private final List<List<Edge>> edges;
    private final Voting voting;

    private Network(final Builder builder) {
        this.name = builder.name;
        this.input = builder.input;
        this.layers = List.copyOf(builder.layers);
        this.outputs = List.copyOf(builder.outputs);
        this.edges = List.copyOf(builder.edges);
        this.voting = builder.voting;
    }

    /**
     * Starts a network.
     *
     * @param name name of the network
     * @param input grid of the input events
     */
    public static Builder builder(final String name, final Shape input) {
        return new Builder(name, input);
    }

    /** Name of the network. */
    public String name() {
        return name;
    }

    /** Grid of the input events. */
    public Shape input() {
        return input;
    }

    /** The layers in order. */
    public List<Layer> layers() {
        return layers;
    }

    /** Grid into layer {@code index}. */
    public Shape inputOf(final int index) {
        final int source = edges.get(index).getFirst().source();
        return source == Edge.INPUT ? input : outputs.get(source);
    }

    /** Where layer {@code index} reads from; at least one. */
    public List<Edge> edgesOf(final int index) {
        return edges.get(index);
    }

    /** Number of edges that lead from layer {@code index}. */
    public int readersOf(final int index) {
        return (int) edges.stream().flatMap(List::stream).filter(edge -> edge.source() == index).count();
    }

    /** True where each layer reads the one before, and that alone, without delay. */
    public boolean isChain() {
        for (int i = 0; i < edges.size(); i++) {
            if (!edges.get(i).equals(List.of(Edge.from(i - 1)))) {
                return false;
            }
        }
        return true;
    }

    /** Grid out of layer {@code index}. */
    public Shape outputOf(final int index) {
        return outputs.get(index);
    }

    /** Grid out of the last layer. */
    public Shape output() {
        return outputs.getLast();
    }

    /**
     * Operations of a synaptic layer in one step if every source fired, padded taps included, no bias; 0 for other
     * layers. What papers call the layer's MACs.
     */
    public long denseOperations(final int index) {
        return switch (layers.get(index)) {
            case Layer.Conv2d conv -> (long) outputs.get(index).pixels() * conv.weight().size();
            case Layer.Linear linear -> linear.weight().size();
            case Layer.Sparse sparse -> sparse.connections().synapses();
            case Layer.BatchNorm _, Layer.Pool2d _, Layer.Flatten _, Layer.Neurons _, Layer.Euler _, Layer.Sum _,
                Layer.Concat _, Layer.Relu _ -> 0;
            case Layer.Scale scale -> scale.factor().size();
        };
    }

    /** {@link #denseOperations(int)} of all layers. */
    public long denseOperations() {
        long operations = 0;
        for (int i = 0; i < layers.size(); i++) {
            operations += denseOperations(i);
        }
        return operations;
    }

    /** The readout, where the network has one. */
    public Optional<Voting> voting() {
        return Optional.ofNullable(voting);
    }

    /**
     * Index of the layer with a name.
     *
     * @throws IllegalArgumentException where there is none
     */
    public int indexOf(final String layer) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).name().equals(layer)) {
                return i;
            }
        }
        throw new IllegalArgumentException("network '" + name + "' has no layer '" + layer + "'");
    }

    /** Puts layers in a row and checks that each fits the one before. */
    public static final class Builder {
        private final String name;
        private final Shape input;
        private final List<Layer> layers = new ArrayList<>();
        private final List<Shape> outputs = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private final List<List<Edge>> edges = new ArrayList<>();
        private final List<Boolean> flats = new ArrayList<>();
        private boolean flat;
        private Voting voting;

        private Builder(final String name, final Shape input) {
            this.name = name;
            this.input = input;
        }

        /**
         * Adds a layer that reads the one before, or the input.
         *
         * @throws IllegalArgumentException naming the layer, where it does not fit the layer before
         */
        public Builder add(final Layer layer) {
            return add(layer, List.of(Edge.from(layers.size() - 1)));
        }

        /**
         * Adds a layer.
         *
         * @param layer the layer
         * @param from where it reads: layers that were added before; with a delay, also itself and layers that will be
         *     added. Several, all of one shape, only for neurons, rectified units and sums
         * @throws IllegalArgumentException naming the layer, where it does not fit
         */
        public Builder add(final Layer layer, final List<Edge> from) {
            if (!names.add(layer.name())) {
                throw new IllegalArgumentException("layer '" + layer.name() + "': a layer before has this name");
            }
            try {
                final Shape before = shapeBefore(layer, from);
                outputs.add(output(layer, before));
            } catch (final IllegalArgumentException e) {
                names.remove(layer.name());
                throw new IllegalArgumentException("layer '" + layer.name() + "': " + e.getMessage(), e);
            }
            flats.add(flat);
            edges.add(List.copyOf(from));
            layers.add(layer);
            return this;
        }

        private Shape shapeBefore(final Layer layer, final List<Edge> from) {
            final boolean merges = layer.merges();
            if (from.isEmpty() || from.size() > 1 && !merges) {
                throw new IllegalArgumentException("reads " + from.size() + " layers: expected one"
                    + (merges ? " or more" : ""));
            }
            if (layer instanceof Layer.Concat) {
                return joined(from);
            }
            Shape before = null;
            for (final Edge edge : from) {
                if (edge.source() >= layers.size()) {
                    if (edge.delay() == 0) {
                        throw new IllegalArgumentException("reads a layer behind it without delay");
                    }
                    continue;
                }
                final Shape shape = shapeAt(edge);
                flat = isFlat(edge);
                if (before != null && !before.equals(shape)) {
                    throw new IllegalArgumentException("reads layers of " + before + " and of " + shape
                        + ": expected one shape");
                }
                before = shape;
            }
            if (before == null) {
                throw new IllegalArgumentException("reads only layers behind it");
            }
            return before;
        }

        /** Grid of the channels of several layers; where all are vectors, a vector. */
        private Shape joined(final List<Edge> from) {
            long channels = 0;
            long size = 0;
            flat = true;
            for (final Edge edge : from) {
                if (edge.source() >= layers.size()) {
                    throw new IllegalArgumentException("reads a layer behind it: expected layers before");
                }
                channels += shapeAt(edge).channels();
                size += shapeAt(edge).size();
                flat &= isFlat(edge);
            }
            final Shape first = shapeAt(from.getFirst());
            for (final Edge edge : from) {
                final Shape shape = shapeAt(edge);
                if (!flat && (shape.height() != first.height() || shape.width() != first.width()
                    || isFlat(edge) && shape.pixels() > 1)) {
                    throw new IllegalArgumentException("joins the channels of " + first + " and of " + shape
                        + ": expected one height and width");
                }
            }
            return flat ? Shape.flat(Math.toIntExact(size))
                : new Shape(first.height(), first.width(), Math.toIntExact(channels));
        }

        /** True where an edge carries a vector. */
        public boolean isFlat(final Edge edge) {
            return edge.source() == Edge.INPUT ? input.pixels() == 1 : flats.get(edge.source());
        }

        /**
         * Grid that an edge carries.
         *
         * @param edge from the input, or a layer that was added
         */
        public Shape shapeAt(final Edge edge) {
            return edge.source() == Edge.INPUT ? input : outputs.get(edge.source());
        }

        /** Number of layers so far: the index that the next one gets. */
        public int size() {
            return layers.size();
        }

        /** Sets the readout. */
        public Builder voting(final Voting readout) {
            this.voting = readout;
            return this;
        }

        /**
         * The network.
         *
         * @throws IllegalArgumentException where it has no layers, or the readout names neurons that it has not
         */
        public Network build() {
            if (layers.isEmpty()) {
                throw new IllegalArgumentException("network '" + name + "' has no layers");
            }
            requireEdges();
            if (voting != null) {
                final int size = outputs.getLast().size();
                for (final Voting.Group group : voting.groups()) {
                    if (group.to() > size) {
                        throw new IllegalArgumentException("readout group '" + group.label() + "' is " + group.from()
                            + " to " + group.to() + ": the last layer has " + size + " neurons");
                    }
                }
            }
            return new Network(this);
        }

        /** Edges that lead back could not be checked before the layers they come from were there. */
        private void requireEdges() {
            for (int i = 0; i < layers.size(); i++) {
                for (final Edge edge : edges.get(i)) {
                    if (edge.source() >= layers.size()) {
                        throw new IllegalArgumentException("layer '" + layers.get(i).name() + "': reads layer "
                            + edge.source() + " of " + layers.size());
                    }
                    final Shape before = edge.source() >= i ? outputs.get(edge.source()) : null;
                    // what merges keeps the shape that it reads
                    final Shape own = outputs.get(i);
                    if (before != null && layers.get(i).merges() && !before.equals(own)) {
                        throw new IllegalArgumentException("layer '" + layers.get(i).name() + "': reads " + own
                            + " and, from '" + layers.get(edge.source()).name() + "', " + before
                            + ": expected one shape");
                    }
                }
            }
        }

        private Shape output(final Layer layer, final Shape before) {
            return switch (layer) {
                case Layer.Conv2d conv -> {
                    requireGrid(before);
                    if (conv.inChannels() != before.channels()) {
                        throw new IllegalArgumentException("weight " + conv.weight().shapeText() + " with "
                            + conv.groups() + " groups takes " + conv.inChannels() + " channels, found "
                            + before.channels());
                    }
                    // padding makes a grid of a single place
                    flat = false;
                    yield conv.window().output(before, conv.outChannels());
                }
                case Layer.Linear linear -> {
                    requireFlat(before);
                    requireSources(linear.weight().dimension(1), before, "weight " + linear.weight().shapeText());
                    yield Shape.flat(linear.weight().dimension(0));
                }
                case Layer.Sparse sparse -> {
                    requireFlat(before);
                    requireSources(sparse.connections().sources(), before, "the table");
                    yield Shape.flat(sparse.connections().targets());
                }
                case Layer.BatchNorm norm -> {
                    if (flat && before.pixels() > 1) {
                        throw new IllegalArgumentException("batch norm of a flattened grid is not supported; put it "
                            + "before the flatten or after the linear layer");
                    }
                    if (norm.weight().size() != before.channels()) {
                        throw new IllegalArgumentException("weight " + norm.weight().shapeText() + ": expected "
                            + before.channels() + " channels");
                    }
                    yield before;
                }
                case Layer.Pool2d pool -> {
                    requireGrid(before);
                    flat = false;
                    yield pool.window().output(before, before.channels());
                }
                case Layer.Flatten _ -> {
                    flat = true;
                    yield before;
                }
                case Layer.Neurons _, Layer.Sum _, Layer.Concat _, Layer.Relu _ -> before;
                case Layer.Scale scale -> {
                    requireSources(scale.factor().size(), before, "factor " + scale.factor().shapeText());
                    yield before;
                }
                case Layer.Euler euler -> {
                    if (euler.model().size() != before.size()) {
                        throw new IllegalArgumentException("has " + euler.model().size() + " neurons, found "
                            + before.size() + " inputs (" + before + ")");
                    }
                    yield before;
                }
            };
        }

        private void requireGrid(final Shape before) {
            if (flat && before.pixels() > 1) {
                throw new IllegalArgumentException("needs a grid, found one that was flattened");
            }
        }

        private void requireFlat(final Shape before) {
            if (!flat && before.pixels() > 1) {
                throw new IllegalArgumentException("needs a flat input, found " + before + "; put a flatten before it");
            }
        }

        private static void requireSources(final int sources, final Shape before, final String what) {
            if (sources != before.size()) {
                throw new IllegalArgumentException(what + " takes " + sources + " inputs, found " + before.size()
                    + " (" + before + ")");
            }
        }
    }
}
