package org.spikemeter.dvs.format.bin;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.engine.FormatException;

/** Writes {@link BinFormat}; a time that the bits cannot hold is reached through overflow records. */
final class BinWriter implements EventWriter {
    private static final int MAX_X = 255;
    /** A record for each 2^13 us of it: more of them than this are a file of nothing else. */
    private static final long MAX_GAP_MICROS = 1L << 32;
    private static final long TIMES = 1L << BinFormat.TIME_BITS;

    private final EventOutput out;
    private long addedMicros;
    private long events;

    BinWriter(final EventOutput out) {
        this.out = out;
    }

    @Override
    public void write(final EventBatch batch) throws IOException {
        for (int i = 0; i < batch.size(); i++) {
            final long time = batch.micros(i);
            final int x = batch.x(i);
            final int y = batch.y(i);
            if (x > MAX_X || y >= BinFormat.OVERFLOW_Y) {
                throw new FormatException(out.name() + ": event " + events + " is at x " + x + ", y " + y
                    + ": N-MNIST holds x of at most " + MAX_X + " and y of at most " + (BinFormat.OVERFLOW_Y - 1));
            }
            if (time < addedMicros) {
                throw new FormatException(out.name() + ": event " + events + " is at " + time + " us: N-MNIST holds"
                    + (addedMicros == 0 ? " no time before 0" : " no time before " + addedMicros + " us here"));
            }
            if (time - addedMicros > MAX_GAP_MICROS) {
                throw new FormatException(out.name() + ": event " + events + " is at " + time + " us: N-MNIST holds no"
                    + " time after " + (addedMicros + MAX_GAP_MICROS) + " us here (--origin first begins near 0)");
            }
            while (time - addedMicros >= TIMES) {
                final ByteBuffer bytes = out.buffer(BinFormat.RECORD_BYTES);
                bytes.put((byte) 0).put((byte) BinFormat.OVERFLOW_Y).put((byte) 0).putShort((short) 0);
                addedMicros += BinFormat.OVERFLOW_MICROS;
            }
            final int raw = (int) (time - addedMicros);
            out.buffer(BinFormat.RECORD_BYTES)
                .put((byte) x)
                .put((byte) y)
                .put((byte) (batch.polarity(i) << 7 | raw >> 16))
                .put((byte) (raw >> 8))
                .put((byte) raw);
            events++;
        }
    }

    @Override
    public void finish() {
        // nothing stands behind the last event
    }
}
