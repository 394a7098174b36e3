package org.spikemeter.dvs.format.es;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.dvs.format.io.WriteCheck;

/** Writes {@link EsFormat}, the events of a DVS. */
final class EsWriter implements EventWriter {
    /** A byte for each 127 us: 34 MB for a gap of 72 minutes; times of day would take terabytes. */
    private static final long MAX_GAP_MICROS = 1L << 32;
    private static final EsKind KIND = EsKind.DVS;

    private final EventOutput out;
    private final SensorSize size;
    private final WriteCheck check;
    private long lastMicros;

    EsWriter(final EventOutput out, final SensorSize size) throws IOException {
        this.out = out;
        this.size = size;
        this.check = WriteCheck.inOrder(out.name(), "Event Stream", size, MAX_GAP_MICROS, Long.MAX_VALUE);
        out.put(EsFormat.MARK);
        out.buffer(Byte.BYTES * 4 + Short.BYTES * 2)
            .put((byte) EsFormat.MAJOR_VERSION).put((byte) 0).put((byte) 0)
            .put((byte) KIND.code())
            .putShort((short) size.width()).putShort((short) size.height());
    }

    @Override
    public void write(final EventBatch batch) throws IOException {
        final int overflowMicros = KIND.overflowMicros();
        for (int i = 0; i < batch.size(); i++) {
            check.next(batch.micros(i), batch.word(i));
            final int x = batch.x(i);
            final int y = batch.y(i);
            long gap = batch.micros(i) - lastMicros;
            for (; gap >= overflowMicros; gap -= overflowMicros) {
                out.buffer(1).put((byte) (KIND.reset() + 1));
            }
            final ByteBuffer bytes = out.buffer(EsFormat.RECORD_BYTES);
            bytes.put((byte) (gap << KIND.timeShift() | batch.polarity(i)));
            bytes.putShort((short) x).putShort((short) (size.height() - 1 - y));
            lastMicros = batch.micros(i);
        }
    }

    @Override
    public void finish() {
        // nothing stands behind the last event
    }
}
