package org.spikemeter.dvs.format.aedat4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.dvs.format.io.ReadWarnings;

/**
 * What is in front of the packets: a line, and a FlatBuffer with how they are compressed, where the table of the
 * packets is, and what streams there are.
 *
 * @param codec of the packets
 * @param tablePosition offset in the file of the table; negative for none
 * @param streams as far as they are said
 */
record Aedat4Header(Codec codec, long tablePosition, List<InfoNode.Stream> streams) {
    static final String LINE = "#!AER-DAT4.0\r\n";

    private static final String MARK = "IOHE";
    private static final int MAX_BYTES = 1 << 24;
    private static final int COMPRESSION = 0;
    private static final int TABLE_POSITION = 1;
    private static final int INFO_NODE = 2;
    private static final long NO_TABLE = -1;

    /** Places in what {@link #write} writes, behind the size; they are those of DV. */
    private static final int FIELDS_AT = 14;
    private static final int TABLE_AT = 24;
    private static final int TABLE_POSITION_AT = 36;
    private static final int INFO_NODE_AT = 44;

    /** Reads it. */
    static Aedat4Header read(final EventInput in, final ReadWarnings warnings) throws IOException {
        final byte[] line = in.take(LINE.length(), "the line " + LINE.strip());
        if (!LINE.equals(new String(line, StandardCharsets.ISO_8859_1))) {
            throw in.failure(0, "found no line " + LINE.strip() + ", expected AEDAT 4");
        }
        final long offset = in.offset();
        final long length = (int) EventInput.INT.get(in.take(Integer.BYTES, "the size of the header"), 0) & 0xffffffffL;
        if (length > MAX_BYTES || in.remaining() >= 0 && length > in.remaining()) {
            throw in.failure(offset, "found a header of " + length + " bytes, expected at most "
                + (in.remaining() < 0 ? MAX_BYTES : Math.min(MAX_BYTES, in.remaining())));
        }
        final byte[] bytes = in.take((int) length, "the header");
        try {
            final FlatTable table = FlatTable.root(bytes, 0, bytes.length, MARK);
            final int code = table.int32(COMPRESSION, 0);
            if (!Codec.isKnown(code)) {
                throw new PacketException(
                    "compression " + code + ", expected 0 (none), 1 or 2 (LZ4), 3 or 4 (Zstandard)");
            }
            final List<String> faults = new ArrayList<>();
            final List<InfoNode.Stream> streams = InfoNode.streams(table.string(INFO_NODE), faults);
            for (final String fault : faults) {
                warnings.add("the list of streams is damaged, read as far as it goes", offset, fault);
            }
            return new Aedat4Header(Codec.of(code), table.int64(TABLE_POSITION, NO_TABLE), streams);
        } catch (final PacketException damaged) {
            throw in.failure(offset, "the header: found " + damaged.getMessage());
        }
    }

    /**
     * Writes the line and the FlatBuffer for one stream of events.
     *
     * @return offset in the file of the table's position, which is written as none
     */
    static long write(final EventOutput out, final SensorSize size, final Codec codec) throws IOException {
        out.put(LINE);
        final byte[] info = InfoNode.write(size, codec).getBytes(StandardCharsets.UTF_8);
        final int textAt = INFO_NODE_AT + Integer.BYTES;
        // a string ends with 0, and the buffer at a multiple of four
        final int length = textAt + (info.length + Integer.BYTES) / Integer.BYTES * Integer.BYTES;
        final ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(length).putInt(TABLE_AT).put(MARK.getBytes(StandardCharsets.US_ASCII));
        bytes.position(Integer.BYTES + FIELDS_AT);
        bytes.putShort((short) (TABLE_AT - FIELDS_AT)).putShort((short) (INFO_NODE_AT - TABLE_AT))
            .putShort((short) 4).putShort((short) (TABLE_POSITION_AT - TABLE_AT)).putShort((short) 8);
        bytes.putInt(TABLE_AT - FIELDS_AT).putInt(codec.ordinal()).putInt(INFO_NODE_AT - TABLE_AT - 8)
            .putLong(NO_TABLE);
        bytes.putInt(info.length).put(info);
        final long start = out.offset() + Integer.BYTES;
        out.put(bytes.array());
        return start + TABLE_POSITION_AT;
    }
}
