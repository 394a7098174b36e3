package org.spikemeter.engine.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An immutable chain of layers whose shapes fit. Made by {@link #builder}; safe for use by any number of threads.
 */
public final class Network {
    private final String name;
    private final Shape input;
    private final List<Layer> layers;
    private final List<Shape> outputs;
    private final Voting voting;

    private Network(final Builder builder) {
        this.name = builder.name;
        this.input = builder.input;
        this.layers = List.copyOf(builder.layers);
        this.outputs = List.copyOf(builder.outputs);
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
        return index == 0 ? input : outputs.get(index - 1);
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
            case Layer.BatchNorm _, Layer.Pool2d _, Layer.Flatten _, Layer.Neurons _ -> 0;
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
        private boolean flat;
        private Voting voting;

        private Builder(final String name, final Shape input) {
            this.name = name;
            this.input = input;
            this.flat = input.pixels() == 1;
        }

        /**
         * Adds a layer.
         *
         * @throws IllegalArgumentException naming the layer, where it does not fit the layer before
         */
        public Builder add(final Layer layer) {
            if (!names.add(layer.name())) {
                throw new IllegalArgumentException("layer '" + layer.name() + "': a layer before has this name");
            }
            final Shape before = outputs.isEmpty() ? input : outputs.getLast();
            try {
                outputs.add(output(layer, before));
            } catch (final IllegalArgumentException e) {
                names.remove(layer.name());
                throw new IllegalArgumentException("layer '" + layer.name() + "': " + e.getMessage(), e);
            }
            layers.add(layer);
            return this;
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

        private Shape output(final Layer layer, final Shape before) {
            return switch (layer) {
                case Layer.Conv2d conv -> {
                    requireGrid(before);
                    if (conv.inChannels() != before.channels()) {
                        throw new IllegalArgumentException("weight " + conv.weight().shapeText() + " with "
                            + conv.groups() + " groups takes " + conv.inChannels() + " channels, found "
                            + before.channels());
                    }
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
                    yield pool.window().output(before, before.channels());
                }
                case Layer.Flatten _ -> {
                    flat = true;
                    yield before;
                }
                case Layer.Neurons _ -> before;
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
