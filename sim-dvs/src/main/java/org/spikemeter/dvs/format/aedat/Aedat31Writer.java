package org.spikemeter.dvs.format.aedat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.dvs.format.io.WriteCheck;

/** Writes {@link Aedat31Format}: packets of polarity events, a new one where the time overflows, too. */
final class Aedat31Writer implements EventWriter {
    private static final int PACKET_EVENTS = 1 << 12;
    private static final short SOURCE = 1;
    private static final long MAX_MICROS = (1L << Aedat31Format.OVERFLOW_SHIFT + 31) - 1;

    private final EventOutput out;
    private final WriteCheck check;
    private final ByteBuffer packet =
        ByteBuffer.allocate(PACKET_EVENTS * Aedat31Format.EVENT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private int overflow;

    private Aedat31Writer(final EventOutput out, final SensorSize area) {
        this.out = out;
        this.check = WriteCheck.within(out.name(), "AEDAT 3.1", area, 0, MAX_MICROS);
    }

    /** Writes the header; the time at which the recording began is not known, and is that of the epoch. */
    static Aedat31Writer begin(final EventOutput out, final Optional<SensorSize> size) throws IOException {
        out.put(AedatHeader.VERSION + "3.1" + AedatHeader.LINE_END);
        out.put("#Format: RAW" + AedatHeader.LINE_END);
        out.put("#Source " + SOURCE + ": " + size.map(Aedat31Writer::source).orElse("Spikemeter")
            + AedatHeader.LINE_END);
        out.put("#Start-Time: 1970-01-01 00:00:00 (TZ+0000)" + AedatHeader.LINE_END);
        out.put("#!END-HEADER" + AedatHeader.LINE_END);
        return new Aedat31Writer(out, size.orElse(SensorSize.LARGEST));
    }

    private static String source(final SensorSize size) {
        for (final Chip chip : Chip.values()) {
            if (chip.size().equals(size)) {
                return chip.name();
            }
        }
        return Chip.sizeText(size);
    }

    @Override
    public void write(final EventBatch batch) throws IOException {
        for (int i = 0; i < batch.size(); i++) {
            final long micros = batch.micros(i);
            check.next(micros, batch.word(i));
            final long high = micros >> Aedat31Format.OVERFLOW_SHIFT;
            if (high != overflow || !packet.hasRemaining()) {
                flush();
                overflow = (int) high;
            }
            packet.putInt(batch.x(i) << Aedat31Format.X_SHIFT | batch.y(i) << Aedat31Format.Y_SHIFT
                | batch.polarity(i) << Aedat31Format.ON_SHIFT | Aedat31Format.VALID);
            packet.putInt((int) micros & Integer.MAX_VALUE);
        }
    }

    private void flush() throws IOException {
        final int count = packet.position() / Aedat31Format.EVENT_BYTES;
        if (count > 0) {
            out.buffer(Aedat31Format.PACKET_HEADER_BYTES)
                .putShort(Aedat31Format.POLARITY)
                .putShort(SOURCE)
                .putInt(Aedat31Format.EVENT_BYTES)
                .putInt(Aedat31Format.EVENT_TIME_AT)
                .putInt(overflow)
                .putInt(count)
                .putInt(count)
                .putInt(count);
            out.put(packet.array(), 0, packet.position());
            packet.clear();
        }
    }

    @Override
    public void finish() throws IOException {
        flush();
    }
}
