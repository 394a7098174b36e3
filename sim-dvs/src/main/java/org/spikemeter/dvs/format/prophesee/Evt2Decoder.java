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

    /** Bit i: type i is an event or time. */
    private static final int USED = 1 | 1 << 1 | 1 << TYPE_HIGH;
    private static final int PASSED = 1 << 0xa | 1 << 0xd | 1 << 0xe | 1 << 0xf;
    private static final int HALF = 1 << HIGH_BITS - 1;
    private static final long LOOP_MICROS = 1L << HIGH_BITS + LOW_BITS;

    private final LeftOut leftOut;
    private boolean hasTime;
    private long loopMicros;
    private int high;

    Evt2Decoder(final LeftOut leftOut) {
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

    /**
     * Without branches for events and time, which take turns as no predictor can know: each word is written as an
     * event, and time leaves the place to the next one.
     */
    @Override
    public int decode(final byte[] bytes, final int from, final int to, final long origin, final EventBatch into) {
        final long[] micros = into.microsArray();
        final int[] words = into.wordArray();
        final int lastX = leftOut.width() - 1;
        final int lastY = leftOut.height() - 1;
        int at = hasTime ? from : findTime(bytes, from, to, origin);
        int size = into.size();
        int time = high;
        long loop = loopMicros;
        for (; at < to && size < words.length; at += WORD_BYTES) {
            final int word = (int) EventInput.INT.get(bytes, at);
            final int type = word >>> TYPE_SHIFT;
            final int x = word >>> X_SHIFT & COORDINATE_MASK;
            final int y = word & COORDINATE_MASK;
            final int ifTime = -(type >>> 3);
            if ((USED >>> type & 1) == 0 || ((lastX - x | lastY - y) & ~ifTime) < 0) {
                leaveOut(origin + at, type, x, y);
                continue;
            }
            final int before = time;
            time = time & ~ifTime | word & HIGH_MASK & ifTime;
            if (before - time >= HALF) {
                loop += LOOP_MICROS;
            }
            micros[size] = loop + ((long) time << LOW_BITS | word >>> TIME_SHIFT & LOW_MASK);
            words[size] = EventWord.of(x, y, type & 1);
            size += 1 + ifTime;
        }
        high = time;
        loopMicros = loop;
        into.setSize(size);
        return at;
    }

    private int findTime(final byte[] bytes, final int from, final int to, final long origin) {
        for (int at = from; at < to; at += WORD_BYTES) {
            final int word = (int) EventInput.INT.get(bytes, at);
            if (word >>> TYPE_SHIFT == TYPE_HIGH) {
                hasTime = true;
                high = word & HIGH_MASK;
                return at;
            }
            leftOut.early(NO_TIME, origin + at);
        }
        return to;
    }

    private void leaveOut(final long offset, final int type, final int x, final int y) {
        if ((USED >>> type & 1) != 0) {
            leftOut.outside(offset, x, y);
        } else if ((PASSED >>> type & 1) == 0) {
            leftOut.unknown(offset, type);
        }
    }
}
