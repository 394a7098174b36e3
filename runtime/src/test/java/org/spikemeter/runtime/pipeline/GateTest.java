package org.spikemeter.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GateTest {
    private final Gate gate = new Gate();
    private final Semaphore passed = new Semaphore(0);
    private final Thread passer = new Thread(this::pass);

    private void pass() {
        try {
            while (true) {
                gate.pass();
                passed.release();
                // not for nothing: a clock that goes must not run away from the test
                Thread.sleep(1);
            }
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        gate.open();
        passer.interrupt();
        passer.join();
    }

    private boolean passes(final int steps) throws InterruptedException {
        return passed.tryAcquire(steps, 50, TimeUnit.MILLISECONDS);
    }

    @Test
    void shouldLetThroughWhatItIsTold() throws InterruptedException {
        gate.step();
        gate.pause();
        assertTrue(gate.isPaused());
        passer.start();
        assertFalse(passes(1), "a step before the pause is none of it");
        gate.step();
        gate.step();
        gate.step();
        passed.acquire(3);
        assertFalse(passes(1));
        gate.resume();
        assertFalse(gate.isPaused());
        passed.acquire(20);
        gate.pause();
        gate.resume();
        gate.pause();
        passed.tryAcquire(1, 50, TimeUnit.MILLISECONDS);
        passed.drainPermits();
        assertFalse(passes(1));
        gate.open();
        passed.acquire(20);
        assertEquals(true, gate.isPaused());
    }

    @Test
    void shouldWaitOnWhenInterrupted() throws InterruptedException {
        gate.pause();
        passer.start();
        assertFalse(passes(1));
        passer.interrupt();
        assertFalse(passes(1));
        assertTrue(passer.isAlive());
    }

    @Test
    void shouldTellWhenItStandsStillAndWhenItGoesOn() throws InterruptedException {
        final List<Boolean> told = Collections.synchronizedList(new ArrayList<>());
        gate.watch(told::add);
        gate.pause();
        gate.pause();
        passer.start();
        assertFalse(passes(1));
        gate.step();
        passed.acquire();
        assertFalse(passes(1));
        gate.resume();
        passed.acquire();
        gate.pause();
        gate.open();
        assertEquals(List.of(true, false, true, false, true, false), told);
    }

    @Test
    void shouldTimeOnlyWhatDidNotWaitForIt() {
        final long before = System.nanoTime();
        assertTrue(gate.isTimed(before));
        gate.pause();
        assertFalse(gate.isTimed(before));
        assertFalse(gate.isTimed(System.nanoTime()));
        gate.resume();
        assertFalse(gate.isTimed(before));
        assertTrue(gate.isTimed(System.nanoTime()));
    }
}
