package org.spikemeter.engine.importer.npy;

/** The words and marks of a literal of Python in a header, from left to right, with messages that name the byte. */
final class PythonScanner {
    private static final int EXCERPT_LENGTH = 40;

    private final String name;
    private final int start;
    private final String text;
    private int at;

    /**
     * @param name file, and entry in an archive, for messages
     * @param start offset of {@code text} in the file
     * @param text one character a byte
     */
    PythonScanner(final String name, final int start, final String text) {
        this.name = name;
        this.start = start;
        this.text = text;
    }

    /** Place of the next character in the text, white space passed. */
    int at() {
        skipSpace();
        return at;
    }

    /** Offset in the file behind the text. */
    int end() {
        return start + text.length();
    }

    boolean isAtEnd() {
        skipSpace();
        return at == text.length();
    }

    /** True where the next character is this one; it stays. */
    boolean sees(final char wanted) {
        skipSpace();
        return at < text.length() && text.charAt(at) == wanted;
    }

    boolean accept(final char wanted) {
        final boolean found = sees(wanted);
        at += found ? 1 : 0;
        return found;
    }

    void require(final char wanted, final String what) throws NpyFormatException {
        if (!accept(wanted)) {
            throw unexpected(what);
        }
    }

    boolean accept(final String word) {
        skipSpace();
        final boolean found = text.startsWith(word, at);
        at += found ? word.length() : 0;
        return found;
    }

    /** A text in either kind of quotes. */
    String string(final String what) throws NpyFormatException {
        skipSpace();
        final char quote = at < text.length() ? text.charAt(at) : 0;
        if (quote != '\'' && quote != '"') {
            throw unexpected(what + " in quotes");
        }
        final int close = text.indexOf(quote, at + 1);
        if (close < 0) {
            throw unexpected(what + " with a quote at its end");
        }
        final String value = text.substring(at + 1, close);
        at = close + 1;
        return value;
    }

    /** A number of 0 or more, perhaps with the {@code L} of Python 2. */
    int number(final String key) throws NpyFormatException {
        skipSpace();
        final int first = at;
        long value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = value * 10 + text.charAt(at) - '0';
            at++;
            if (value > Integer.MAX_VALUE) {
                throw failure(first, "key '" + key + "': found " + excerpt(text.substring(first))
                    + ", expected sides of at most " + Integer.MAX_VALUE);
            }
        }
        if (at == first) {
            throw unexpected("a number of 0 or more in key '" + key + "'");
        }
        if (at < text.length() && text.charAt(at) == 'L') {
            at++;
        }
        return (int) value;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** What there is from a place on, short. */
    String excerptFrom(final int index) {
        return excerpt(text.substring(index));
    }

    /** Short, and on one line. */
    static String excerpt(final String found) {
        final String line = found.strip().replaceAll("[^ -~]", "?");
        return line.length() <= EXCERPT_LENGTH ? line : line.substring(0, EXCERPT_LENGTH) + "...";
    }

    NpyFormatException unexpected(final String expected) {
        return failure(at, "found " + (at < text.length() ? excerptFrom(at) : "the end of the header")
            + ", expected " + expected);
    }

    /** A message about the whole header. */
    NpyFormatException failure(final String message) {
        return failure(0, message);
    }

    NpyFormatException failure(final int index, final String message) {
        return new NpyFormatException(name + ": byte " + (start + index) + ": " + message);
    }
}
