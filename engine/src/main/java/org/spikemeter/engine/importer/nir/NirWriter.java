package org.spikemeter.engine.importer.nir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;

/**
 * Writer of NIR graphs ({@code .nir}, HDF5) in the layout of NIR 1.0, such that {@link NirFile} reads a network with
 * the same bits wherever NIR can say them: norms are folded into synapses, sums become several edges, and delays nodes.
 */
public final class NirWriter {
    /** Steps that {@link NirGraph} takes. */
    private static final int MAX_DELAY = 1 << 16;

    private final Network network;
    /** Beyond these, 1 / dt and time constants leave float32. */
    private static final double SHORTEST_DT = 1e-12;
    private static final double LONGEST_DT = 1e6;

    private final double dt;
    private final NirPlan plan;
    private final NirLayers layers;
    private final NirModels models;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, NirNode> nodes = new LinkedHashMap<>();
    private final List<String[]> edges = new ArrayList<>();
    private final Set<List<String>> links = new HashSet<>();
    private final Map<String, String> flattens = new HashMap<>();
    /** By layer, the input first. */
    private final List<String> names = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();

    private NirWriter(final Network network, final double dt) {
        final NirFolds folds = new NirFolds(network);
        this.network = network;
        this.dt = dt;
        this.plan = new NirPlan(network, folds);
        this.layers = new NirLayers(network, folds, plan, lines);
        this.models = new NirModels(dt, lines);
    }

    /**
     * Writes a network, whole or not at all.
     *
     * @param file is created or replaced
     * @param dt length of a step in s
     * @return what NIR cannot say of the network, a line each, with the option that says it to the reader
     * @throws IllegalArgumentException naming the layer, where NIR has nothing for it; no file is written then
     * @throws IOException where the file cannot be written
     */
    public static List<String> write(final Path file, final Network network, final double dt) throws IOException {
        if (!(dt >= SHORTEST_DT && dt <= LONGEST_DT)) {
            throw new IllegalArgumentException("dt is " + dt + ": expected " + SHORTEST_DT + " to " + LONGEST_DT
                + " seconds");
        }
        final NirWriter writer = new NirWriter(network, dt);
        writer.convert();
        Hdf5Writer.write(file, writer.nodes, writer.edges);
        return List.copyOf(writer.lines);
    }

    private void convert() {
        nameNodes();
        nodes.put(names.getFirst(), new NirNode("Input").whole("shape", plan.axes(Edge.INPUT)));
        for (int i = 0; i < network.layers().size(); i++) {
            if (plan.isNode(i)) {
                final String layer = "layer '" + network.layers().get(i).name() + "': ";
                try {
                    nodes.put(name(i), node(i));
                    connect(plan.terms(i), name(i), plan.takesVector(i));
                    tellOrder(i);
                } catch (final IllegalArgumentException e) {
                    throw new IllegalArgumentException(layer + e.getMessage(), e);
                }
            }
        }
        final Edge last = plan.expanded(List.of(Edge.from(network.layers().size() - 1))).getFirst();
        final String output = unique("output");
        nodes.put(output, new NirNode("Output").whole("shape", plan.axes(last.source())));
        edges.add(new String[] {name(last.source()), output});
        if (network.voting().isPresent()) {
            lines.add("readout by voting: NIR has none");
        }
    }

    /** Nodes keep the names of their layers; those of all others are made around these. */
    private void nameNodes() {
        names.add(null);
        for (int i = 0; i < network.layers().size(); i++) {
            if (plan.terms(i).size() > 1) {
                // so the reader calls the sum that it puts before a node
                taken.add(allowed(network.layers().get(i).name()) + ".sum");
            }
        }
        for (int i = 0; i < network.layers().size(); i++) {
            final String own = network.layers().get(i).name();
            final String name = plan.isNode(i) ? unique(allowed(own)) : null;
            names.add(name);
            if (name != null && !name.equals(own)) {
                lines.add(own + ": is called " + name + " in the file");
            }
        }
        names.set(0, unique("input"));
    }

    /** HDF5 takes a slash for a group within a group, and a dot alone for the group itself. */
    private static String allowed(final String name) {
        final String flat = name.replace('/', '.');
        return flat.isEmpty() || flat.equals(".") ? "layer" : flat;
    }

    private String unique(final String wanted) {
        String name = wanted;
        for (int i = 1; !taken.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    private String name(final int source) {
        return names.get(source + 1);
    }

    private NirNode node(final int index) {
        return switch (network.layers().get(index)) {
            case Layer.Neurons neurons -> models.node(name(index), neurons.model(), plan.axes(index));
            case Layer.Euler euler ->
                models.node(name(index), euler.model(), network.outputOf(index), plan.axes(index));
            default -> layers.node(index, name(index));
        };
    }

    private void connect(final List<Edge> terms, final String target, final boolean takesVector) {
        for (final Edge term : terms) {
            String source = name(term.source());
            int[] axes = plan.axes(term.source());
            if (takesVector && !plan.isVector(term.source())) {
                source = flattened(source, axes);
                axes = new int[] {IntStream.of(axes).reduce(1, Math::multiplyExact)};
            }
            // an edge may be there once: the second of two goes through a delay of 0
            if (term.delay() > 0 || !links.add(List.of(source, target))) {
                source = delayed(source, target, term.delay(), axes);
            }
            edges.add(new String[] {source, target});
        }
    }

    private String flattened(final String source, final int... axes) {
        return flattens.computeIfAbsent(source, grid -> {
            final String name = unique(grid + ".flatten");
            nodes.put(name, NirLayers.flatten(axes));
            edges.add(new String[] {grid, name});
            return name;
        });
    }

    private String delayed(final String source, final String target, final int steps, final int... axes) {
        if (steps > MAX_DELAY) {
            throw new IllegalArgumentException("reads '" + source + "' " + steps + " steps late: expected at most "
                + MAX_DELAY);
        }
        final String name = unique(source + "." + target + ".delay");
        nodes.put(name, new NirNode("Delay").fill("delay", steps * dt, axes));
        edges.add(new String[] {source, name});
        return name;
    }

    /** The reader adds what a node reads in the order of names, what leads back last. */
    private void tellOrder(final int index) {
        final List<Edge> terms = plan.terms(index);
        final List<String> sources = terms.stream().map(term -> name(term.source())).toList();
        final boolean sameOrder = sources.equals(sources.stream().sorted().toList())
            && terms.stream().allMatch(term -> term.source() < index);
        // two may be swapped
        if (terms.size() > 2 && !sameOrder) {
            lines.add(name(index) + ": what it reads is added in the order of names: last bits may differ");
        }
    }
}
