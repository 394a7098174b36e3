package org.spikemeter.engine.importer.npy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What precedes the elements in a {@code .npy} file: magic, version, length, and a dictionary in Python's notation.
 *
 * @param type type of the elements
 * @param bigEndian byte order of the elements
 * @param columnMajor NumPy's {@code fortran_order}: first axis fastest
 * @param shape sides, at most {@link NpyArray#MAX_RANK}
 * @param elementBytes bytes of all elements together, as claimed
 * @param offset bytes before the first element
 */
record NpyHeader(NpyType type, boolean bigEndian, boolean columnMajor, int[] shape, long elementBytes, long offset) {
    /** Longer ones are not written for any type that is read here. */
    private static final int MAX_TEXT_BYTES = 1 << 20;
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int VERSION_END = MAGIC.length + 2;

    /**
     * Reads up to the first element.
     *
     * @param name file, and entry in an archive, for messages
     */
    static NpyHeader read(final InputStream in, final String name) throws IOException {
        return parser(in, name, false).parse();
    }

    /**
     * Reads up to the first element.
     *
     * @param records whether arrays of records are read
     */
    static NpyHeaderParser parser(final InputStream in, final String name, final boolean records) throws IOException {
        final byte[] start = in.readNBytes(VERSION_END);
        checkMagic(start, name);
        final int version = start[MAGIC.length];
        final int minor = start[MAGIC.length + 1];
        if (version < 1 || version > 3 || minor != 0) {
            throw new NpyFormatException(name + ": byte " + MAGIC.length + ": found version " + (version & 0xff) + "."
                + (minor & 0xff) + ", expected 1.0, 2.0 or 3.0");
        }
        final byte[] length = in.readNBytes(version == 1 ? 2 : 4);
        final int textStart = VERSION_END + (version == 1 ? 2 : 4);
        checkEnd(name, VERSION_END, length.length, textStart - VERSION_END);
        long textBytes = 0;
        for (int i = length.length - 1; i >= 0; i--) {
            textBytes = textBytes << 8 | length[i] & 0xff;
        }
        if (textBytes > MAX_TEXT_BYTES) {
            throw new NpyFormatException(name + ": byte " + VERSION_END + ": found a header of " + textBytes
                + " bytes, expected at most " + MAX_TEXT_BYTES);
        }
        final byte[] text = in.readNBytes((int) textBytes);
        checkEnd(name, textStart, text.length, textBytes);
        // Version 3 has UTF-8, but only in the field names of records; one byte a character keeps the offsets exact.
        return new NpyHeaderParser(
            new PythonScanner(name, textStart, new String(text, StandardCharsets.ISO_8859_1)), records);
    }

    private static void checkMagic(final byte[] start, final String name) throws NpyFormatException {
        final int known = Math.min(start.length, MAGIC.length);
        if (!Arrays.equals(start, 0, known, MAGIC, 0, known)) {
            final boolean zip = start.length > 1 && start[0] == 'P' && start[1] == 'K';
            throw new NpyFormatException(name + ": byte 0: found " + HexFormat.ofDelimiter(" ").formatHex(start)
                + (zip ? " (a ZIP or NPZ archive)" : "") + ", expected 93 4e 55 4d 50 59 (\\x93NUMPY)");
        }
        checkEnd(name, 0, start.length, VERSION_END);
    }

    private static void checkEnd(final String name, final int offset, final int found, final long expected)
        throws NpyFormatException {
        if (found < expected) {
            throw new NpyFormatException(name + ": byte " + offset + ": the file ends after " + found
                + " bytes of the header, expected " + expected);
        }
    }

    /** Type, shape and bytes, as the header claims them. */
    String claim() {
        return type + " " + Arrays.toString(shape);
    }

    /**
     * Checks the claimed number of bytes against what there is.
     *
     * @param remaining bytes after the header
     */
    void checkRemaining(final String name, final long remaining) throws NpyFormatException {
        if (remaining < elementBytes) {
            throw new NpyFormatException(name + ": byte " + offset + ": found " + remaining
                + " bytes of data, expected " + elementBytes + " for " + claim());
        }
    }
}
