package org.spikemeter.runtime.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.Stream;
import org.spikemeter.engine.importer.ImportedNetwork;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Voting;
import org.spikemeter.engine.neuron.EulerModel;
import org.spikemeter.engine.simulate.Inflow;
import org.spikemeter.engine.simulate.NetworkCompiler;
import org.spikemeter.engine.simulate.Projection;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a network is, as text and as JSON, format "spikemeter-inspect/1". */
public final class InspectReport {
    private final ImportedNetwork imported;
    private final Network network;
    private final List<Projection> projections;

    /**
     * Compiles the network, to know its synapses.
     *
     * @throws IllegalArgumentException where it cannot be compiled
     */
    public InspectReport(final ImportedNetwork imported) {
        this.imported = imported;
        this.network = imported.network();
        this.projections = NetworkCompiler.compile(network);
    }

    /** For a terminal. */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add("network  " + network.name() + ", input " + sides(network.input())
            + " (channels x height x width)");
        lines.add("");
        final TextTable table =
            new TextTable("layer", "type", ">output", ">parameters", ">synapses", ">dense ops", ">bytes");
        for (int i = 0; i < network.layers().size(); i++) {
            table.row(network.layers().get(i).name(), LayerText.type(network.layers().get(i)),
                sides(network.outputOf(i)), parameters(i), synapses(i), network.denseOperations(i), bytes(i));
        }
        table.row("total", "", "", sum(this::parameters), sum(this::synapses),
            sum(i -> network.denseOperations(i)), sum(this::bytes));
        lines.addAll(table.lines());
        lines.add("dense ops: synaptic operations a step if every source fired, padded taps included");
        lines.add("bytes: the compiled table; potentials, currents and parameters of neurons");
        lines.add("");
        lines.add(Units.grouped(sum(this::neurons)) + " neurons; memory: tables " + Units.bytes(tableBytes())
            + ", potentials " + Units.bytes(sum(this::neurons) * Float.BYTES));
        lines.add("");
        lines.add("as read, with every default:");
        for (final Layer layer : network.layers()) {
            lines.add("  " + layer.name() + ": " + LayerText.parameters(layer));
        }
        lines.add("  readout: " + network.voting().map(InspectReport::groups).orElse("none"));
        add(lines, "assumed:", imported.assumptions());
        add(lines, "warnings:", warnings());
        return lines;
    }

    private static void add(final List<String> lines, final String heading, final List<String> items) {
        if (!items.isEmpty()) {
            lines.add("");
            lines.add(heading);
            items.forEach(item -> lines.add("  " + item));
        }
    }

    /** What may surprise: the importer's, and what the weights show. */
    private List<String> warnings() {
        final List<String> warnings = new ArrayList<>(imported.warnings());
        warnings.addAll(NetworkWarnings.of(network, projections));
        return warnings;
    }

    /** For programs. */
    public ObjectNode json() {
        final ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("format", "spikemeter-inspect/1");
        json.put("network", network.name());
        json.putObject("input").put("channels", network.input().channels()).put("height", network.input().height())
            .put("width", network.input().width());
        for (int i = 0; i < network.layers().size(); i++) {
            final Layer layer = network.layers().get(i);
            final ObjectNode node = json.withArray("layers").addObject();
            node.put("name", layer.name()).put("type", LayerText.type(layer));
            node.putObject("output").put("channels", network.outputOf(i).channels())
                .put("height", network.outputOf(i).height()).put("width", network.outputOf(i).width());
            node.put("parameters", parameters(i)).put("neurons", neurons(i)).put("synapses", synapses(i))
                .put("denseOperations", network.denseOperations(i)).put("bytes", bytes(i))
                .put("settings", LayerText.parameters(layer));
        }
        json.put("parameters", sum(this::parameters)).put("neurons", sum(this::neurons))
            .put("synapses", sum(this::synapses))
            .put("denseOperations", sum(i -> network.denseOperations(i)))
            .put("tableBytes", tableBytes()).put("potentialBytes", sum(this::neurons) * Float.BYTES);
        imported.assumptions().forEach(json.putArray("assumptions")::add);
        warnings().forEach(json.putArray("warnings")::add);
        network.voting().ifPresent(voting -> voting.groups().forEach(group -> json.withArray("readout").addObject()
            .put("label", group.label()).put("from", group.from()).put("to", group.to())));
        return json;
    }

    private static String sides(final Shape shape) {
        return shape.channels() + "x" + shape.height() + "x" + shape.width();
    }

    private static String groups(final Voting voting) {
        final List<String> groups = new ArrayList<>();
        for (final Voting.Group group : voting.groups()) {
            groups.add("neurons " + group.from() + " to " + (group.to() - 1) + " vote " + group.label());
        }
        return String.join(", ", groups);
    }

    private long parameters(final int index) {
        return switch (network.layers().get(index)) {
            case Layer.Conv2d conv -> conv.weight().size() + size(conv.bias());
            case Layer.Linear linear -> linear.weight().size() + size(linear.bias());
            case Layer.Sparse sparse -> sparse.connections().synapses() + size(sparse.bias());
            case Layer.BatchNorm norm -> 4L * norm.weight().size();
            case Layer.Pool2d _, Layer.Flatten _, Layer.Neurons _, Layer.Euler _, Layer.Sum _,
                Layer.Concat _, Layer.Relu _ -> 0;
            case Layer.Scale scale -> scale.factor().size();
        };
    }

    private static int size(final Tensor bias) {
        return bias == null ? 0 : bias.size();
    }

    private long neurons(final int index) {
        final Layer layer = network.layers().get(index);
        return layer instanceof Layer.Neurons || layer instanceof Layer.Euler ? network.outputOf(index).size() : 0;
    }

    private long synapses(final int index) {
        return inflows().filter(inflow -> inflow.synapticLayer() == index)
            .mapToLong(inflow -> inflow.table().synapses()).sum();
    }

    /** Of a layer's tables, and of what its neurons keep. */
    private long bytes(final int index) {
        long bytes = inflows().filter(inflow -> inflow.synapticLayer() == index)
            .mapToLong(inflow -> inflow.table().bytes()).sum() + neurons(index) * Float.BYTES;
        if (network.layers().get(index) instanceof Layer.Euler euler) {
            final long kept = Arrays.stream(EulerModel.Parameter.values())
                .filter(parameter -> euler.model().values(parameter) != null).count();
            bytes += neurons(index) * Float.BYTES * (kept + (euler.model().hasSynapticCurrent() ? 1 : 0)
                + (euler.model().hasRefractoryPeriod() ? 1 : 0));
        }
        return bytes;
    }

    private long tableBytes() {
        return inflows().mapToLong(inflow -> inflow.table().bytes()).sum();
    }

    private Stream<Inflow> inflows() {
        return projections.stream().flatMap(projection -> projection.inflows().stream());
    }

    private long sum(final IntToLongFunction count) {
        long sum = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            sum += count.applyAsLong(i);
        }
        return sum;
    }
}
