package org.spikemeter.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void shouldEndTheWaitWhenInterrupted() throws InterruptedException {
        gate.pause();
        passer.start();
        assertFalse(passes(1));
        passer.interrupt();
        passer.join();
        assertEquals(0, passed.availablePermits());
    }
}
