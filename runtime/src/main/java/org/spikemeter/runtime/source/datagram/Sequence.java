package org.spikemeter.runtime.source.datagram;

/**
 * Numbers of datagrams, from 0 to the largest int and again from 0. A gap counts as lost until what is missing comes
 * late, which the last {@value #WINDOW} numbers are remembered for. A number that was there already, one from before
 * the window, and a leap by more than {@value #MAX_GAP} are taken for a sender that began anew.
 */
final class Sequence {
    static final int WINDOW = Long.SIZE;
    static final int MAX_GAP = 1 << 24;

    private static final int MASK = Integer.MAX_VALUE;

    private boolean started;
    private int newest;
    /** Bit i: number {@link #newest} - i was there. */
    private long seen;

    /** Takes the next number, at least 0. */
    void take(final int number, final DatagramCounts counts) {
        final int ahead = number - newest & MASK;
        final int behind = newest - number & MASK;
        if (!started) {
            restart(number);
        } else if (ahead > 0 && ahead <= MAX_GAP) {
            counts.lost(ahead - 1);
            seen = (ahead < WINDOW ? seen << ahead : 0) | 1;
            newest = number;
        } else if (behind < WINDOW && (seen & 1L << behind) == 0) {
            seen |= 1L << behind;
            counts.lost(-1);
            counts.cameLate();
        } else {
            restart(number);
            counts.restarted();
        }
    }

    /** Everything before counts as seen: what was sent before the first datagram is not lost. */
    private void restart(final int number) {
        started = true;
        newest = number;
        seen = -1;
    }

    /** The number behind another one. */
    static int next(final int number) {
        return number + 1 & MASK;
    }
}
