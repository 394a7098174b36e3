package org.spikemeter.dvs.format.prophesee;

import java.io.IOException;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.dvs.format.io.WriteCheck;

/**
 * Writes EVT 3. Events of one row, time and polarity that stand one after the other from left to right become vectors
 * where that takes fewer words. Vectors are always of 12, 12 and 8 columns, and end within the sensor, because OpenEB's
 * decoder reads three words wherever one begins, and drops those that stick out.
 */
final class Evt3Writer implements EventWriter {
    /** Words of a vector, without its base. */
    private static final int VECTOR_WORDS = 3;
    private static final int NOT_SET = -1;

    private final EventOutput out;
    private final WriteCheck check;
    private final HighTime high = new HighTime(Evt3Decoder.TIME_BITS);
    /** Where the last vector of a row may begin; negative where the sensor is too narrow for any. */
    private final int lastBase;
    private int low = NOT_SET;
    private int row = NOT_SET;
    private int nextBase = NOT_SET;

    Evt3Writer(final EventOutput out, final SensorSize area) {
        this.out = out;
        this.lastBase = area.width() - RowVector.COLUMNS;
        this.check = WriteCheck.inOrder(out.name(), Evt.EVT3.title(), area,
            Evt2Writer.MAX_LOOPS << 2 * Evt3Decoder.TIME_BITS, Long.MAX_VALUE);
    }

    @Override
    public void write(final EventBatch batch) throws IOException {
        int i = 0;
        while (i < batch.size()) {
            final long micros = batch.micros(i);
            final int word = batch.word(i);
            check.next(micros, word);
            moveTime(micros);
            if (EventWord.y(word) != row) {
                row = EventWord.y(word);
                put(Evt3Decoder.TYPE_ROW, row);
            }
            final int base = Math.min(EventWord.x(word) & -RowVector.COLUMNS, lastBase);
            final int end = base < 0 ? i + 1 : RowVector.runEnd(batch, i, base);
            final int baseContent = EventWord.polarity(word) << Evt3Decoder.POLARITY_BIT | base;
            if (end - i > VECTOR_WORDS + (baseContent == nextBase ? 0 : 1)) {
                vector(batch, i, end, base, baseContent);
                i = end;
            } else {
                put(Evt3Decoder.TYPE_X,
                    EventWord.polarity(word) << Evt3Decoder.POLARITY_BIT | EventWord.x(word));
                i++;
            }
        }
    }

    private void moveTime(final long micros) throws IOException {
        final long target = micros >>> Evt3Decoder.TIME_BITS;
        while (high.step(target)) {
            put(Evt3Decoder.TYPE_HIGH, high.value());
            low = NOT_SET;
        }
        final int lower = (int) micros & Evt3Decoder.CONTENT_MASK;
        if (lower != low) {
            low = lower;
            put(Evt3Decoder.TYPE_LOW, low);
        }
    }

    private void vector(final EventBatch batch, final int from, final int end, final int base, final int baseContent)
        throws IOException {
        int columns = 1 << batch.x(from) - base;
        for (int i = from + 1; i < end; i++) {
            check.next(batch.micros(i), batch.word(i));
            columns |= 1 << batch.x(i) - base;
        }
        if (baseContent != nextBase) {
            put(Evt3Decoder.TYPE_BASE, baseContent);
        }
        put(Evt3Decoder.TYPE_VECTOR_12, columns & Evt3Decoder.CONTENT_MASK);
        put(Evt3Decoder.TYPE_VECTOR_12, columns >>> 12 & Evt3Decoder.CONTENT_MASK);
        put(Evt3Decoder.TYPE_VECTOR_8, columns >>> 24);
        // behind the last column there is none to go on from
        nextBase = base + RowVector.COLUMNS > Evt3Decoder.COORDINATE_MASK ? NOT_SET : baseContent + RowVector.COLUMNS;
    }

    private void put(final int type, final int content) throws IOException {
        out.buffer(Evt3Decoder.WORD_BYTES).putShort((short) (type << Evt3Decoder.TYPE_SHIFT | content));
    }

    @Override
    public void finish() {
        // nothing stands behind the last event
    }
}
