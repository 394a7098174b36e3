package org.spikemeter.runtime.live.server;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The latest message, which viewers wait for. There is never more than one: whoever is late misses those between. */
final class LatestFrame {
    /**
     * A message.
     *
     * @param sequence higher than that of the one before, from 1
     * @param bytes never changed
     */
    record Message(long sequence, byte[] bytes) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Message latest = new Message(0, new byte[0]);
    private boolean closed;

    /** Replaces the message. */
    void publish(final Message message) {
        lock.lock();
        try {
            latest = message;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a message that is later than {@code sequence}; null where none will come. */
    Message after(final long sequence) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (latest.sequence() <= sequence && !closed) {
                changed.await();
            }
            return latest.sequence() > sequence ? latest : null;
        } finally {
            lock.unlock();
        }
    }

    /** No message will come any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
