package org.spikemeter.dvs.format.aedat;

/**
 * Undoes the wraps of times of 32 bits: from the largest positive number to the smallest negative one (jAER, cAER),
 * or to 0 (31 bits), as the times themselves show. Events that are a little late across a wrap are not taken for
 * another one. A gap of up to 9 minutes may lie over a wrap.
 */
final class TimeWraps {
    /** The upper three bits of a time. */
    static final int REGION_SHIFT = 29;

    private static final int LAST_POSITIVE = 3;
    private static final int FIRST_NEGATIVE = 4;
    private static final long WRAP_31 = 1L << 31;
    private static final long WRAP_32 = 1L << 32;

    private int region;
    private long added;

    /** Upper three bits of the last time: as long as they stay, so does {@link #added()}. */
    int region() {
        return region;
    }

    /** What is added to times now. */
    long added() {
        return added;
    }

    /** Goes to the region of the next time, and gives what is to be added to it. */
    long enter(final int next) {
        if (region == LAST_POSITIVE && next == FIRST_NEGATIVE) {
            added += WRAP_32;
        } else if (region == LAST_POSITIVE && next == 0) {
            added += WRAP_31;
        } else if (next == LAST_POSITIVE && region == FIRST_NEGATIVE && added >= WRAP_32) {
            added -= WRAP_32;
        } else if (next == LAST_POSITIVE && region == 0 && added >= WRAP_31) {
            added -= WRAP_31;
        }
        region = next;
        return added;
    }
}
