package org.spikemeter.runtime.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SideBySideTest {
    /** What runs is over when the call returns; its thread may take a moment longer to be gone. */
    private static void assertNoThreadsLeft() {
        while (Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().startsWith("spikemeter-clips"))) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 20})
    void shouldGiveResultsInTheOrderOfTheTasks(final int atOnce) throws IOException {
        final List<SideBySide.Task<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            final int number = i;
            tasks.add(() -> number);
        }
        final List<Integer> results = new ArrayList<>();
        SideBySide.run(tasks, atOnce, results::add);
        for (int i = 0; i < 20; i++) {
            assertEquals(i, results.get(i));
        }
        assertEquals(20, results.size());
        assertNoThreadsLeft();
    }

    @Test
    void shouldInterruptAndAwaitTheOthersWhereOneFails() {
        final IOException fault = new IOException("cut");
        final CountDownLatch running = new CountDownLatch(1);
        final AtomicInteger interrupted = new AtomicInteger();
        final List<SideBySide.Task<Integer>> tasks = List.of(
            () -> {
                await(running);
                throw fault;
            },
            () -> {
                running.countDown();
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
                interrupted.incrementAndGet();
                throw new InterruptedIOException();
            });
        assertSame(fault, assertThrows(IOException.class, () -> SideBySide.run(tasks, 2, result -> { })));
        assertEquals(1, interrupted.get());
        assertNoThreadsLeft();
    }

    @Test
    void shouldLeaveTheRestOutWhereAResultIsRefused() {
        final AtomicInteger begun = new AtomicInteger();
        final List<SideBySide.Task<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            tasks.add(begun::incrementAndGet);
        }
        final IOException refused = new IOException("another length");
        for (final int atOnce : new int[] {1, 2}) {
            assertSame(refused, assertThrows(IOException.class, () -> SideBySide.run(tasks, atOnce, result -> {
                throw refused;
            })));
            assertNoThreadsLeft();
        }
        assertTrue(begun.get() >= 2, "tasks begun: " + begun);
    }

    private static void await(final CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new InterruptedIOException();
        }
    }
}
