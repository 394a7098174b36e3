package org.spikemeter.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.format.EventFormats;

/** What is counted of a recording, to be compared with what other decoders count. */
record RecordedFigures(long events, long sumMicros, long sumX, long sumY, long on, String first, String last) {
    /** The events of {@code tonic_ncars_sample.dat}, which are in many of the files. */
    static final RecordedFigures NCARS =
        new RecordedFigures(2009, 98196680, 93457, 40463, 1350, "(0, 25, 8, 0)", "(99952, 75, 28, 1)");

    static RecordedFigures of(final EventBatch events) {
        long micros = 0;
        long x = 0;
        long y = 0;
        long on = 0;
        for (int i = 0; i < events.size(); i++) {
            micros += events.micros(i);
            x += events.x(i);
            y += events.y(i);
            on += events.polarity(i);
        }
        return new RecordedFigures(
            events.size(), micros, x, y, on, event(events, 0), event(events, events.size() - 1));
    }

    private static String event(final EventBatch events, final int i) {
        return "(" + events.micros(i) + ", " + events.x(i) + ", " + events.y(i) + ", " + events.polarity(i) + ")";
    }

    /** Reads a recording whose format is found out from its bytes and must be that; there must be no warning. */
    static EventBatch read(final Path file, final String format) throws IOException {
        assertTrue(EventFormats.recognise(file).filter(found -> found.name().equals(format)).isPresent(),
            () -> file + " is not taken for " + format);
        try (EventReader reader = EventFormats.open(file)) {
            final EventBatch events = reader.readAll();
            assertEquals(List.of(), reader.warnings());
            assertEquals(1.0, reader.progress());
            return events;
        }
    }
}
