package org.spikemeter.dvs.format.prophesee;

import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.format.io.EventInput;

/**
 * EVT 3: words of 16 bits with the type at the top and twelve bits below: 0 sets the row, 2 is an event in a column
 * with its polarity, 3 sets the column and polarity of vectors, 4 and 5 are vectors of twelve and eight columns and
 * move that column on, 6 and 8 set the lower and upper twelve bits of the time. A new upper part sets the lower one to
 * 0. Triggers (0xA), inertial (0xD) and monitoring words (0xE, 7, 0xF), and padding (9) are passed over. Vectors come
 * as 12, 12, 8 from cameras, but each is understood alone.
 */
final class Evt3Decoder implements WordDecoder {
    static final int WORD_BYTES = 2;
    static final int TYPE_SHIFT = 12;
    static final int TYPE_ROW = 0;
    /** A row of events of another kind, which only the first cameras had. */
    static final int TYPE_OTHER_ROW = 1;
    static final int TYPE_X = 2;
    static final int TYPE_BASE = 3;
    static final int TYPE_VECTOR_12 = 4;
    static final int TYPE_VECTOR_8 = 5;
    static final int TYPE_LOW = 6;
    static final int TYPE_HIGH = 8;
    static final int TIME_BITS = 12;
    static final int COORDINATE_MASK = 0x7ff;
    static final int POLARITY_BIT = 11;
    static final int CONTENT_MASK = 0xfff;
    static final int VECTOR_8_MASK = 0xff;

    private static final int PLAIN = 1 << TYPE_ROW | 1 << TYPE_X | 1 << TYPE_LOW;
    private static final int PASSED = 1 << 7 | 1 << 9 | 1 << 0xa | 1 << 0xd | 1 << 0xe | 1 << 0xf;
    private static final int TRIPLE_BYTES = 3 * WORD_BYTES;
    /** Bits 12 to 15 and 28 to 31 of the two words behind the first one of a triple: types 4 and 5. */
    private static final int TRIPLE_TYPES_MASK = 0xf000_f000;
    private static final int TRIPLE_TYPES = TYPE_VECTOR_8 << 28 | TYPE_VECTOR_12 << 12;
    /** Outside of every area. */
    private static final int NO_ROW = EventWord.MAX_SIDE;
    private static final String NO_ROW_YET = "event before the first row, or in a row that is none of light changes,"
        + " left out";

    private final LeftOut leftOut;
    private boolean hasTime;
    private long high;
    private int low;
    private int row = NO_ROW;
    private int base;
    private int basePolarity;

    Evt3Decoder(final LeftOut leftOut) {
        this.leftOut = leftOut;
    }

    @Override
    public int wordBytes() {
        return WORD_BYTES;
    }

    @Override
    public int room() {
        return RowVector.COLUMNS;
    }

