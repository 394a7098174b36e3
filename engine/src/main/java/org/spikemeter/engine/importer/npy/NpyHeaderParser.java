package org.spikemeter.engine.importer.npy;

import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The dictionary in a header, a literal of Python with exactly three keys:
 * {@code {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }}. White space, order, kind of quotes, a comma at
 * the end and the {@code L} of Python 2 are free, all else is not.
 */
final class NpyHeaderParser {
    private static final int EXCERPT_LENGTH = 40;
    private static final String SUPPORTED = "bool, int, uint of 8 to 64 bits or float of 16 to 64 bits";

    private final String name;
    private final int start;
    private final String text;
    private int at;
    private String descr;
    private int descrAt;
    private Boolean fortranOrder;
    private int[] shape;
    private int shapeAt;

    /**
     * @param name file, and entry in an archive, for messages
     * @param start offset of {@code text} in the file
     * @param text one character a byte
     */
    NpyHeaderParser(final String name, final int start, final String text) {
        this.name = name;
        this.start = start;
        this.text = text;
    }

    NpyHeader parse() throws NpyFormatException {
        require('{', "'{' of the header's dictionary");
        while (!accept('}')) {
            readEntry();
            if (!accept(',')) {
                require('}', "',' or '}'");
                break;
            }
        }
        skipSpace();
        if (at < text.length()) {
            throw unexpected("nothing after the header's dictionary");
        }
        checkPresent("descr", descr);
        checkPresent("fortran_order", fortranOrder);
        checkPresent("shape", shape);
        return header();
    }

    private void checkPresent(final String key, final Object value) throws NpyFormatException {
        if (value == null) {
            throw new NpyFormatException(name + ": byte " + start + ": the header has no key '" + key
                + "', expected 'descr', 'fortran_order' and 'shape'");
        }
    }

    private void readEntry() throws NpyFormatException {
        skipSpace();
        final int keyAt = at;
        final String key = string("a key");
        require(':', "':' after the key '" + key + "'");
        skipSpace();
        switch (key) {
            case "descr" -> {
                checkFirst(key, keyAt, descr);
                descrAt = at;
                descr = descr();
            }
            case "fortran_order" -> {
                checkFirst(key, keyAt, fortranOrder);
                fortranOrder = truth();
            }
            case "shape" -> {
                checkFirst(key, keyAt, shape);
                shapeAt = at;
                shape = shape();
            }
            default -> throw failure(keyAt, "found the key '" + excerpt(key)
                + "', expected only 'descr', 'fortran_order' and 'shape'");
        }
    }

    private void checkFirst(final String key, final int keyAt, final Object before) throws NpyFormatException {
        if (before != null) {
            throw failure(keyAt, "found the key '" + key + "' again, expected it once");
        }
    }

    private String descr() throws NpyFormatException {
        if (at < text.length() && text.charAt(at) == '[') {
            throw failure(at, "key 'descr': found a list, which is a structured array of records: "
                + excerpt(text.substring(at)) + ", expected one type: " + SUPPORTED);
        }
        return string("the text of key 'descr'");
    }

    private boolean truth() throws NpyFormatException {
        for (final boolean value : new boolean[] {true, false}) {
            final String word = value ? "True" : "False";
            if (text.startsWith(word, at)) {
                at += word.length();
                return value;
            }
        }
        throw unexpected("True or False for key 'fortran_order'");
    }

    private int[] shape() throws NpyFormatException {
        require('(', "'(' of key 'shape'");
        final int[] sides = new int[NpyArray.MAX_RANK];
        int rank = 0;
        boolean comma = true;
        while (!accept(')')) {
            if (!comma) {
                throw unexpected("',' or ')' in key 'shape'");
            }
            if (rank == sides.length) {
                throw unexpected("at most " + sides.length + " axes in key 'shape'");
            }
            sides[rank++] = side();
            comma = accept(',');
        }
        if (rank == 1 && !comma) {
            throw failure(shapeAt, "key 'shape': found the number (" + sides[0] + "), expected the tuple (" + sides[0]
                + ",)");
        }
        return Arrays.copyOf(sides, rank);
    }

    private int side() throws NpyFormatException {
        skipSpace();
        final int first = at;
        long value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = value * 10 + text.charAt(at) - '0';
            at++;
            if (value > Integer.MAX_VALUE) {
                throw failure(first, "key 'shape': found " + excerpt(text.substring(first))
                    + ", expected sides of at most " + Integer.MAX_VALUE);
            }
        }
        if (at == first) {
            throw unexpected("a number of 0 or more in key 'shape'");
        }
        if (at < text.length() && text.charAt(at) == 'L') {
            at++;
        }
        return (int) value;
    }

    private String string(final String what) throws NpyFormatException {
        skipSpace();
        final char quote = at < text.length() ? text.charAt(at) : 0;
        if (quote != '\'' && quote != '"') {
            throw unexpected(what + " in quotes");
        }
        final int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw unexpected(what + " with a quote at its end");
        }
        final String value = text.substring(at + 1, end);
        at = end + 1;
        return value;
    }

    private void require(final char wanted, final String what) throws NpyFormatException {
        if (!accept(wanted)) {
            throw unexpected(what);
        }
    }

    private boolean accept(final char wanted) {
        skipSpace();
        final boolean found = at < text.length() && text.charAt(at) == wanted;
        at += found ? 1 : 0;
        return found;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n\f".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private NpyHeader header() throws NpyFormatException {
        final boolean hasOrder = !descr.isEmpty() && "<>=|".indexOf(descr.charAt(0)) >= 0;
        final NpyType type = NpyType.ofCode(hasOrder ? descr.substring(1) : descr);
        if (type == null) {
            final boolean object = descr.endsWith("O");
            throw failure(descrAt, "key 'descr': found '" + excerpt(descr) + "'"
                + (object ? ", an array of Python objects" : "") + ", expected " + SUPPORTED);
        }
        // As in NumPy, an order that says nothing means that of the machine.
        final boolean big = switch (hasOrder ? descr.charAt(0) : '=') {
            case '<' -> false;
            case '>' -> true;
            default -> ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
        };
        return new NpyHeader(type, big, fortranOrder, shape, elementBytes(type), start + text.length());
    }

    private long elementBytes(final NpyType type) throws NpyFormatException {
        for (final int side : shape) {
            if (side == 0) {
                return 0;
            }
        }
        try {
            long bytes = type.bytes();
            for (final int side : shape) {
                bytes = Math.multiplyExact(bytes, side);
            }
            return bytes;
        } catch (final ArithmeticException overflow) {
            throw failure(shapeAt, "key 'shape': found " + excerpt(Arrays.toString(shape)) + ", more than 2^63 bytes");
        }
    }

    private NpyFormatException unexpected(final String expected) {
        return failure(at, "found " + (at < text.length() ? excerpt(text.substring(at)) : "the end of the header")
            + ", expected " + expected);
    }

    private NpyFormatException failure(final int index, final String message) {
        return new NpyFormatException(name + ": byte " + (start + index) + ": " + message);
    }

    /** Short, and on one line. */
    private static String excerpt(final String found) {
        final String line = found.strip().replaceAll("[^ -~]", "?");
        return line.length() <= EXCERPT_LENGTH ? line : line.substring(0, EXCERPT_LENGTH) + "...";
    }
}
