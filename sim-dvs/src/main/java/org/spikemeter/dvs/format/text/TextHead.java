package org.spikemeter.dvs.format.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.text.TextColumns.TimeUnit;

/**
 * Finds out from the first lines of a file what its columns are and what its times are in, as the package says. Goes
 * through them once, then through the first {@link #LINES} that are no comments.
 */
final class TextHead {
    /** Lines that are looked at. */
    private static final int LINES = 100;
    private static final Pattern GEOMETRY = Pattern.compile("geometry:\\s*(\\d{1,5})\\s*,\\s*(\\d{1,5})");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})[ \t]+(\\d{1,5})");
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final TextDialect dialect;
    private final boolean plain;
    private final List<String> lines = new ArrayList<>();
    private final TextLine line;
    private Optional<TextColumns> columns;
    private Optional<SensorSize> size = Optional.empty();
    private boolean hasSizeLine;
    private boolean hasNameLine;
    private int start;
    private int linesBefore;
    private Optional<String> failure = Optional.empty();

    /**
     * Looks at the first lines.
     *
     * @param bytes from the start of the file
     * @param limit behind the last line that is whole
     * @param plain true where lines are events in the usual columns, from the first one on
     */
    TextHead(final TextDialect dialect, final byte[] bytes, final int limit, final boolean plain) {
        this.dialect = dialect;
        this.plain = plain;
        this.columns = plain ? Optional.of(dialect.usual().getFirst()) : Optional.empty();
        start = startsWith(bytes, limit, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
        int at = start;
        for (int number = 1; at < limit && lines.size() < LINES; number++) {
            int end = at;
            while (end < limit && bytes[end] != '\n') {
                end++;
            }
            final String text = new String(bytes, at, end - at, StandardCharsets.ISO_8859_1).strip();
            at = Math.min(end + 1, limit);
            if (isComment(text)) {
                comment(text);
            } else if (lines.isEmpty() && !plain && isHeader(text)) {
                start = at;
                linesBefore = number;
            } else {
                lines.add(text);
            }
        }
        line = likeliest();
        check();
    }

    /**
     * True where a file is of this dialect: it begins with text, of which at least half of the lines are events, or
     * with names of columns.
     *
     * @param head the file's first bytes
     * @param isWhole where these are all
     */
    static boolean recognises(final TextDialect dialect, final byte[] head, final boolean isWhole) {
        int limit = isWhole ? head.length : 0;
        for (int i = 0; i < head.length; i++) {
            if (head[i] == '\n') {
                limit = Math.max(limit, i + 1);
            } else if (head[i] >= 0 && head[i] < ' ' && head[i] != '\t' && head[i] != '\r') {
                return false;
            }
        }
        final TextHead found = new TextHead(dialect, head, limit, false);
        return found.failure.isEmpty() && (found.hasNameLine || !found.lines.isEmpty());
    }

    private static boolean startsWith(final byte[] bytes, final int limit, final byte[] mark) {
        return limit >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }

    /** True for a line that is no event, and not meant to be one. */
    static boolean isComment(final String line) {
        return line.isEmpty() || line.charAt(0) == '#' || line.charAt(0) == '%';
    }

    private void comment(final String line) {
        if (line.length() > 1 && lines.isEmpty()) {
            final String text = line.substring(1).strip();
            final Matcher geometry = GEOMETRY.matcher(text);
            if (geometry.matches()) {
                size = size(geometry);
            } else if (!hasNameLine && !plain) {
                use(TextColumns.named(dialect.split(text)));
            }
        }
    }

    private void use(final Optional<TextColumns> named) {
        columns = named.or(() -> columns);
        size = named.flatMap(TextColumns::size).or(() -> size);
    }

    private static Optional<SensorSize> size(final Matcher sides) {
        final int width = Integer.parseInt(sides.group(1));
        final int height = Integer.parseInt(sides.group(2));
        return SensorSize.of(width, height);
    }

    /** Takes what a first line of names, or of the sensor's sides, says. */
    private boolean isHeader(final String line) {
        final Matcher sides = SIZE.matcher(line);
        if (dialect == TextDialect.BLANKS && !hasSizeLine && sides.matches()) {
            size = size(sides);
            hasSizeLine = size.isPresent();
            return hasSizeLine;
        }
        if (hasNameLine || !TextColumns.areNames(dialect.split(line))) {
            return false;
        }
        final Optional<TextColumns> named = TextColumns.named(dialect.split(line));
        hasNameLine = named.isPresent();
        use(named);
        if (!hasNameLine) {
            failure = Optional.of("found columns '" + TextLine.shown(line)
                + "', expected names of time (t, t_s, t_us, timestamp), x, y and polarity (p, pol, polarity)");
        }
        return hasNameLine;
    }

    /** True where there is the line before the events that the dialect's other variant has. */
    boolean hasHeader() {
        return dialect == TextDialect.BLANKS ? hasSizeLine : hasNameLine;
    }

    /** Bytes before the first line that may be an event. */
    int start() {
        return start;
    }

    /** Lines before it. */
    int linesBefore() {
        return linesBefore;
    }

    /** The sensor's area, where it is said. */
    Optional<SensorSize> size() {
        return size;
    }

    /** Why it cannot be of this format; empty where it can be. */
    Optional<String> failure() {
        return failure;
    }

    /** What takes events from the lines. */
    TextLine line() {
        return line;
    }

    private void check() {
        final List<String> wrong = lines.stream().map(line::any).filter(Objects::nonNull).toList();
        if (failure.isEmpty() && 2 * wrong.size() > lines.size()) {
            failure = Optional.of(wrong.size() + " of the first " + lines.size() + " lines are no events: "
                + wrong.getFirst());
        }
    }

    private TextLine likeliest() {
        final TextColumns found = columns.orElseGet(this::usualColumns);
        if (found.unit().isPresent()) {
            return new TextLine(dialect, found.roles(), found.unit().get(), false);
        }
        final TextLine whole = new TextLine(dialect, found.roles(), TimeUnit.MICROS, true);
        final boolean seconds = lines.isEmpty() ? dialect == TextDialect.BLANKS
            : events(whole) < events(new TextLine(dialect, found.roles(), TimeUnit.MICROS, false));
        return seconds ? new TextLine(dialect, found.roles(), TimeUnit.SECONDS, false) : whole;
    }

    private TextColumns usualColumns() {
        TextColumns best = null;
        long most = -1;
        for (final TextColumns usual : dialect.usual()) {
            final long events = events(new TextLine(dialect, usual.roles(), TimeUnit.MICROS, false));
            if (events > most) {
                most = events;
                best = usual;
            }
        }
        return best;
    }

    private long events(final TextLine taker) {
        return lines.stream().filter(each -> taker.any(each) == null).count();
    }
}
