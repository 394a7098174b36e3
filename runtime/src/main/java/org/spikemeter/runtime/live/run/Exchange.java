package org.spikemeter.runtime.live.run;

import org.HdrHistogram.WriterReaderPhaser;

/**
 * What one thread adds up goes to another one, which takes all of it from time to time: two of everything, of which one
 * is added to and one is read. The writer never waits; the reader waits for what the writer is just adding. Nothing is
 * taken twice or left out.
 *
 * <pre>{@code
 * final long ticket = exchange.enter();
 * try {
 *     exchange.active().add(...);
 * } finally {
 *     exchange.exit(ticket);
 * }
 * }</pre>
 *
 * @param <T> what is added to
 */
final class Exchange<T> {
    private static final long NAP_NANOS = 50_000;

    private final WriterReaderPhaser phaser = new WriterReaderPhaser();
    private volatile T active;
    private T spare;

    /** Two of a kind, both empty. */
    Exchange(final T one, final T other) {
        active = one;
        spare = other;
    }

    /** The writer begins to add; a ticket for {@link #exit}. */
    long enter() {
        return phaser.writerCriticalSectionEnter();
    }

    /** What the writer adds to, between {@link #enter} and {@link #exit}. */
    T active() {
        return active;
    }

    /** The writer has added. */
    void exit(final long ticket) {
        phaser.writerCriticalSectionExit(ticket);
    }

    /** What was added since the last call; the reader empties it before the next one. */
    T take() {
        phaser.readerLock();
        try {
            final T taken = active;
            active = spare;
            spare = taken;
            phaser.flipPhase(NAP_NANOS);
            return taken;
        } finally {
            phaser.readerUnlock();
        }
    }
}
