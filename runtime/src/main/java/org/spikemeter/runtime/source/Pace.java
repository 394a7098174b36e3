package org.spikemeter.runtime.source;

import java.util.concurrent.locks.LockSupport;

/**
 * When things are due: recorded time against the clock, at a speed that may change while it runs. What is late is due
 * at once; nothing is left out. Safe for use by several threads at once.
 */
public final class Pace {
    /** As fast as possible. */
    public static final double UNPACED = 0.0;

    private static final double NANOS_A_MICRO = 1000.0;
    private static final long LONGEST_NAP_NANOS = 20_000_000;
    private static final long NEVER = Long.MAX_VALUE;

    private double speed;
    private boolean started;
    private long startNanos;
    private double startMicros;
    private volatile boolean closed;
    private boolean held;
    private long heldNanos;

    /**
     * Nothing is due yet.
     *
     * @param speed recorded seconds a second; {@link #UNPACED} for as fast as possible
     * @throws IllegalArgumentException where it is negative or not finite
     */
    public Pace(final double speed) {
        require(speed);
        this.speed = speed;
    }

    private static void require(final double speed) {
        if (!(speed >= 0.0 && speed <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("speed " + speed + ": expected a finite number, at least 0");
        }
    }

    /** Recorded seconds a second. */
    public synchronized double speed() {
        return speed;
    }

    /** From now on at another speed. */
    public synchronized void setSpeed(final double newSpeed) {
        require(newSpeed);
        if (started && speed > 0.0) {
            final long now = System.nanoTime();
            final long passed = held ? heldNanos : now;
            startMicros += (passed - startNanos) / NANOS_A_MICRO * speed;
            startNanos = passed;
        } else if (started) {
            started = false;
        }
        speed = newSpeed;
    }

    /** Nothing becomes due, or things become due again: as much later as it was held. */
    public synchronized void setHeld(final boolean hold) {
        if (hold == held) {
            return;
        }
        final long now = System.nanoTime();
        if (hold) {
            heldNanos = now;
        } else {
            startNanos += now - heldNanos;
        }
        held = hold;
    }

    /** The next time that is asked for is due at once: a new recording begins. */
    public synchronized void restart() {
        started = false;
    }

    /**
     * Waits until something is due.
     *
     * @param micros its recorded time
     * @return when it was due, of {@link System#nanoTime}: now where there is no pace
     * @throws InterruptedException where the thread is interrupted meanwhile
     */
    public long await(final long micros) throws InterruptedException {
        while (true) {
            final long due = due(micros);
            final long left = due == NEVER ? LONGEST_NAP_NANOS : due - System.nanoTime();
            if (left <= 0 || closed) {
                return due == NEVER ? System.nanoTime() : due;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(Math.min(left, LONGEST_NAP_NANOS));
        }
    }

    private synchronized long due(final long micros) {
        if (!started && speed != UNPACED) {
            started = true;
            startNanos = held ? heldNanos : System.nanoTime();
            startMicros = micros;
        }
        if (held) {
            return NEVER;
        }
        return speed == UNPACED ? System.nanoTime()
            : startNanos + Math.round((micros - startMicros) * NANOS_A_MICRO / speed);
    }

    /** Nobody waits any more. */
    public void close() {
        closed = true;
    }
}
