package org.spikemeter.runtime.report;

import java.util.ArrayList;
import java.util.List;

/** A table for a terminal: columns as wide as they need to be, text to the left, numbers to the right. */
public final class TextTable {
    private static final int MAX_TEXT = 34;
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] right;

    /**
     * @param heads one a column; one that starts with {@code >} is to the right
     */
    public TextTable(final String... heads) {
        right = new boolean[heads.length];
        final String[] row = new String[heads.length];
        for (int i = 0; i < heads.length; i++) {
            right[i] = heads[i].startsWith(">");
            row[i] = right[i] ? heads[i].substring(1) : heads[i];
        }
        rows.add(row);
    }

    /** Adds a row of as many cells as there are columns. Long text is cut, numbers never. */
    public TextTable row(final Object... cells) {
        final String[] row = new String[right.length];
        for (int i = 0; i < row.length; i++) {
            final String text = switch (cells[i]) {
                case Double number when number != Math.rint(number) -> Units.grouped(number);
                case Number number -> Units.grouped(number.longValue());
                default -> String.valueOf(cells[i]);
            };
            row[i] = !right[i] && i < row.length - 1 && text.length() > MAX_TEXT
                ? text.substring(0, MAX_TEXT - 1) + "…" : text;
        }
        rows.add(row);
        return this;
    }

    /** The lines. */
    public List<String> lines() {
        final int[] width = new int[right.length];
        for (final String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                width[i] = Math.max(width[i], row[i].length());
            }
        }
        final List<String> lines = new ArrayList<>();
        for (final String[] row : rows) {
            final StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                final String pad = " ".repeat(width[i] - row[i].length());
                line.append(i == 0 ? "" : GAP).append(right[i] ? pad + row[i] : row[i] + pad);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
