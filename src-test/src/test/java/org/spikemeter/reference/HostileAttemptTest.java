package org.spikemeter.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.spikemeter.engine.FormatException;

/** What finds faults in readers must find them. */
class HostileAttemptTest {
    private final HostileAttempt attempts = new HostileAttempt();

    private String fault(final Callable<Object> reading) {
        return assertThrows(AssertionError.class, () -> attempts.attempt("cut", "file", reading)).getMessage();
    }

    @Test
    void shouldTakeWhatIsReadOrRefusedWithTheFilesName() throws IOException {
        assertEquals(7, attempts.attempt("cut", "file", () -> 7));
        assertNull(attempts.attempt("cut", "file", () -> {
            throw new FormatException("file: byte 3: no");
        }));
        assertEquals(1, attempts.read());
        assertEquals(1, attempts.refused());
    }

    @Test
    void shouldNotTakeOtherFailures() {
        assertTrue(fault(() -> {
            throw new FormatException("byte 3: no");
        }).startsWith("cut: byte 3"));
        assertTrue(fault(() -> {
            throw new EOFException("file: ends");
        }).startsWith("cut: java.io.EOFException"));
        assertTrue(fault(() -> {
            throw new ArrayIndexOutOfBoundsException("3");
        }).startsWith("cut: java.lang.ArrayIndexOutOfBounds"));
        assertTrue(fault(() -> {
            throw new OutOfMemoryError("heap space");
        }).startsWith("cut: java.lang.OutOfMemoryError"));
        assertTrue(fault(() -> new byte[101 << 20]).contains(" bytes "));
    }

    @Test
    void shouldGiveUpWhatDoesNotEndAndGoOn() throws IOException {
        final AtomicBoolean ended = new AtomicBoolean();
        final String fault = fault(() -> {
            while (!ended.get()) {
                Thread.onSpinWait();
            }
            return null;
        });
        assertTrue(fault.contains("not read after 5 s, at ["), fault);
        assertTrue(fault.contains(HostileAttemptTest.class.getName()), fault);
        assertEquals(7, attempts.attempt("cut", "file", () -> 7));
        ended.set(true);
    }
}
