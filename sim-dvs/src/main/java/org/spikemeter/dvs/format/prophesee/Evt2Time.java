package org.spikemeter.dvs.format.prophesee;

/** The words of EVT 2 and EVT 2.1 that are no events: time is taken, others are passed over. */
final class Evt2Time {
    private static final int PASSED = 1 << 0xa | 1 << 0xd | 1 << 0xe | 1 << 0xf;

    private final LeftOut leftOut;
    private boolean known;
    private long high;

    Evt2Time(final LeftOut leftOut) {
        this.leftOut = leftOut;
    }

    /** False before the first word of time: events before it have none. */
    boolean isKnown() {
        return known;
    }

    /** The time without its lower six bits. */
    long highMicros() {
        return high << Evt2Decoder.LOW_BITS;
    }

    /** A word that is no event, or one before the time is known. */
    void other(final int word, final long offset) {
        final int type = word >>> Evt2Decoder.TYPE_SHIFT;
        if (type == Evt2Decoder.TYPE_HIGH) {
            final int value = word & Evt2Decoder.HIGH_MASK;
            high = known ? HighTime.after(high, value, Evt2Decoder.HIGH_BITS) : value;
            known = true;
        } else if (!known) {
            leftOut.early(WordDecoder.NO_TIME, offset);
        } else if ((PASSED >>> type & 1) == 0) {
            leftOut.unknown(offset, type);
        }
    }
}
