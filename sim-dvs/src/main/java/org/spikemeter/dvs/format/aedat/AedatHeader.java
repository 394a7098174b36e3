package org.spikemeter.dvs.format.aedat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.dvs.format.io.EventInput;

/** The lines of text in front of AEDAT 2 and 3: each begins with '#'. jAER puts its whole settings there, as XML. */
final class AedatHeader {
    static final String VERSION = "#!AER-DAT";
    static final String LINE_END = "\r\n";

    private static final int MAX_BYTES = 1 << 20;
    private static final int LINE_BYTES = 1 << 10;
    /** An address and a time. */
    private static final int WORDS_BYTES = 8;

    private AedatHeader() {
    }

    /** True where a file begins with the mark of a version, such as {@code 2.}. */
    static boolean isVersion(final byte[] head, final String version) {
        return EventFormat.startsWith(head, (VERSION + version).getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Reads the lines, up to the one that ends them, or to what is no line any more.
     *
     * @param end the last line, which some recordings lack; in lower case
     * @return all lines, with '\n' behind each; the last one is {@code end}, in lower case, where it was there
     * @throws org.spikemeter.engine.FormatException where there is more than a megabyte of them
     */
    static String read(final EventInput in, final String end) throws IOException {
        final StringBuilder text = new StringBuilder();
        while (isLine(in, text.isEmpty())) {
            final String line = takeLine(in, (int) (MAX_BYTES - in.offset()));
            if (line.toLowerCase(Locale.ROOT).equals(end)) {
                return text.append(end).append('\n').toString();
            }
            text.append(line).append('\n');
        }
        return text.toString();
    }

    /**
     * Where no line ends the header, an address whose first byte is that of '#' looks like one. No line of text holds a
     * byte of 0 so early, and words hardly lack one: the first times are small.
     */
    private static boolean isLine(final EventInput in, final boolean isFirst) throws IOException {
        if (!in.ensure(1) || in.array()[in.at()] != '#') {
            return false;
        }
        if (isFirst || !in.ensure(WORDS_BYTES)) {
            return true;
        }
        for (int i = 1; i < WORDS_BYTES; i++) {
            final byte next = in.array()[in.at() + i];
            if (next == 0 || next == '\n') {
                return next != 0;
            }
        }
        return true;
    }

    /** A line without its end; what follows the last end of a line is one, too. */
    private static String takeLine(final EventInput in, final int most) throws IOException {
        int length = 0;
        boolean more = in.ensure(LINE_BYTES);
        while (true) {
            final int there = in.limit() - in.at();
            while (length < there && in.array()[in.at() + length] != '\n') {
                length++;
            }
            if (length > most) {
                throw in.failure("the header is longer than " + MAX_BYTES + " bytes, expected lines that begin with #"
                    + " and then events");
            }
            if (length < there || !more) {
                break;
            }
            more = in.ensure(Math.min(2 * there, most) + 1);
        }
        final int text = length > 0 && in.array()[in.at() + length - 1] == '\r' ? length - 1 : length;
        final String line = new String(in.array(), in.at(), text, StandardCharsets.ISO_8859_1);
        in.advance(Math.min(length + 1, in.limit() - in.at()));
        return line;
    }
}
