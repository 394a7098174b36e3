package org.spikemeter.runtime.live.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends what blocks on a client for too long: a thread says that it begins, and is interrupted where it has not ended in
 * time. An interrupt closes the socket that a thread blocks on, so the client is dropped.
 */
final class Deadlines {
    private static final long NANOS = 5_000_000_000L;

    private final Set<Deadline> running = ConcurrentHashMap.newKeySet();

    /** The calling thread begins what must not take longer than a few seconds; it ends by closing. */
    Deadline begin() {
        final Deadline deadline = new Deadline(Thread.currentThread(), System.nanoTime() + NANOS);
        running.add(deadline);
        return deadline;
    }

    /** Interrupts the threads that are late. Never blocks. */
    void interruptLate() {
        final long now = System.nanoTime();
        for (final Deadline deadline : running) {
            if (now - deadline.nanoTime >= 0) {
                deadline.interrupt();
            }
        }
    }

    /** One thread's time. */
    final class Deadline implements AutoCloseable {
        private final Thread thread;
        private final long nanoTime;
        private boolean over;

        private Deadline(final Thread thread, final long nanoTime) {
            this.thread = thread;
            this.nanoTime = nanoTime;
        }

        private synchronized void interrupt() {
            if (!over) {
                over = true;
                thread.interrupt();
            }
        }

        @Override
        public void close() {
            synchronized (this) {
                over = true;
            }
            running.remove(this);
        }
    }
}
