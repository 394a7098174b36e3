package org.spikemeter.dvs.format.bin;

import java.io.IOException;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.InputReader;

/** Reads {@link BinFormat}. */
final class BinReader extends InputReader {
    private long addedMicros;

    BinReader(final EventInput in) {
        super(in);
    }

    @Override
    public String format() {
        return "N-MNIST";
    }

    @Override
    public Optional<SensorSize> size() {
        return Optional.empty();
    }

    @Override
    public boolean read(final EventBatch into) throws IOException {
        into.clear();
        while (into.isEmpty() && in.ensure(BinFormat.RECORD_BYTES)) {
            final int records =
                Math.min(into.capacity(), (in.limit() - in.at()) / BinFormat.RECORD_BYTES);
            decode(in.array(), in.at(), records, into);
            in.advance(records * BinFormat.RECORD_BYTES);
        }
        if (into.isEmpty()) {
            leaveOutTail("record", BinFormat.RECORD_BYTES);
        }
        return !into.isEmpty();
    }

    private void decode(final byte[] bytes, final int from, final int records, final EventBatch into) {
        final long[] micros = into.microsArray();
        final int[] words = into.wordArray();
        long added = addedMicros;
        int events = 0;
        int at = from;
        for (int record = 0; record < records; record++) {
            final int y = bytes[at + 1] & 0xff;
            if (y == BinFormat.OVERFLOW_Y) {
                added += BinFormat.OVERFLOW_MICROS;
            } else {
                micros[events] = added + BinFormat.time(bytes, at);
                words[events] = EventWord.of(bytes[at] & 0xff, y, (bytes[at + 2] & 0x80) >> 7);
                events++;
            }
            at += BinFormat.RECORD_BYTES;
        }
        addedMicros = added;
        into.setSize(events);
    }
}
