package org.spikemeter.dvs.format.prophesee;

import java.io.IOException;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.dvs.format.io.WriteCheck;

/**
 * Writes EVT 2.1: neighbours in a row with one time and polarity share a word, where they stand one after the other
 * from left to right; words begin at multiples of 32 columns, as cameras' do.
 */
final class Evt21Writer implements EventWriter {
    private final EventOutput out;
    private final WriteCheck check;
    private final int rotation;
    private final HighTime high = new HighTime(Evt2Decoder.HIGH_BITS);

    Evt21Writer(final EventOutput out, final SensorSize area, final boolean legacy) {
        this.out = out;
        this.check = Evt2Writer.check(out, Evt.EVT21, area);
        this.rotation = legacy ? Integer.SIZE : 0;
    }

    @Override
    public void write(final EventBatch batch) throws IOException {
        int i = 0;
        while (i < batch.size()) {
            final long micros = batch.micros(i);
            final int word = batch.word(i);
            final int base = EventWord.x(word) & -RowVector.COLUMNS;
            final int end = RowVector.runEnd(batch, i, base);
            int columns = 0;
            for (; i < end; i++) {
                check.next(micros, batch.word(i));
                columns |= 1 << batch.x(i) - base;
            }
            while (high.step(micros >>> Evt2Decoder.LOW_BITS)) {
                put(Evt2Writer.timeWord(high.value()), 0);
            }
            put(Evt2Writer.word(EventWord.polarity(word), micros, base, EventWord.y(word)), columns);
        }
    }

    private void put(final int upper, final int lower) throws IOException {
        out.buffer(Evt21Decoder.WORD_BYTES).putLong(
            Long.rotateLeft((long) upper << Integer.SIZE | Integer.toUnsignedLong(lower), rotation));
    }

    @Override
    public void finish() {
        // nothing stands behind the last event
    }
}
