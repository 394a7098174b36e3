package org.spikemeter.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.spikemeter.runtime.report.TextTable;

/** A table for a terminal and for a page; columns of numbers to the right. */
final class ResultTable {
    private static final String EMPTY = "";

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    ResultTable(final List<String> heads) {
        this.heads = heads;
    }

    /** Adds a row of as many cells as there are columns. */
    void row(final List<String> cells) {
        rows.add(cells);
    }

    /** Three significant digits, or all of a large integer; nothing for 0. */
    static String number(final double value) {
        if (value == 0.0) {
            return EMPTY;
        }
        final int decimals = Math.clamp(2 - (int) Math.floor(Math.log10(Math.abs(value))), 0, 6);
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private boolean isNumber(final int column) {
        return rows.stream().map(row -> row.get(column))
            .allMatch(cell -> cell.isEmpty() || cell.chars().allMatch(ResultTable::isPartOfNumber));
    }

    private static boolean isPartOfNumber(final int letter) {
        return Character.isDigit(letter) || letter == '.' || letter == ',' || letter == '-';
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
