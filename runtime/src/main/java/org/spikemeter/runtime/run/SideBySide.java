package org.spikemeter.runtime.run;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several tasks at a time; what comes out does not depend on how many. */
public final class SideBySide {
    private SideBySide() {
    }

    /** Something to be done. */
    @FunctionalInterface
    public interface Task<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /** Takes a result. */
    @FunctionalInterface
    public interface Sink<T> {
        /** Takes it, or ends it all. */
        void take(T result) throws IOException;
    }

    /**
     * Does all tasks. Where one fails, in their order, or its result is refused, those that run are interrupted and
     * awaited, and the others are left out.
     *
     * @param atOnce how many at a time; 1 does them in the caller's thread
     * @param sink is given the results, in the order of the tasks, by the caller's thread
     */
    public static <T> void run(final List<Task<T>> tasks, final int atOnce, final Sink<T> sink) throws IOException {
        if (atOnce == 1) {
            for (final Task<T> task : tasks) {
                sink.take(task.run());
            }
            return;
        }
        final ExecutorService executor = Executors.newFixedThreadPool(
            atOnce, Thread.ofPlatform().daemon().name("spikemeter-clips-", 0).factory());
        try {
            final List<Future<T>> futures = new ArrayList<>();
            for (final Task<T> task : tasks) {
                futures.add(executor.submit(task::run));
            }
            for (final Future<T> future : futures) {
                sink.take(get(future));
            }
        } finally {
            executor.shutdownNow();
            executor.close();
        }
    }

    private static <T> T get(final Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (final ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new IllegalStateException(e.getCause());
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while clips ran");
        }
    }
}
