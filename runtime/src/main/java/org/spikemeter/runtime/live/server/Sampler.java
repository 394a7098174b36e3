package org.spikemeter.runtime.live.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.spikemeter.runtime.live.LiveControls;
import org.spikemeter.runtime.live.LiveDescription;
import org.spikemeter.runtime.live.LiveFailure;
import org.spikemeter.runtime.live.LiveFeed;
import org.spikemeter.runtime.live.LiveFrame;
import org.spikemeter.runtime.live.LiveState;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one thread that asks the feed, and encodes each frame once, however many watch. The lock is held by it while it
 * samples, and by others only for as long as a small JSON tree takes.
 */
final class Sampler implements AutoCloseable {
    private static final long INTERVAL_NANOS = 1_000_000_000L / LiveFeed.SAMPLES_PER_SECOND;

    private final LiveFeed feed;
    private final LiveControls controls;
    private final LiveDescription description;
    /** The latest state. */
    private LiveFrame frame;
    /** The latest state behind which something went on: its maps are shown until something goes on again. */
    private LiveFrame moved;
    /** What the next sample goes into. */
    private LiveFrame spare;
    private final LiveHistory history = new LiveHistory();
    private final FrameEncoder encoder;
    private final LatestFrame latest = new LatestFrame();
    private final Deadlines deadlines;
    private final AtomicInteger viewers = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Thread thread;
    private long sequence;
    private volatile boolean closed;

    /** Samples once, so that there is a state from the beginning, and then in a thread of its own. */
    Sampler(final LiveFeed feed, final LiveControls controls, final Deadlines deadlines) {
        this.feed = feed;
        this.controls = controls;
        this.deadlines = deadlines;
        description = feed.description();
        moved = new LiveFrame(description);
        spare = new LiveFrame(description);
        encoder = new FrameEncoder(description);
        sample();
        thread = Thread.ofPlatform().name("spikemeter-live-sampler").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** The latest frame, as a message. */
    LatestFrame latest() {
        return latest;
    }

    /** Viewers that watch; frames are encoded while there are any. */
    AtomicInteger viewers() {
        return viewers;
    }

    /** Number of the latest sample, from 1. */
    long sequence() {
        lock.lock();
        try {
            return sequence;
        } finally {
            lock.unlock();
        }
    }

    /** What a viewer is told first, as a message. */
    byte[] description() {
        final ObjectNode json;
        lock.lock();
        try {
            json = LiveJson.description(description, controls, history);
        } finally {
            lock.unlock();
        }
        return FrameEncoder.description(JsonMapper.shared().writeValueAsBytes(json));
    }

    /** The state for scripts. */
    ObjectNode state() {
        lock.lock();
        try {
            return LiveJson.state(description, frame, controls, viewers.get());
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        long next = System.nanoTime();
        while (!closed) {
            sample();
            deadlines.interruptLate();
            // behind by more than a frame, such as after the machine slept: no bursts
            next = Math.max(next + INTERVAL_NANOS, System.nanoTime() - INTERVAL_NANOS);
            for (long wait = next - System.nanoTime(); wait > 0 && !closed; wait = next - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
        }
    }

    private void sample() {
        lock.lock();
        try {
            ask();
            history.add(frame);
            sequence++;
            if (viewers.get() > 0) {
                latest.publish(new LatestFrame.Message(sequence, encoder.frame(sequence, frame, moved, controls)));
            }
        } finally {
            lock.unlock();
        }
    }

    /** A feed that breaks its contract is told as a failure: the page must not seem to go on. */
    private void ask() {
        try {
            feed.setWatched(viewers.get() > 0);
            feed.sample(spare);
        } catch (final RuntimeException e) {
            spare.state = LiveState.FAILED;
            spare.failure = new LiveFailure("page", sequence, "the state could not be read: " + e);
        }
        frame = spare;
        if (frame.state == LiveState.RUNNING || frame.step != moved.step) {
            spare = moved;
            moved = frame;
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        latest.close();
        try {
            // nobody asks the feed any more
            thread.join();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
