package org.spikemeter.runtime.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class PaceTest {
    private static final long MILLI = 1_000_000;
    private static final long HELD_MILLIS = 200;

    /** Whoever waits for what is due while it is held, waits as much longer; what is due later is later by as much. */
    @Test
    void shouldBeLaterByAsLongAsItWasHeld() throws Exception {
        final Pace pace = new Pace(1.0);
        final long first = pace.await(0);
        final CompletableFuture<Long> second = new CompletableFuture<>();
        final long heldFrom = System.nanoTime();
        pace.setHeld(true);
        pace.setHeld(true);
        Thread.ofPlatform().start(() -> {
            try {
                second.complete(pace.await(1000));
            } catch (final InterruptedException e) {
                second.completeExceptionally(e);
            }
        });
        Thread.sleep(HELD_MILLIS);
        assertTrue(!second.isDone(), "held");
        pace.setHeld(false);
        final long heldTo = System.nanoTime();
        final long held = second.get() - first - MILLI;
        assertTrue(held >= HELD_MILLIS * MILLI && held <= heldTo - heldFrom, "held for " + held);
        assertEquals(second.get() + 2 * MILLI, pace.await(3000));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 2.0})
    void shouldBeginWhenItIsNoLongerHeld(final double speed) throws Exception {
        final Pace pace = new Pace(speed);
        pace.setHeld(true);
        final Thread releaser = Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(HELD_MILLIS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            pace.setHeld(false);
        });
        final long start = System.nanoTime();
        final long due = pace.await(7_000_000);
        assertTrue(due - start >= (HELD_MILLIS - 1) * MILLI, "due after " + (due - start));
        assertTrue(due <= System.nanoTime());
        releaser.join();
    }

    @Test
    void shouldKeepItsTimeWhenTheSpeedChangesWhileHeld() throws Exception {
        final Pace pace = new Pace(1.0);
        final long first = pace.await(0);
        pace.setHeld(true);
        Thread.sleep(50);
        pace.setSpeed(1000.0);
        pace.setHeld(false);
        final long due = pace.await(1_000_000);
        // a second of the recording in a millisecond, but for what had passed before it was held
        assertTrue(due - first >= 50 * MILLI && due - first < 1000 * MILLI, "due after " + (due - first));
    }

    @Test
    void shouldEndTheWaitWhenClosed() throws Exception {
        final Pace pace = new Pace(1.0);
        pace.setHeld(true);
        final Thread closer = Thread.ofPlatform().start(pace::close);
        pace.await(0);
        closer.join();
    }
}
