package org.spikemeter.runtime.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.spikemeter.runtime.audit.PaperTable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The paper's Table II, derived from the topology. */
public final class PaperText {
    private static final double PICOJOULES_A_MILLIJOULE = 1e9;
    private static final int CUT = 100;
    private static final int MILLION = 1_000_000;

    private PaperText() {
    }

    /** Table and explanation. */
    public static List<String> lines() {
        final List<PaperTable> tables = PaperTable.both();
        final List<String> lines = new ArrayList<>();
        lines.add("Table II of the paper (CEUR-WS Vol-3331, paper 8) from the topology alone; 128 x 128 input, 3 x 3"
            + " kernels,");
        lines.add("32 channels; dense operations with padded taps, no bias; 4.6 pJ a MAC, 0.9 pJ an ACC.");
        for (final PaperTable table : tables) {
            lines.add("  " + table.name() + "  " + table.description());
        }
        lines.add("");
        final TextTable text = new TextTable("", ">A", ">B", ">printed");
        row(text, "ANN 1st layer", tables, t -> Units.grouped(t.annFirstLayer()), "310.9M");
        row(text, "SNN 1st layer", tables, t -> Units.grouped(t.snnFirstLayer()), "9.1M");
        row(text, "other layers", tables, t -> Units.grouped(t.others()), "47.9M");
        row(text, "ANN", tables, t -> exact(t.ann()), "1.65 mJ");
        row(text, "SNN, N = 30", tables, t -> exact(t.dense(PaperTable.SHORT_STEPS)), "1.57 mJ");
        row(text, "SNN below ANN", tables, t -> "N < " + t.crossing(), "N < 32");
        row(text, "SNN, N = 68", tables, t -> exact(t.dense(PaperTable.STEPS)), "");
        row(text, "same, 10.79 %", tables, t -> exact(t.sparse(PaperTable.DENSITY)), "0.41 mJ");
        lines.addAll(text.lines());
        lines.add("");
        for (final PaperTable table : tables) {
            lines.add(table.name() + ", other layers: " + table.otherLayers().stream().map(Units::grouped)
                .collect(Collectors.joining(" + ")));
        }
        lines.add("Cut, not rounded, A and B both print " + cut(tables, PaperTable::ann) + ", "
            + cut(tables, t -> t.dense(PaperTable.SHORT_STEPS)) + " and "
            + cut(tables, t -> t.sparse(PaperTable.DENSITY)) + " mJ, and "
            + tables.stream().map(t -> millions(t.others())).distinct().collect(Collectors.joining(" or "))
            + " for the other layers; the SNN crosses the ANN at N = " + tables.getFirst().crossing() + ".");
        lines.add("0.41 mJ is: first frame dense, 9,144,576 x 4.6 pJ, and 10.79 % of all the rest as ACC, in every"
            + " layer.");
        return lines;
    }

    private static void row(
        final TextTable table, final String name, final List<PaperTable> tables,
        final Function<PaperTable, String> cell, final String printed) {
        table.row(name, cell.apply(tables.getFirst()), cell.apply(tables.getLast()), printed);
    }

    private static String exact(final double picojoules) {
        return String.format(Locale.ROOT, "%.5f mJ", picojoules / PICOJOULES_A_MILLIJOULE);
    }

    private static String cut(final List<PaperTable> tables, final ToDoubleFunction<PaperTable> picojoules) {
        return tables.stream().map(t -> cut(picojoules.applyAsDouble(t))).distinct()
            .collect(Collectors.joining(" or "));
    }

    /** As the paper prints: cut after two decimals. */
    static String cut(final double picojoules) {
        return String.format(Locale.ROOT, "%.2f",
            Math.floor(CUT * picojoules / PICOJOULES_A_MILLIJOULE) / CUT);
    }

    private static String millions(final long operations) {
        return String.format(Locale.ROOT, "%.1fM", operations / (MILLION / 10) / 10.0);
    }

    /** The same as JSON, format "spikemeter-paper/1". */
    public static ObjectNode json() {
        final ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("format", "spikemeter-paper/1");
        final ArrayNode topologies = json.putArray("topologies");
        for (final PaperTable table : PaperTable.both()) {
            final ObjectNode node = topologies.addObject().put("name", table.name())
                .put("description", table.description()).put("annFirstLayer", table.annFirstLayer())
                .put("snnFirstLayer", table.snnFirstLayer());
            table.otherLayers().forEach(node.putArray("otherLayers")::add);
            node.put("otherLayersTotal", table.others()).put("annPicojoules", table.ann())
                .put("snn30Picojoules", table.dense(PaperTable.SHORT_STEPS)).put("crossing", table.crossing())
                .put("snn68Picojoules", table.dense(PaperTable.STEPS))
                .put("snn68SparsePicojoules", table.sparse(PaperTable.DENSITY));
        }
        return json;
    }
}
