package org.spikemeter.runtime.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds the network's clock still, or lets single steps through. Belongs to one pipeline: when that ends, it is open
 * for good. Safe for use by several threads at once.
 */
public final class Gate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Watcher> watchers = new ArrayList<>();
    private volatile boolean paused;
    private long permits;
    private boolean open;
    private boolean still;
    private volatile boolean stoodStill;
    private volatile long goingSinceNanos;

    /** Is told where the clock stands still, and where it goes on; by whoever brings that about, under a lock. */
    @FunctionalInterface
    public interface Watcher {
        /** It stands still from now on, or it goes on. */
        void onChange(boolean isStill);
    }

    /** Somebody who is told; before the pipeline starts. */
    public void watch(final Watcher watcher) {
        watchers.add(watcher);
    }

    /** The clock stands still from the next step on. */
    public void pause() {
        change(() -> {
            paused = true;
            permits = 0;
        });
    }

    /** The clock goes on. */
    public void resume() {
        change(() -> paused = false);
    }

    /** Lets one step through while the clock stands still. */
    public void step() {
        change(() -> permits++);
    }

    /** True while the clock stands still. */
    public boolean isPaused() {
        return paused;
    }

    /** Opens for good: the pipeline ends. */
    void open() {
        change(() -> open = true);
    }

    /** True for what arrived while the clock went on, as it still does: what waited for it says nothing of latency. */
    boolean isTimed(final long arrivalNanos) {
        return !paused && (!stoodStill || arrivalNanos - goingSinceNanos >= 0);
    }

    private void change(final Runnable change) {
        lock.lock();
        try {
            change.run();
            tell();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void tell() {
        final boolean isStill = paused && permits == 0 && !open;
        if (isStill != still) {
            still = isStill;
            if (!isStill) {
                goingSinceNanos = System.nanoTime();
                stoodStill = true;
            }
            watchers.forEach(watcher -> watcher.onChange(isStill));
        }
    }

    /**
     * Waits while the clock stands still; called before each step.
     *
     * @return nanoseconds that it waited
     */
    long pass() {
        if (!paused) {
            return 0;
        }
        lock.lock();
        try {
            final long start = System.nanoTime();
            while (paused && permits == 0 && !open) {
                changed.awaitUninterruptibly();
            }
            permits = Math.max(0, permits - 1);
            tell();
            return System.nanoTime() - start;
        } finally {
            lock.unlock();
        }
    }
}
