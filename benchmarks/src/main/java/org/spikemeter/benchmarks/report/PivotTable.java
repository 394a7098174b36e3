package org.spikemeter.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.spikemeter.runtime.report.TextTable;

/** Results of one subject: what they are compared by side by side, all other parameters downwards. */
final class PivotTable {
    private static final String EMPTY = "";

    private final List<String> heads = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Sorts the results into cells, in the order of their first appearance.
     *
     * @param measurements of one subject
     * @param cell what a cell shows; 0 is shown as nothing
     */
    PivotTable(final List<Measurement> measurements, final ToDoubleFunction<Measurement> cell) {
        final Set<String> columns = new LinkedHashSet<>();
        final Map<Map<String, String>, Map<String, String>> cells = new LinkedHashMap<>();
        for (final Measurement measurement : measurements) {
            columns.add(measurement.column());
            cells.computeIfAbsent(measurement.row(), _ -> new LinkedHashMap<>())
                .put(measurement.column(), number(cell.applyAsDouble(measurement)));
        }
        heads.addAll(measurements.getFirst().row().keySet());
        heads.addAll(columns);
        cells.forEach((row, values) -> {
            final List<String> line = new ArrayList<>(row.values());
            columns.forEach(column -> line.add(values.getOrDefault(column, EMPTY)));
            rows.add(line);
        });
    }

    /** Three significant digits, or all of a large integer. */
    static String number(final double value) {
        if (value == 0.0) {
            return EMPTY;
        }
        final int decimals = Math.clamp(2 - (int) Math.floor(Math.log10(Math.abs(value))), 0, 6);
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private boolean isNumber(final int column) {
        return rows.stream().map(row -> row.get(column))
            .allMatch(cell -> cell.isEmpty() || Character.isDigit(cell.charAt(0)));
    }

    /** For a terminal. */
    List<String> text() {
        final String[] aligned = new String[heads.size()];
        for (int i = 0; i < aligned.length; i++) {
            aligned[i] = (isNumber(i) ? ">" : EMPTY) + heads.get(i);
        }
        final TextTable table = new TextTable(aligned);
        rows.forEach(row -> table.row(row.toArray()));
        return table.lines();
    }

    /** For a page. */
    List<String> markdown() {
        final List<String> lines = new ArrayList<>();
        lines.add(line(heads));
        final List<String> rules = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            rules.add(isNumber(i) ? "---:" : "---");
        }
        lines.add(line(rules));
        rows.forEach(row -> lines.add(line(row)));
        return lines;
    }

    private static String line(final List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
