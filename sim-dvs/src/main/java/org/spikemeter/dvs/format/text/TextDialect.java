package org.spikemeter.dvs.format.text;

import java.util.List;

/** What stands between the fields, and what columns usually are in. */
enum TextDialect {
    /** Blanks or tabulators. */
    BLANKS("text", ' ', "width and height of the sensor", TextColumns.TIME_FIRST, TextColumns.TIME_LAST),
    /** One comma, blanks around it do not matter. */
    COMMAS("CSV", ',', "names of columns", TextColumns.TIME_LAST, TextColumns.TIME_FIRST);

    private final String title;
    private final char separator;
    private final String header;
    private final List<TextColumns> usual;

    TextDialect(final String title, final char separator, final String header, final TextColumns... usual) {
        this.title = title;
        this.separator = separator;
        this.header = header;
        this.usual = List.of(usual);
    }

    String title() {
        return title;
    }

    char separator() {
        return separator;
    }

    /** What one of the variants has on a line before the events. */
    String header() {
        return header;
    }

    /** Columns that files without names are in, the likeliest first. */
    List<TextColumns> usual() {
        return usual;
    }

    /** The fields of a line, without blanks around them. */
    String[] split(final String line) {
        final String[] fields = this == BLANKS ? line.strip().split("[ \t]+") : line.split(",", -1);
        for (int i = 0; i < fields.length; i++) {
            fields[i] = fields[i].strip();
        }
        return fields;
    }
}
