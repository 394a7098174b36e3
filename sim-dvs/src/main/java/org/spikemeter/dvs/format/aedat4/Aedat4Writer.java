package org.spikemeter.dvs.format.aedat4;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.dvs.format.io.WriteCheck;

/**
 * Writes {@link Aedat4Format}: one stream of events, in packets that fill one block of LZ4, and the table of them where
 * there is a way back to say where it is.
 */
final class Aedat4Writer implements EventWriter {
    static final int STREAM = 0;

    private static final int PACKET_BYTES = 1 << 16;
    private static final int ZSTD_LEVEL = 3;

    /** Places in a packet, its size counted; they are those of DV. */
    private static final int FIELDS_AT = 14;
    private static final int TABLE_AT = 20;
    private static final int COUNT_AT = 28;
    private static final int EVENTS_AT = 32;

    private final EventOutput out;
    private final WriteCheck check;
    private final Codec codec;
    private final long tablePositionAt;
    private final PacketTable table = new PacketTable();
    private final ByteBuffer packet = ByteBuffer.allocate(PACKET_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[] packed = new byte[bound(PACKET_BYTES)];
    private long first;
    private long last;

    private Aedat4Writer(
        final EventOutput out, final SensorSize size, final Codec codec, final long tablePositionAt) {
        this.out = out;
        this.check = WriteCheck.within(out.name(), "AEDAT 4", size, Long.MIN_VALUE, Long.MAX_VALUE);
        this.codec = codec;
        this.tablePositionAt = tablePositionAt;
        packet.putInt(0).putInt(TABLE_AT - Integer.BYTES)
            .put(Aedat4Format.EVENTS.getBytes(StandardCharsets.US_ASCII));
        packet.position(FIELDS_AT);
        packet.putShort((short) (TABLE_AT - FIELDS_AT)).putShort((short) (COUNT_AT - TABLE_AT))
            .putShort((short) Integer.BYTES);
        packet.putInt(TABLE_AT - FIELDS_AT).putInt(Integer.BYTES);
        packet.position(EVENTS_AT);
    }

    static Aedat4Writer begin(final EventOutput out, final SensorSize size, final Codec codec) throws IOException {
        return new Aedat4Writer(out, size, codec, Aedat4Header.write(out, size, codec));
    }

    @Override
    public void write(final EventBatch batch) throws IOException {
        for (int i = 0; i < batch.size(); i++) {
            final long micros = batch.micros(i);
            final int x = batch.x(i);
            final int y = batch.y(i);
            check.next(micros, batch.word(i));
            if (packet.remaining() < Aedat4Format.EVENT_BYTES) {
                flush();
            }
            if (packet.position() == EVENTS_AT) {
                first = micros;
                last = micros;
            }
            first = Math.min(first, micros);
            last = Math.max(last, micros);
            packet.putLong(micros).putShort((short) x).putShort((short) y).putInt(batch.polarity(i));
        }
    }

    private void flush() throws IOException {
        final int count = (packet.position() - EVENTS_AT) / Aedat4Format.EVENT_BYTES;
        if (count == 0) {
            return;
        }
        packet.putInt(0, packet.position() - Integer.BYTES).putInt(COUNT_AT, count);
        final int bytes = pack(packet.array(), packet.position(), packed);
        out.buffer(Aedat4Format.PACKET_HEADER_BYTES).putInt(STREAM).putInt(bytes);
        table.add(out.offset(), bytes, count, first, last);
        out.put(packed, 0, bytes);
        packet.position(EVENTS_AT);
    }

    private static int bound(final int length) {
        return Math.max(Lz4Frame.bound(length), Math.toIntExact(Zstd.compressBound(length)));
    }

    /** Compresses into an array that is long enough; gives the bytes that it takes. */
    private int pack(final byte[] plain, final int length, final byte[] into) {
        if (codec.isLz4()) {
            return Lz4Frame.pack(plain, length, into);
        }
        if (codec.isZstd()) {
            return (int) Zstd.compressByteArray(into, 0, into.length, plain, 0, length, ZSTD_LEVEL);
        }
        System.arraycopy(plain, 0, into, 0, length);
        return length;
    }

    @Override
    public void finish() throws IOException {
        flush();
        if (!out.isSeekable()) {
            return;
        }
        final long position = out.offset();
        final byte[] plain = table.bytes();
        final byte[] into = new byte[bound(plain.length)];
        out.put(into, 0, pack(plain, plain.length, into));
        out.patch(tablePositionAt, ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN)
            .putLong(position).array());
    }
}
