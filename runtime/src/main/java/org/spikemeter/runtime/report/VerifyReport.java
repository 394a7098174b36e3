package org.spikemeter.runtime.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.runtime.spikes.SpikeComparison;
import org.spikemeter.runtime.spikes.Trace;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A comparison with a reference, as text and as JSON, format "spikemeter-verify/1". */
public final class VerifyReport {
    /** How far a potential may be from a trace. */
    private static final double TRACE_TOLERANCE = 1e-5;

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
        lines.add(comparison.cause() == SpikeComparison.Cause.ROUNDING
            ? "This is rounding: no difference of its own is farther than 1e-5 from its threshold."
            : "This is no rounding: the two do not compute the same (reset, threshold, leak, gain, weights, input).");
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
        json.put("cause", comparison.cause().name().toLowerCase(Locale.ROOT));
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

    /** True where a trace is followed: the same spikes, potentials within 1e-5. */
    public static boolean holds(final Trace trace) {
        return trace.differing() == 0 && trace.largestGap() <= TRACE_TOLERANCE;
    }

    /** A trace for a terminal. */
    public static List<String> lines(final Network network, final String reference, final Trace trace) {
        return List.of("network  " + network.name(), "trace    " + reference + ", " + trace.steps() + " steps", "",
            "Potentials are at most " + scientific(trace.largestGap()) + " apart (step " + trace.gapStep() + "); "
                + (trace.differing() == 0 ? "all " + trace.spikes() + " spikes are the same."
                : trace.differing() + " steps have a spike in one of the two alone, of " + trace.spikes()
                    + " spikes."), holds(trace) ? "The trace is followed."
                : "The trace is not followed within " + scientific(TRACE_TOLERANCE) + ".");
    }

    /** A trace for programs. */
    public static ObjectNode json(final Network network, final String reference, final Trace trace) {
        return JsonMapper.shared().createObjectNode().put("format", "spikemeter-verify-trace/1")
            .put("network", network.name()).put("reference", reference).put("steps", trace.steps())
            .put("largestGap", trace.largestGap()).put("gapStep", trace.gapStep()).put("spikes", trace.spikes())
            .put("differences", trace.differing()).put("tolerance", TRACE_TOLERANCE).put("holds", holds(trace));
    }
}
