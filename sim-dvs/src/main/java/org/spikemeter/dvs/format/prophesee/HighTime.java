package org.spikemeter.dvs.format.prophesee;

/**
 * The upper part of the time, which has words of its own and starts again at 0 when its bits are used up. The count
 * here goes on: value plus loops times range. Readers undo loops by {@link #after}; writers ask an instance which words
 * lead to a time.
 *
 * <p>A value that is smaller than the one before by half of the range or more has started again, as in OpenEB's decoder
 * of EVT 3; a smaller step back is one.
 */
final class HighTime {
    private final int bits;
    private long count;
    private boolean started;

    /** For a writer: nothing written yet. */
    HighTime(final int bits) {
        this.bits = bits;
    }

    /**
     * The count after a word.
     *
     * @param count the one before
     * @param value of the word
     * @param bits that the word has for it
     */
    static long after(final long count, final int value, final int bits) {
        final long range = 1L << bits;
        final long before = count & range - 1;
        final long loop = count - before;
        return (before - value >= range >> 1 ? loop + range : loop) + value;
    }

    /** True until a first word. */
    boolean isUnset() {
        return !started;
    }

    /**
     * Goes to a count by one word, to be called where a reader can follow: less than half of the range away.
     *
     * @return what the word says
     */
    int to(final long target) {
        started = true;
        count = target;
        return value();
    }

    /**
     * Goes one word nearer to a count; where loops lie between, by way of the largest value, and of 0, each time.
     *
     * @return false where it is there
     */
    boolean step(final long target) {
        if (started && count == target) {
            return false;
        }
        final long last = count | (1L << bits) - 1;
        if (target <= last) {
            count = target;
        } else if (count == last) {
            count++;
        } else {
            count = last;
        }
        started = true;
        return true;
    }

    /** What the word says. */
    int value() {
        return (int) (count & (1L << bits) - 1);
    }
}
