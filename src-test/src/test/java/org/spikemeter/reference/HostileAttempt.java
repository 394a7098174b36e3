package org.spikemeter.reference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.spikemeter.engine.FormatException;

/**
 * Reads damaged bytes again and again; each time they must be read or refused fast, with little memory, and with a
 * message that begins with a file. One that does not end is given up. Keeps the worst.
 */
public final class HostileAttempt {
    /** A second for each, and what a machine that others use too may take on top. */
    private static final long MAX_SECONDS = 5;
    private static final long MAX_BYTES = 100L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final LinkedBlockingQueue<Runnable> TASKS = new LinkedBlockingQueue<>();
    private static volatile Thread reader;

    private int read;
    private int refused;
    private long worstNanos;
    private long worstBytes;

    /** How often it was read. */
    public int read() {
        return read;
    }

    /** How often it was refused. */
    public int refused() {
        return refused;
    }

    /**
     * Reads once. Anything but a {@link FormatException} is thrown on.
     *
     * @param what was done to the bytes, for the message
     * @param start what messages begin with
     * @return null where it was refused
     */
    public <T> T attempt(final String what, final String start, final Callable<T> reading) throws IOException {
        final long bytes = THREADS.getTotalThreadAllocatedBytes();
        final long begin = System.nanoTime();
        T result = null;
        String message = null;
        try {
            result = watched(what, reading);
            read++;
        } catch (final FormatException e) {
            message = e.getMessage();
            refused++;
        } catch (final IOException | RuntimeException | Error e) {
            throw new AssertionError(what + ": " + e, e);
        }
        final long nanos = System.nanoTime() - begin;
        final long allocated = THREADS.getTotalThreadAllocatedBytes() - bytes;
        assertTrue(message == null || message.startsWith(start) && message.contains(": "), what + ": " + message);
        assertTrue(nanos < TimeUnit.SECONDS.toNanos(MAX_SECONDS), () -> what + ": " + nanos / 1_000_000 + " ms");
        assertTrue(allocated < MAX_BYTES, () -> what + ": " + allocated + " bytes");
        worstNanos = Math.max(worstNanos, nanos);
        worstBytes = Math.max(worstBytes, allocated);
        return result;
    }

    private static synchronized <T> T watched(final String what, final Callable<T> reading) throws IOException {
        final FutureTask<T> task = new FutureTask<>(reading);
        if (reader == null) {
            reader = Thread.ofPlatform().daemon().name("hostile-reader").start(HostileAttempt::work);
        }
        TASKS.add(task);
        try {
            return task.get(MAX_SECONDS, TimeUnit.SECONDS);
        } catch (final TimeoutException e) {
            final StackTraceElement[] where = reader.getStackTrace();
            reader = null;
            throw new AssertionError(what + ": not read after " + MAX_SECONDS + " s, at " + Arrays.toString(where), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(what + ": interrupted", e);
        } catch (final ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new AssertionError(what + ": " + e.getCause(), e);
            }
        }
    }

    /** Ends where it was given up, so that the task that it hangs in is its last. */
    private static void work() {
        try {
            do {
                TASKS.take().run();
            } while (Thread.currentThread() == reader);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it came to. */
    @Override
    public String toString() {
        return read + " read, " + refused + " refused, at most " + worstNanos / 1_000_000 + " ms and "
            + worstBytes / (1 << 20) + " MB";
    }
}
