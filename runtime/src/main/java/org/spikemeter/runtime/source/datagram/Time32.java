package org.spikemeter.runtime.source.datagram;

/**
 * Times of 32 bits that wrap, on one axis: each is taken for the one nearest to the time before, up to 35 minutes
 * earlier or later. So a time that is damaged does no lasting harm.
 */
final class Time32 {
    private final boolean isSigned;
    private boolean started;
    private long last;

    /** Of times from 0 on, or, where they are signed, from the smallest negative number on. */
    Time32(final boolean isSigned) {
        this.isSigned = isSigned;
    }

    /** The time that the lower 32 bits stand for. */
    long micros(final int raw) {
        if (started) {
            last += raw - (int) last;
        } else {
            started = true;
            last = isSigned ? raw : Integer.toUnsignedLong(raw);
        }
        return last;
    }
}
