package org.spikemeter.runtime.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.spikemeter.runtime.input.Embedded;

/**
 * Ctrl-C ends a run that has no other end: what it is told to stop with is called, what stands in its block goes on to
 * its end, and the program exits with 0, not as if it was killed.
 */
final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;
    private volatile int code;

    /**
     * From now on, until it is closed, Ctrl-C stops something.
     *
     * @param giveUp called where it has not ended within {@value #PATIENCE_SECONDS} seconds; there are as many for that
     */
    Interruption(final Runnable stop, final Runnable giveUp) {
        hook = Thread.ofPlatform().name("spikemeter-interruption").unstarted(() -> {
            stop.run();
            boolean inTime = false;
            try {
                inTime = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (!inTime) {
                    giveUp.run();
                    inTime = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                }
            } catch (final InterruptedException killed) {
                Thread.currentThread().interrupt();
            }
            if (inTime) {
                // the exit code of a JVM that is being shut down can be changed in no other way
                Embedded.discard();
                Runtime.getRuntime().halt(code);
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The exit code of an interrupted program, where it is not 0. */
    int endsWith(final int exitCode) {
        code = exitCode;
        return exitCode;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException shuttingDown) {
            // the hook waits for this
        }
        ended.countDown();
    }
}
