package org.spikemeter.dvs.format.aedat4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.spikemeter.dvs.format.io.EventInput;

/**
 * The table of the packets that is behind the last one, for readers that jump: a FlatBuffer that lists for each packet
 * where its payload is (behind the packet's header, as in DV and faery), stream, bytes, number of events, first and
 * last time. In DV's and faery's files it is compressed as the packets are, in jAER's not at all.
 */
final class PacketTable {
    static final String MARK = "FTAB";

    private static final int LONGS = 5;
    private static final int FIRST_CAPACITY = 64;

    /** Places in the buffer, its size counted. */
    private static final int ROOT_FIELDS_AT = 12;
    private static final int ENTRY_FIELDS_AT = 18;
    private static final int ROOT_AT = 32;
    private static final int COUNT_AT = 40;
    /** Places in the table of an entry, behind the 32 bits that lead to its fields; in the order of the schema. */
    private static final short[] ENTRY_FIELDS = {4, 36, 12, 20, 28};
    private static final int ENTRY_BYTES = 44;
    private static final int ENTRY_STEP = 48;

    private long[] entries = new long[LONGS * FIRST_CAPACITY];
    private int count;

    void add(final long offset, final int bytes, final int events, final long first, final long last) {
        if (LONGS * count == entries.length) {
            entries = Arrays.copyOf(entries, 2 * entries.length);
        }
        final int at = LONGS * count;
        entries[at] = offset;
        entries[at + 1] = bytes;
        entries[at + 2] = events;
        entries[at + 3] = first;
        entries[at + 4] = last;
        count++;
    }

    /** True for the bytes that a table begins with: eight of them for a compressed one, twelve for a plain one. */
    static boolean begins(final Codec codec, final byte[] bytes, final int at, final int end) {
        if (end - at >= Integer.BYTES + FlatTable.MARK_BYTES + Integer.BYTES
            && MARK.equals(FlatTable.mark(bytes, at + Integer.BYTES))) {
            return true;
        }
        return end - at >= Integer.BYTES && codec.isMagic((int) EventInput.INT.get(bytes, at));
    }

    /** The FlatBuffer, its size in front. */
    byte[] bytes() {
        // entries begin in the middle of eight bytes, so that their 64 bits do not
        final int entriesAt = (COUNT_AT + Integer.BYTES + Integer.BYTES * count + 3) / 8 * 8 + Integer.BYTES;
        final ByteBuffer bytes = ByteBuffer.allocate(entriesAt + ENTRY_STEP * count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(bytes.capacity() - Integer.BYTES).putInt(ROOT_AT - Integer.BYTES)
            .put(MARK.getBytes(StandardCharsets.US_ASCII));
        bytes.putShort((short) (ENTRY_FIELDS_AT - ROOT_FIELDS_AT)).putShort((short) 8).putShort((short) 4);
        bytes.putShort((short) (ROOT_AT - ENTRY_FIELDS_AT)).putShort((short) ENTRY_BYTES);
        for (final short place : ENTRY_FIELDS) {
            bytes.putShort(place);
        }
        bytes.putInt(ROOT_AT - ROOT_FIELDS_AT).putInt(Integer.BYTES).putInt(count);
        for (int i = 0; i < count; i++) {
            bytes.putInt(entriesAt + ENTRY_STEP * i - bytes.position());
        }
        for (int i = 0; i < count; i++) {
            final int at = LONGS * i;
            final int entry = entriesAt + ENTRY_STEP * i;
            bytes.position(entry);
            bytes.putInt(entry - ENTRY_FIELDS_AT).putLong(entries[at]).putLong(entries[at + 2])
                .putLong(entries[at + 3]).putLong(entries[at + 4]).putInt(Aedat4Writer.STREAM)
                .putInt((int) entries[at + 1]);
        }
        return bytes.array();
    }
}
