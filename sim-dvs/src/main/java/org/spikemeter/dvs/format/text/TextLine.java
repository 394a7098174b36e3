package org.spikemeter.dvs.format.text;

import java.util.Locale;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.format.text.TextColumns.TimeUnit;

/**
 * Takes events out of lines. {@link #plain} takes a line of the usual kind from its bytes and allocates nothing;
 * {@link #any} takes every line that is an event, and says what is wrong with those that are not. What
 * {@link #plain} takes, {@link #any} takes as the same event.
 */
final class TextLine {
    /** {@link #plain} could not make out the line. */
    static final int NOT_PLAIN = -1;

    private final TextDialect dialect;
    private final String columns;
    private final char[] roles;
    private final char separator;
    private final TimeUnit unit;
    private final int decimals;
    private final boolean wholeTimes;
    private long micros;
    private int number;
    private int x;
    private int y;
    private int polarity;

    /**
     * For lines of a file.
     *
     * @param unit that times are in
     * @param wholeTimes where times with a point or an exponent are refused
     */
    TextLine(final TextDialect dialect, final String columns, final TimeUnit unit, final boolean wholeTimes) {
        this.dialect = dialect;
        this.columns = columns;
        this.roles = columns.toCharArray();
        this.separator = dialect.separator();
        this.unit = unit;
        this.decimals = unit.decimals();
        this.wholeTimes = wholeTimes;
    }

    /** Dialect, columns, and the unit of time. */
    @Override
    public String toString() {
        return dialect.title() + " (" + String.join(String.valueOf(separator), columns.split("")) + ", "
            + unit.name().toLowerCase(Locale.ROOT) + ")";
    }

    /** Time of the event that was taken last. */
    long micros() {
        return micros;
    }

    int x() {
        return x;
    }

    int y() {
        return y;
    }

    /** {@link EventWord} of the event that was taken last. */
    int word() {
        return EventWord.of(x, y, polarity);
    }

    /**
     * Takes an event from a line that has no blanks at its ends, no exponent and no words.
     *
     * @param bytes a line feed among those from {@code from} on
     * @return behind the line feed; or {@link #NOT_PLAIN}
     */
    int plain(final byte[] bytes, final int from) {
        int at = from;
        for (int column = 0; column < roles.length; column++) {
            if (column > 0) {
                at = separator(bytes, at);
            }
            if (at >= 0) {
                at = field(bytes, at, roles[column]);
            }
            if (at < 0) {
                return NOT_PLAIN;
            }
        }
        if (bytes[at] == '\r') {
            at++;
        }
        return bytes[at] == '\n' ? at + 1 : NOT_PLAIN;
    }

    private int separator(final byte[] bytes, final int from) {
        int at = from;
        if (separator == ' ') {
            while (bytes[at] == ' ' || bytes[at] == '\t') {
                at++;
            }
        } else if (bytes[at] == separator) {
            at++;
        }
        return at > from ? at : NOT_PLAIN;
    }

    private int field(final byte[] bytes, final int from, final char role) {
        final int at;
        switch (role) {
            case TextColumns.TIME -> at = time(bytes, from);
            case TextColumns.X -> {
                at = coordinate(bytes, from);
                x = number;
            }
            case TextColumns.Y -> {
                at = coordinate(bytes, from);
                y = number;
            }
            case TextColumns.POLARITY -> at = polarity(bytes, from);
            default -> at = skip(bytes, from);
        }
        return at;
    }

    private static boolean isDigit(final byte character) {
        return character >= '0' && character <= '9';
    }

    private int coordinate(final byte[] bytes, final int from) {
        int value = 0;
        int at = from;
        while (isDigit(bytes[at]) && value < EventWord.MAX_SIDE) {
            value = 10 * value + bytes[at] - '0';
            at++;
        }
        number = value;
        return at > from && value < EventWord.MAX_SIDE ? at : NOT_PLAIN;
    }

