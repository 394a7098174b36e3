package org.spikemeter.dvs.format.prophesee;

import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.format.io.EventInput;

/**
 * EVT 2.1: words of 64 bits. The upper half is a word of EVT 2; the lower half of an event has a bit for each of 32
 * columns, of which x is the first. Older systems ("legacy") store the halves the other way round.
 */
final class Evt21Decoder implements WordDecoder {
    static final int WORD_BYTES = 8;

    private final LeftOut leftOut;
    private final Evt2Time time;
    private final int rotation;

    /**
     * Nothing decoded yet.
     *
     * @param legacy true where the halves are swapped
     */
    Evt21Decoder(final LeftOut leftOut, final boolean legacy) {
        this.leftOut = leftOut;
        this.time = new Evt2Time(leftOut);
        this.rotation = legacy ? Integer.SIZE : 0;
    }

    @Override
    public int wordBytes() {
        return WORD_BYTES;
    }

    @Override
    public int room() {
        return RowVector.COLUMNS;
    }

    @Override
    public int decode(final byte[] bytes, final int from, final int to, final long origin, final EventBatch into) {
        final long[] micros = into.microsArray();
        final int[] words = into.wordArray();
        final int last = words.length - RowVector.COLUMNS;
        final int width = leftOut.width();
        final int height = leftOut.height();
        int at = from;
        int size = into.size();
        for (; at < to && size <= last; at += WORD_BYTES) {
            final long both = Long.rotateLeft((long) EventInput.LONG.get(bytes, at), rotation);
            final int word = (int) (both >>> Integer.SIZE);
            final int type = word >>> Evt2Decoder.TYPE_SHIFT;
            if (type > 1 || !time.isKnown()) {
                time.other(word, origin + at);
                continue;
            }
            int columns = (int) both;
            final int x = word >>> Evt2Decoder.X_SHIFT & Evt2Decoder.COORDINATE_MASK;
            final int y = word & Evt2Decoder.COORDINATE_MASK;
            if (x + RowVector.COLUMNS - Integer.numberOfLeadingZeros(columns) > width || y >= height) {
                columns = leftOut.inside(origin + at, x, y, columns);
            }
            final long when = time.highMicros() | word >>> Evt2Decoder.TIME_SHIFT & Evt2Decoder.LOW_MASK;
            size = RowVector.spread(micros, words, size, when, EventWord.of(x, y, type), columns);
        }
        into.setSize(size);
        return at;
    }
}
