package org.spikemeter.dvs.format.prophesee;

import java.io.IOException;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.dvs.format.io.WriteCheck;

/** Writes the records of a DAT file; times end after 71 minutes: other readers do not know that they start again. */
final class DatWriter implements EventWriter {
    private final EventOutput out;
    private final WriteCheck check;

    DatWriter(final EventOutput out, final SensorSize area) {
        this.out = out;
        this.check = WriteCheck.inOrder(out.name(), "DAT", area, DatDecoder.LOOP_MICROS, DatDecoder.LOOP_MICROS - 1);
    }

    @Override
    public void write(final EventBatch batch) throws IOException {
        for (int i = 0; i < batch.size(); i++) {
            final int word = batch.word(i);
            check.next(batch.micros(i), word);
            final int place = EventWord.polarity(word) << 2 * DatDecoder.COORDINATE_BITS
                | EventWord.y(word) << DatDecoder.COORDINATE_BITS | EventWord.x(word);
            out.buffer(DatDecoder.WORD_BYTES).putInt((int) batch.micros(i)).putInt(place);
        }
    }

    @Override
    public void finish() {
        // nothing stands behind the last event
    }
}
