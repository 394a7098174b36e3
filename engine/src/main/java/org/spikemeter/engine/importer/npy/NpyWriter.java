package org.spikemeter.engine.importer.npy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.spikemeter.engine.io.AtomicFile;

/**
 * Writes {@code .npy} files of version 1.0, little-endian and row-major, with the same bytes as NumPy. Version 2.0 is
 * for headers of more than 65535 bytes, which no array of the supported types and {@value NpyArray#MAX_RANK} axes has.
 */
public final class NpyWriter {
    private static final int PREFIX_BYTES = 10;
    private static final int ALIGNMENT = 64;
    /** NumPy leaves room for the first side to become this long, so that a file can be appended to in place. */
    private static final int GROWING_DIGITS = 21;

    private NpyWriter() {
    }

    /**
     * Creates or replaces a file, whole or not at all.
     *
     * @throws IOException as by {@link AtomicFile#write}
     */
    public static void write(final Path file, final NpyArray array) throws IOException {
        AtomicFile.write(file, out -> write(out, array));
    }

    /**
     * Writes one array; several may follow each other in one stream.
     *
     * @param out not closed
     */
    public static void write(final OutputStream out, final NpyArray array) throws IOException {
        out.write(header(array));
        out.write(array.data());
    }

    /** All that precedes the elements. */
    static byte[] header(final NpyArray array) {
        return header("'" + array.type().descr() + "'", Arrays.stream(array.shape()).asLongStream().toArray());
    }

    /**
     * All that precedes the elements, row-major. Of the same length whatever the first side is: whoever does not know
     * it yet writes over it later.
     *
     * @param descr as Python has it: a type in quotes, {@code '<f4'}, or a list of fields, {@code [('t', '<i8')]}
     * @param shape sides, 0 or more
     */
    public static byte[] header(final String descr, final long... shape) {
        final StringBuilder text = new StringBuilder(ALIGNMENT * 2);
        text.append("{'descr': ").append(descr).append(", 'fortran_order': False, 'shape': (");
        for (int axis = 0; axis < shape.length; axis++) {
            text.append(axis == 0 ? "" : ", ").append(shape[axis]);
        }
        text.append(shape.length == 1 ? ",), }" : "), }");
        if (shape.length > 0) {
            text.append(" ".repeat(GROWING_DIGITS - Long.toString(shape[0]).length()));
        }
        final int padding = ALIGNMENT - (PREFIX_BYTES + text.length() + 1) % ALIGNMENT;
        text.append(" ".repeat(padding)).append('\n');
        return ByteBuffer.allocate(PREFIX_BYTES + text.length())
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 0x93)
            .put("NUMPY\1\0".getBytes(StandardCharsets.US_ASCII))
            .putShort((short) text.length())
            .put(text.toString().getBytes(StandardCharsets.US_ASCII))
            .array();
    }
}
