package org.spikemeter.dvs.format.aedat4;

import java.nio.charset.StandardCharsets;
import org.spikemeter.dvs.format.io.EventInput;

/**
 * A table of a FlatBuffer: 32 bits back to the list of its fields, which says where in the table each field is, or 0
 * where it has its default; see the internals page of the FlatBuffers documentation. Every access is checked against
 * the end of the buffer.
 *
 * @param bytes the buffer's
 * @param end behind the buffer's last byte
 * @param at place of the table
 * @param fields place of the list of fields: its size, the table's size, then a place for each, 16 bits
 * @param fieldsEnd behind the list of fields
 */
record FlatTable(byte[] bytes, int end, int at, int fields, int fieldsEnd) {
    /** Bytes of the mark of a buffer's type. */
    static final int MARK_BYTES = 4;

    private static final int FIRST_FIELD = 4;
    private static final int ABSENT = 0;

    /**
     * The table that a buffer is there for.
     *
     * @param start of the buffer, behind the size that may be in front of it
     * @param mark its type, four letters
     */
    static FlatTable root(final byte[] bytes, final int start, final int end, final String mark)
        throws PacketException {
        if (end - start < Integer.BYTES + MARK_BYTES || !mark.equals(mark(bytes, start))) {
            throw new PacketException("no FlatBuffer of type " + mark);
        }
        return at(bytes, start, end, start + (long) word(bytes, start));
    }

    /** The table in a buffer with its size in front of it. */
    static FlatTable sized(final byte[] bytes, final int end, final String mark) throws PacketException {
        final long size = end < Integer.BYTES ? end : word(bytes, 0) & 0xffffffffL;
        if (size > end - Integer.BYTES) {
            throw new PacketException("a FlatBuffer of " + size + " bytes, found " + (end - Integer.BYTES));
        }
        return root(bytes, Integer.BYTES, Integer.BYTES + (int) size, mark);
    }

    /** The type of a buffer at {@code start}, eight bytes of which must be there. */
    static String mark(final byte[] bytes, final int start) {
        return new String(bytes, start + Integer.BYTES, MARK_BYTES, StandardCharsets.ISO_8859_1);
    }

    private static FlatTable at(final byte[] bytes, final int start, final int end, final long at)
        throws PacketException {
        final long fields = at >= start && at <= end - Integer.BYTES ? at - word(bytes, (int) at) : -1;
        if (fields < start || fields > end - FIRST_FIELD) {
            throw new PacketException("a FlatBuffer whose table is outside of it");
        }
        final int size = (short) EventInput.SHORT.get(bytes, (int) fields) & 0xffff;
        return new FlatTable(bytes, end, (int) at, (int) fields, (int) Math.min(end, fields + size));
    }

    /** Place of a field, with so many bytes there; 0 where it has its default. */
    private int place(final int field, final int length) throws PacketException {
        final int entry = fields + FIRST_FIELD + Short.BYTES * field;
        if (entry > fieldsEnd - Short.BYTES) {
            return ABSENT;
        }
        final int inTable = (short) EventInput.SHORT.get(bytes, entry) & 0xffff;
        if (inTable > end - length - at) {
            throw new PacketException("a FlatBuffer whose field " + field + " is outside of it");
        }
        return inTable == 0 ? ABSENT : at + inTable;
    }

    int int32(final int field, final int otherwise) throws PacketException {
        final int place = place(field, Integer.BYTES);
        return place == ABSENT ? otherwise : word(bytes, place);
    }

    long int64(final int field, final long otherwise) throws PacketException {
        final int place = place(field, Long.BYTES);
        return place == ABSENT ? otherwise : (long) EventInput.LONG.get(bytes, place);
    }

    /**
     * Place of the first element of a vector, all of which are there; {@link #count} is in front of it.
     *
     * @return 0 for no vector
     */
    int vector(final int field, final int elementBytes) throws PacketException {
        final int place = place(field, Integer.BYTES);
        if (place == ABSENT) {
            return ABSENT;
        }
        final long vector = place + (word(bytes, place) & 0xffffffffL);
        if (vector > end - Integer.BYTES) {
            throw new PacketException("a FlatBuffer whose vector is outside of it");
        }
        final int first = (int) vector + Integer.BYTES;
        final long length = count(first) * elementBytes;
        if (length > end - first) {
            throw new PacketException("a FlatBuffer with a vector of " + length + " bytes, found " + (end - first));
        }
        return first;
    }

    /** Number of elements of the vector whose first one is at {@code first}. */
    long count(final int first) {
        return word(bytes, first - Integer.BYTES) & 0xffffffffL;
    }

    /** A string; empty where there is none. */
    String string(final int field) throws PacketException {
        final int first = vector(field, 1);
        return first == ABSENT ? "" : new String(bytes, first, (int) count(first), StandardCharsets.UTF_8);
    }

    private static int word(final byte[] bytes, final int at) {
        return (int) EventInput.INT.get(bytes, at);
    }
}
