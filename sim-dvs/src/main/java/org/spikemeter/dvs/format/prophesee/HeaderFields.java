package org.spikemeter.dvs.format.prophesee;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventInput;

/**
 * The lines of text at the start of RAW and DAT files, {@code % key value}, up to {@code % end} or to the first byte
 * that begins no such line (OpenEB, {@code generic_header.cpp}). A line with bytes that are no text is taken for words
 * of events that happen to look like one.
 *
 * @param values by the key in lower case: DAT files say {@code Width}, RAW files {@code width}; the last one counts
 * @param bytes length in the file
 * @param isEnded true where its last line says that it ends
 */
record HeaderFields(Map<String, String> values, int bytes, boolean isEnded) {
    /** Headers of real files have less than 1 kB. */
    private static final int MAX_BYTES = 1 << 14;
    /** What is looked at: a line more than what is allowed. */
    private static final int HEAD_BYTES = 2 * MAX_BYTES;
    private static final String LINE = "% ";
    private static final String END = "end";

    /**
     * Reads the header, and goes past it.
     *
     * @throws org.spikemeter.engine.FormatException where it is far longer than any
     */
    static HeaderFields read(final EventInput in) throws IOException {
        byte[] head = {};
        HeaderFields fields = new HeaderFields(Map.of(), 0, false);
        // no more than is needed: what comes through a pipe may pause behind the header
        while (head.length < HEAD_BYTES && !fields.isWhole(head) && in.ensure(head.length + 1)) {
            head = Arrays.copyOfRange(in.array(), in.at(), in.at() + Math.min(HEAD_BYTES, in.limit() - in.at()));
            fields = parse(head);
        }
        if (fields.bytes > MAX_BYTES) {
            throw in.failure("found a header of more than " + MAX_BYTES + " bytes, expected the end of it");
        }
        in.advance(fields.bytes);
        return fields;
    }

    /** Reads the header from the first bytes of a file; a line that does not end in them is none. */
    static HeaderFields parse(final byte[] head) {
        final Map<String, String> values = new LinkedHashMap<>();
        int at = 0;
        boolean more = true;
        while (more && head.length - at >= LINE.length() && head[at] == '%' && head[at + 1] == ' ') {
            final int end = lineEnd(head, at);
            if (end < 0) {
                break;
            }
            final String line = new String(head, at + LINE.length(), end - at - LINE.length(),
                StandardCharsets.ISO_8859_1).strip();
            final String[] words = line.split("\\s+", 2);
            at = end + 1;
            more = !words[0].equals(END);
            if (more) {
                values.put(words[0].toLowerCase(Locale.ROOT), words.length < 2 ? "" : words[1]);
            }
        }
        return new HeaderFields(values, at, !more);
    }

    /** True where what is behind the header is no further line of it, or the header says that it ends. */
    private boolean isWhole(final byte[] head) {
        final int left = head.length - bytes;
        return isEnded || left >= LINE.length()
            && !(head[bytes] == LINE.charAt(0) && head[bytes + 1] == LINE.charAt(1));
    }

    /** Index of the line feed; -1 where there is none, or where there are bytes before it that are no text. */
    private static int lineEnd(final byte[] head, final int from) {
        for (int at = from; at < head.length; at++) {
            if (head[at] == '\n') {
                return at;
            }
            if (head[at] >= 0 && head[at] < ' ' && head[at] != '\t' && head[at] != '\r') {
                return -1;
            }
        }
        return -1;
    }

    /** The value of a key in lower case. */
    Optional<String> get(final String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** An area that two texts say; empty where they say none, or none that can be. */
    static Optional<SensorSize> size(final String width, final String height) {
        final long columns = number(width);
        final long rows = number(height);
        return SensorSize.of(columns, rows);
    }

    /** A number of at most nine digits; -1 for everything else. */
    static long number(final String text) {
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : -1;
    }
}