    /**
     * Without branches for rows, events and lower times, which follow each other as no predictor can know: each of
     * these words is written as an event, and those that are none leave the place to the next one.
     */
    @Override
    public int decode(final byte[] bytes, final int from, final int to, final long origin, final EventBatch into) {
        final long[] micros = into.microsArray();
        final int[] words = into.wordArray();
        final int last = words.length - RowVector.COLUMNS;
        final int lastX = leftOut.width() - 1;
        final int lastY = leftOut.height() - 1;
        int at = hasTime ? from : findTime(bytes, from, to, origin);
        int size = into.size();
        int y = row;
        int lower = low;
        while (at < to && size <= last) {
            final int word = (short) EventInput.SHORT.get(bytes, at) & 0xffff;
            final int type = word >>> TYPE_SHIFT;
            if ((PLAIN >>> type & 1) == 0) {
                if (type >>> 1 == TYPE_VECTOR_12 >>> 1) {
                    final int length = vectorBytes(bytes, at, to, type);
                    final int columns = inside(origin + at, y, columns(bytes, at, length, type));
                    size = RowVector.spread(micros, words, size, high << TIME_BITS | lower,
                        EventWord.of(base, y, basePolarity), columns);
                    moveBase(length == TRIPLE_BYTES ? RowVector.COLUMNS : type == TYPE_VECTOR_12 ? 12 : 8);
                    at += length;
                } else {
                    row = y;
                    low = lower;
                    other(word, type, origin + at);
                    y = row;
                    lower = low;
                    at += WORD_BYTES;
                }
                continue;
            }
            final int ifNoRow = -(type >>> 1 & 1);
            final int ifLow = -(type >>> 2);
            final int ifEvent = ifNoRow & ~ifLow;
            final int x = word & COORDINATE_MASK;
            y = y & ifNoRow | x & ~ifNoRow;
            lower = lower & ~ifLow | word & CONTENT_MASK & ifLow;
            at += WORD_BYTES;
            if (((lastX - x | lastY - y) & ifEvent) < 0) {
                outside(origin + at - WORD_BYTES, x, y);
                continue;
            }
            micros[size] = high << TIME_BITS | lower;
            words[size] = EventWord.of(x, y, word >>> POLARITY_BIT & 1);
            size -= ifEvent;
        }
        row = y;
        low = lower;
        into.setSize(size);
        return at;
    }

    private int findTime(final byte[] bytes, final int from, final int to, final long origin) {
        for (int at = from; at < to; at += WORD_BYTES) {
            final int word = (short) EventInput.SHORT.get(bytes, at) & 0xffff;
            if (word >>> TYPE_SHIFT == TYPE_HIGH) {
                hasTime = true;
                high = word & CONTENT_MASK;
                return at;
            }
            leftOut.early(NO_TIME, origin + at);
        }
        return to;
    }

    /** Bytes of a vector: those of 12, 12 and 8 columns where three words make one of 32. */
    private static int vectorBytes(final byte[] bytes, final int at, final int to, final int type) {
        return type == TYPE_VECTOR_12 && to - at >= TRIPLE_BYTES
            && ((int) EventInput.INT.get(bytes, at + WORD_BYTES) & TRIPLE_TYPES_MASK) == TRIPLE_TYPES
            ? TRIPLE_BYTES : WORD_BYTES;
    }

    private static int columns(final byte[] bytes, final int at, final int length, final int type) {
        final int word = (short) EventInput.SHORT.get(bytes, at);
        if (length == WORD_BYTES) {
            return word & (type == TYPE_VECTOR_12 ? CONTENT_MASK : VECTOR_8_MASK);
        }
        final int others = (int) EventInput.INT.get(bytes, at + WORD_BYTES);
        return word & CONTENT_MASK | (others & CONTENT_MASK) << 12 | others >>> 16 << 24;
    }

    private int inside(final long offset, final int y, final int columns) {
        if (base + RowVector.COLUMNS - Integer.numberOfLeadingZeros(columns) <= leftOut.width()
            && y < leftOut.height()) {
            return columns;
        }
        if (y == NO_ROW) {
            leftOut.early(NO_ROW_YET, offset);
            return 0;
        }
        return leftOut.inside(offset, base, y, columns);
    }

    private void moveBase(final int columns) {
        base = Math.min(base + columns, EventWord.MAX_SIDE);
    }

    private void outside(final long offset, final int x, final int y) {
        if (y == NO_ROW) {
            leftOut.early(NO_ROW_YET, offset);
        } else {
            leftOut.outside(offset, x, y);
        }
    }

    private void other(final int word, final int type, final long offset) {
        if (type == TYPE_BASE) {
            base = word & COORDINATE_MASK;
            basePolarity = word >>> POLARITY_BIT & 1;
        } else if (type == TYPE_HIGH) {
            final long before = high;
            high = HighTime.after(before, word & CONTENT_MASK, TIME_BITS);
            low = high == before ? low : 0;
        } else if (type == TYPE_OTHER_ROW) {
            row = NO_ROW;
        } else if ((PASSED >>> type & 1) == 0) {
            leftOut.unknown(offset, type);
        }
    }
}
