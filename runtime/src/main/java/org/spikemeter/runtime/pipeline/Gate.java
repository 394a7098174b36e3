package org.spikemeter.runtime.pipeline;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds the network's clock still, or lets single steps through. Belongs to one pipeline: when that ends, it is open
 * for good. Safe for use by several threads at once.
 */
public final class Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean paused;
    private long permits;
    private boolean open;

    /** The clock stands still from the next step on. */
    public void pause() {
        lock.lock();
        try {
            paused = true;
            permits = 0;
        } finally {
            lock.unlock();
        }
    }

    /** The clock goes on. */
    public void resume() {
        lock.lock();
        try {
            paused = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets one step through while the clock stands still. */
    public void step() {
        lock.lock();
        try {
            permits++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** True while the clock stands still. */
    public boolean isPaused() {
        return paused;
    }

    /** Opens for good: the pipeline ends. */
    void open() {
        lock.lock();
        try {
            open = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits while the clock stands still; called before each step. */
    void pass() throws InterruptedException {
        if (!paused) {
            return;
        }
        lock.lock();
        try {
            while (paused && permits == 0 && !open) {
                changed.await();
            }
            permits = Math.max(0, permits - 1);
        } finally {
            lock.unlock();
        }
    }
}
