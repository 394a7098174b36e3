package org.spikemeter.dvs.format.prophesee;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.dvs.format.io.WriteCheck;

/**
 * Writes EVT 2, byte by byte what OpenEB's encoder writes: a word of time every 16 us, four times what is needed. Only
 * a gap of more than a second is not filled up.
 */
final class Evt2Writer implements EventWriter {
    /** Microseconds from word to word of time, as a shift. */
    private static final int SLOT_SHIFT = 4;
    private static final int SLOTS_SHIFT = Evt2Decoder.LOW_BITS - SLOT_SHIFT;
    private static final long MAX_FILLED_SLOTS = 1_000_000 >> SLOT_SHIFT;
    /** Loops of the upper time between two events, at two words each. */
    static final long MAX_LOOPS = 1 << 16;

    private final EventOutput out;
    private final WriteCheck check;
    private final HighTime high = new HighTime(Evt2Decoder.HIGH_BITS);
    private long slot;

    Evt2Writer(final EventOutput out, final SensorSize area) {
        this.out = out;
        this.check = check(out, Evt.EVT2, area);
    }

    /** The check of the formats whose times have six lower and 28 upper bits. */
    static WriteCheck check(final EventOutput out, final Evt evt, final SensorSize area) {
        return WriteCheck.inOrder(out.name(), evt.title(), area,
            MAX_LOOPS << Evt2Decoder.HIGH_BITS + Evt2Decoder.LOW_BITS, Long.MAX_VALUE);
    }

    @Override
    public void write(final EventBatch batch) throws IOException {
        for (int i = 0; i < batch.size(); i++) {
            final long micros = batch.micros(i);
            final int word = batch.word(i);
            check.next(micros, word);
            if (micros >>> SLOT_SHIFT != slot || high.isUnset()) {
                moveTime(micros >>> SLOT_SHIFT);
            }
            out.buffer(Evt2Decoder.WORD_BYTES).putInt(
                word(EventWord.polarity(word), micros, EventWord.x(word), EventWord.y(word)));
        }
    }

    /** An event as a word. */
    static int word(final int polarity, final long micros, final int x, final int y) {
        return polarity << Evt2Decoder.TYPE_SHIFT | ((int) micros & Evt2Decoder.LOW_MASK) << Evt2Decoder.TIME_SHIFT
            | x << Evt2Decoder.X_SHIFT | y;
    }

    /** Time as a word. */
    static int timeWord(final int value) {
        return Evt2Decoder.TYPE_HIGH << Evt2Decoder.TYPE_SHIFT | value;
    }

    private void moveTime(final long target) throws IOException {
        if (high.isUnset() || target - slot > MAX_FILLED_SLOTS) {
            while (high.step(target >>> SLOTS_SHIFT)) {
                putTime(high.value());
            }
        } else {
            for (long next = slot + 1; next <= target; next++) {
                putTime(high.to(next >>> SLOTS_SHIFT));
            }
        }
        slot = target;
    }

    private void putTime(final int value) throws IOException {
        final ByteBuffer room = out.buffer(Evt2Decoder.WORD_BYTES);
        room.putInt(timeWord(value));
    }

    @Override
    public void finish() {
        // nothing stands behind the last event
    }
}
