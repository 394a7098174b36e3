package org.spikemeter.runtime.report;

import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.convert.Agreement;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.runtime.convert.Conversion;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a conversion came to, as text and as JSON, format "spikemeter-conversion/1". */
public final class ConversionReport {
    private static final double PERCENT = 100.0;

    private ConversionReport() {
    }

    /** For a terminal. */
    public static List<String> lines(final Conversion conversion) {
        final List<String> lines = new ArrayList<>();
        lines.add("network  " + conversion.artificial().name() + ": " + conversion.scales().size()
            + " layers of rectified units, calibrated on " + conversion.calibrationSamples() + " samples");
        lines.add("");
        final TextTable scales = new TextTable("layer", ">rate 1 stands for", ">largest activation");
        for (final Conversion.Scale scale : conversion.scales()) {
            scales.row(scale.layer(), Units.decimal(scale.lambda(), 4), Units.decimal(scale.largest(), 4));
        }
        lines.addAll(scales.lines());
        lines.add(conversion.percentile() == PERCENT ? "rate 1 stands for the largest activation"
            : "rate 1 stands for the activation that " + conversion.percentile() + " % of those above 0 do not exceed");
        lines.add("");
        final TextTable points =
            new TextTable(">steps", ">agreement", ">output error", ">ACC a sample", ">MAC a sample");
        for (final Agreement.Point point : conversion.points()) {
            points.row(point.steps(), Units.decimal(PERCENT * point.agreement(), 1) + " %",
                Units.decimal(PERCENT * point.error(), 1) + " %", Math.round(point.accumulates()),
                Math.round(point.multiplyAccumulates()));
        }
        lines.addAll(points.lines());
        lines.add(conversion.samples() + " samples, each held for all steps; the artificial network needs "
            + Units.grouped(Math.round(conversion.artificialOperations())) + " MAC a sample");
        if (!conversion.warnings().isEmpty()) {
            lines.add("");
            lines.add("warnings:");
            conversion.warnings().forEach(warning -> lines.add("  " + warning));
        }
        return lines;
    }

    /** For programs. */
    public static ObjectNode json(final Conversion conversion) {
        final ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("format", "spikemeter-conversion/1").put("network", conversion.artificial().name())
            .put("percentile", conversion.percentile()).put("calibrationSamples", conversion.calibrationSamples())
            .put("samples", conversion.samples()).put("artificialOperations", conversion.artificialOperations());
        for (final Conversion.Scale scale : conversion.scales()) {
            json.withArray("scales").addObject().put("layer", scale.layer()).put("lambda", scale.lambda())
                .put("largest", scale.largest());
        }
        for (final Agreement.Point point : conversion.points()) {
            json.withArray("agreement").addObject().put("steps", point.steps()).put("agreement", point.agreement())
                .put("outputError", point.error()).put(Operation.SYNAPTIC_ACCUMULATES.key(), point.accumulates())
                .put(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES.key(), point.multiplyAccumulates());
        }
        conversion.warnings().forEach(json.putArray("warnings")::add);
        return json;
    }
}
