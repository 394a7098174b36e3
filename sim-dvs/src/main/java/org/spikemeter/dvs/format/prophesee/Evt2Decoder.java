package org.spikemeter.dvs.format.prophesee;

import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.format.io.EventInput;

/**
 * EVT 2: words of 32 bits with the type at the top. 0 and 1 are events, OFF and ON: six bits of time, 11 of x, 11 of y.
 * 8 is the time from bit 6 up, in 28 bits. 0xA (triggers), 0xD (inertial), 0xE and 0xF (monitoring) are passed over.
 */
final class Evt2Decoder implements WordDecoder {
    static final int WORD_BYTES = 4;
    static final int TYPE_SHIFT = 28;
    static final int TIME_SHIFT = 22;
    static final int X_SHIFT = 11;
    static final int COORDINATE_MASK = 0x7ff;
    static final int LOW_BITS = 6;
    static final int LOW_MASK = (1 << LOW_BITS) - 1;
    static final int HIGH_BITS = 28;
    static final int HIGH_MASK = (1 << HIGH_BITS) - 1;
    static final int TYPE_HIGH = 8;

    private final LeftOut leftOut;
    private final Evt2Time time;

    Evt2Decoder(final LeftOut leftOut) {
        this.leftOut = leftOut;
        this.time = new Evt2Time(leftOut);
    }

    @Override
    public int wordBytes() {
        return WORD_BYTES;
    }

    @Override
    public int room() {
        return 1;
    }

    /**
     * A busy recording has a word of time among a hundred events, so that the branch for it costs little. Without any
     * branch, as in {@link Evt3Decoder}, only those are read faster that are all but empty.
     */
    @Override
    public int decode(final byte[] bytes, final int from, final int to, final long origin, final EventBatch into) {
        final long[] micros = into.microsArray();
        final int[] words = into.wordArray();
        final int lastX = leftOut.width() - 1;
        final int lastY = leftOut.height() - 1;
        boolean known = time.isKnown();
        long high = time.highMicros();
        int at = from;
        int size = into.size();
        for (; at < to && size < words.length; at += WORD_BYTES) {
            final int word = (int) EventInput.INT.get(bytes, at);
            final int type = word >>> TYPE_SHIFT;
            final int x = word >>> X_SHIFT & COORDINATE_MASK;
            final int y = word & COORDINATE_MASK;
            if (type > 1 || !known) {
                time.other(word, origin + at);
                known = time.isKnown();
                high = time.highMicros();
            } else if ((lastX - x | lastY - y) < 0) {
                leftOut.outside(origin + at, x, y);
            } else {
                micros[size] = high | word >>> TIME_SHIFT & LOW_MASK;
                words[size] = EventWord.of(x, y, type);
                size++;
            }
        }
        into.setSize(size);
        return at;
    }
}
