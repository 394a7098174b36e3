package org.spikemeter.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FaultTest {
    private int told;

    @Test
    void shouldKeepTheFirstAndTellOnce() {
        final Fault fault = new Fault(() -> told++);
        assertFalse(fault.isSet());
        assertNull(fault.get());
        final PipelineException first = new PipelineException("csv", 7, new IOException("disk full"));
        fault.set(first);
        fault.set(new PipelineException("udp", PipelineException.NO_BATCH, new IOException()));
        assertSame(first, fault.get());
        assertEquals(1, told);
        assertEquals("csv failed at batch 7: disk full", first.getMessage());
    }

    @Test
    void shouldNameTheFaultWhereItHasNoMessage() {
        assertEquals("udp: java.io.IOException",
            new PipelineException("udp", PipelineException.NO_BATCH, new IOException()).getMessage());
    }
}
