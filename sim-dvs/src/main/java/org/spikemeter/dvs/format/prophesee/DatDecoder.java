package org.spikemeter.dvs.format.prophesee;

import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.format.io.EventInput;

/**
 * DAT: records of 64 bits, the lower half the time, the upper half x in 14 bits, y in 14 bits, polarity. The time is
 * unsigned and starts again at 0 after 71 minutes, which a step back by half of that or more shows.
 */
final class DatDecoder implements WordDecoder {
    static final int WORD_BYTES = 8;
    static final int COORDINATE_BITS = 14;
    static final int COORDINATE_MASK = (1 << COORDINATE_BITS) - 1;
    static final long LOOP_MICROS = 1L << Integer.SIZE;

    private final LeftOut leftOut;
    private long loopMicros;
    private long lastMicros;

    DatDecoder(final LeftOut leftOut) {
        this.leftOut = leftOut;
    }

    @Override
    public int wordBytes() {
        return WORD_BYTES;
    }

    @Override
    public int room() {
        return 1;
    }

    @Override
    public int decode(final byte[] bytes, final int from, final int to, final long origin, final EventBatch into) {
        final long[] micros = into.microsArray();
        final int[] words = into.wordArray();
        final int lastX = leftOut.width() - 1;
        final int lastY = leftOut.height() - 1;
        int at = from;
        int size = into.size();
        long before = lastMicros;
        long loop = loopMicros;
        for (; at < to && size < words.length; at += WORD_BYTES) {
            final long record = (long) EventInput.LONG.get(bytes, at);
            final int place = (int) (record >>> Integer.SIZE);
            final int x = place & COORDINATE_MASK;
            final int y = place >>> COORDINATE_BITS & COORDINATE_MASK;
            final long time = record & LOOP_MICROS - 1;
            if (before - time >= LOOP_MICROS >> 1) {
                loop += LOOP_MICROS;
            } else if (time - before > LOOP_MICROS >> 1 && loop > 0) {
                // late, from before the wrap
                loop -= LOOP_MICROS;
            }
            before = time;
            if ((lastX - x | lastY - y) < 0) {
                leftOut.outside(origin + at, x, y);
                continue;
            }
            micros[size] = loop + time;
            words[size] = EventWord.of(x, y, place >>> 2 * COORDINATE_BITS & 1);
            size++;
        }
        lastMicros = before;
        loopMicros = loop;
        into.setSize(size);
        return at;
    }
}
