package org.spikemeter.runtime.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.runtime.spikes.SpikeComparison;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A comparison with a reference, as text and as JSON, format "spikemeter-verify/1". */
public final class VerifyReport {
    private VerifyReport() {
    }

    /** For a terminal. */
    public static List<String> lines(
        final Network network, final String reference, final SpikeComparison comparison, final double tolerance) {
        final List<String> lines = new ArrayList<>();
        lines.add("network    " + network.name());
        lines.add("reference  " + reference + ", " + comparison.steps() + " steps");
        lines.add("");
        final TextTable table = new TextTable("layer", ">reference spikes", ">differ");
        for (final int layer : comparison.layers()) {
            table.row(network.layers().get(layer).name(), comparison.referenceSpikes(layer),
                comparison.differences(layer));
        }
        table.row("total", comparison.referenceSpikes(), comparison.differences());
        lines.addAll(table.lines());
        lines.add("");
        if (comparison.first() == null) {
            lines.add("No spike differs.");
            return lines;
        }
        final SpikeComparison.Difference first = comparison.first();
        lines.add("First difference: step " + first.step() + ", layer " + network.layers().get(first.layer()).name()
            + ", neuron " + place(network.outputOf(first.layer()), first.address()) + ":");
        lines.add("  " + (first.fired() ? "fired, the reference did not" : "did not fire, the reference did")
            + "; potential " + first.potential() + ", threshold " + first.threshold() + ", distance "
            + scientific(first.distance()) + ".");
        lines.add(origins(comparison));
        lines.add("Rate of differences: " + scientific(comparison.rate()) + " a spike; "
            + (comparison.rate() <= tolerance ? "within" : "more than") + " the tolerance of "
            + scientific(tolerance) + ".");
        return lines;
    }

    private static String origins(final SpikeComparison comparison) {
        final long consequences = comparison.differences() - comparison.origins();
        return comparison.origins() + " of " + comparison.differences() + (comparison.origins() == 1 ? " is" : " are")
            + " of " + (comparison.origins() == 1 ? "its" : "their") + " own, at most "
            + scientific(comparison.furthestOrigin()) + " from the threshold; " + consequences
            + (consequences == 1 ? " is a consequence." : " are consequences.");
    }

    private static String place(final Shape shape, final int address) {
        final int pixel = address / shape.channels();
        return "(c " + address % shape.channels() + ", y " + pixel / shape.width() + ", x " + pixel % shape.width()
            + ")";
    }

    private static String scientific(final double value) {
        return String.format(Locale.ROOT, "%.2e", value);
    }

    /** For programs. */
    public static ObjectNode json(
        final Network network, final String reference, final SpikeComparison comparison, final double tolerance) {
        final ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("format", "spikemeter-verify/1");
        json.put("network", network.name());
        json.put("reference", reference);
        json.put("steps", comparison.steps());
        json.put("referenceSpikes", comparison.referenceSpikes());
        json.put("differences", comparison.differences());
        json.put("rate", comparison.rate());
        json.put("tolerance", tolerance);
        json.put("origins", comparison.origins());
        json.put("furthestOrigin", comparison.furthestOrigin());
        for (final int layer : comparison.layers()) {
            json.withArray("layers").addObject().put("name", network.layers().get(layer).name())
                .put("referenceSpikes", comparison.referenceSpikes(layer))
                .put("differences", comparison.differences(layer));
        }
        if (comparison.first() != null) {
            final SpikeComparison.Difference first = comparison.first();
            final Shape shape = network.outputOf(first.layer());
            final int pixel = first.address() / shape.channels();
            json.putObject("first").put("step", first.step()).put("layer", network.layers().get(first.layer()).name())
                .put("channel", first.address() % shape.channels()).put("y", pixel / shape.width())
                .put("x", pixel % shape.width()).put("fired", first.fired()).put("potential", first.potential())
                .put("threshold", first.threshold()).put("distance", first.distance());
        }
        return json;
    }
}
