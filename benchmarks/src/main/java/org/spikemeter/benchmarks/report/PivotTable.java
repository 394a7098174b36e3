package org.spikemeter.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Results of one subject: what they are compared by side by side, all other parameters downwards. */
final class PivotTable {
    private PivotTable() {
    }

    /**
     * Sorts the results into cells, in the order of their first appearance.
     *
     * @param measurements of one subject
     * @param cell what a cell shows; 0 is shown as nothing
     */
    static ResultTable of(final List<Measurement> measurements, final ToDoubleFunction<Measurement> cell) {
        final Set<String> columns = new LinkedHashSet<>();
        final Map<Map<String, String>, Map<String, String>> cells = new LinkedHashMap<>();
        for (final Measurement measurement : measurements) {
            columns.add(measurement.column());
            cells.computeIfAbsent(measurement.row(), _ -> new LinkedHashMap<>())
                .put(measurement.column(), ResultTable.number(cell.applyAsDouble(measurement)));
        }
        final List<String> heads = new ArrayList<>(measurements.getFirst().row().keySet());
        heads.addAll(columns);
        final ResultTable table = new ResultTable(heads);
        cells.forEach((row, values) -> {
            final List<String> line = new ArrayList<>(row.values());
            columns.forEach(column -> line.add(values.getOrDefault(column, "")));
            table.row(line);
        });
        return table;
    }
}