    private int polarity(final byte[] bytes, final int from) {
        final boolean negative = bytes[from] == '-';
        final int at = negative ? from + 1 : from;
        polarity = negative ? 0 : bytes[at] - '0';
        return bytes[at] == '1' || bytes[at] == '0' && !negative ? at + 1 : NOT_PLAIN;
    }

    private int skip(final byte[] bytes, final int from) {
        int at = from;
        while (bytes[at] != '\n' && bytes[at] != separator && bytes[at] != '\t' && bytes[at] != '\r') {
            at++;
        }
        return at > from || separator != ' ' ? at : NOT_PLAIN;
    }

    private int time(final byte[] bytes, final int from) {
        final int first = bytes[from] == '-' ? from + 1 : from;
        long value = 0;
        int at = first;
        while (isDigit(bytes[at])) {
            value = 10 * value + bytes[at] - '0';
            at++;
        }
        if (at == first || decimals < 0 || at - first >= Decimals.MAX_DIGITS - decimals) {
            return NOT_PLAIN;
        }
        int missing = decimals;
        boolean up = false;
        if (bytes[at] == '.') {
            if (wholeTimes) {
                return NOT_PLAIN;
            }
            for (at++; missing > 0 && isDigit(bytes[at]); at++) {
                value = 10 * value + bytes[at] - '0';
                missing--;
            }
            up = bytes[at] >= '5' && bytes[at] <= '9';
            while (isDigit(bytes[at])) {
                at++;
            }
        }
        for (; missing > 0; missing--) {
            value *= 10;
        }
        value += up ? 1 : 0;
        micros = first > from ? -value : value;
        return at;
    }

    /**
     * Takes an event from any line.
     *
     * @param line without what ends it
     * @return null where it is one; else what was found and what was expected
     */
    String any(final String line) {
        final String[] fields = dialect.split(line);
        if (fields.length != roles.length) {
            return "found " + fields.length + " fields in '" + shown(line) + "', expected " + roles.length
                + " (" + columns + ")";
        }
        for (int column = 0; column < roles.length; column++) {
            final String expected = any(fields[column], roles[column]);
            if (expected != null) {
                return "found '" + shown(fields[column]) + "' in column " + (column + 1) + ", expected " + expected;
            }
        }
        return null;
    }

    private String any(final String field, final char role) {
        switch (role) {
            case TextColumns.TIME:
                if (wholeTimes && (field.indexOf('.') >= 0 || field.indexOf('e') >= 0 || field.indexOf('E') >= 0)) {
                    return "a whole number of microseconds as in the first lines";
                }
                micros = Decimals.rounded(field, decimals);
                return Math.abs(micros) < Decimals.LIMIT ? null
                    : "a time within 10^" + Decimals.MAX_DIGITS + " us of zero";
            case TextColumns.X:
                x = coordinate(field);
                return x >= 0 ? null : "x of 0 to " + (EventWord.MAX_SIDE - 1);
            case TextColumns.Y:
                y = coordinate(field);
                return y >= 0 ? null : "y of 0 to " + (EventWord.MAX_SIDE - 1);
            case TextColumns.POLARITY:
                final long value = field.equalsIgnoreCase("true") ? 1 : field.equalsIgnoreCase("false") ? 0
                    : Decimals.whole(field);
                polarity = value == 1 ? 1 : 0;
                return value >= -1 && value <= 1 ? null : "polarity 0 or 1, -1 or 1, false or true";
            default:
                return null;
        }
    }

    /** Negative where it is none. */
    private static int coordinate(final String field) {
        final long value = Decimals.whole(field);
        return value >= 0 && value < EventWord.MAX_SIDE ? (int) value : -1;
    }

    /** Part of a line, for a message: what a terminal shows as it is. */
    static String shown(final String text) {
        final int shown = 40;
        return text.replaceAll("[^ -~]", "?").substring(0, Math.min(text.length(), shown))
            + (text.length() > shown ? "..." : "");
    }
}
