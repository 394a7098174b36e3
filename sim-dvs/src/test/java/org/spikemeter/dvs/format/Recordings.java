package org.spikemeter.dvs.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.dvs.format.io.EventOutput;

/** Reads and writes small recordings for the tests of formats. */
public final class Recordings {
    private Recordings() {
    }

    /** What a reader gave: events as {@code t x y p}, and its warnings. */
    public record Reading(List<String> events, List<String> warnings) {
    }

    /** Reads a file to its end. */
    public static Reading read(final EventFormat format, final Path file, final String variant, final int capacity)
        throws IOException {
        final List<String> events = new ArrayList<>();
        final EventBatch batch = new EventBatch(capacity);
        try (EventReader reader = format.open(file, Optional.ofNullable(variant))) {
            while (reader.read(batch)) {
                for (int i = 0; i < batch.size(); i++) {
                    events.add(batch.micros(i) + " " + batch.x(i) + " " + batch.y(i) + " " + batch.polarity(i));
                }
            }
            return new Reading(events, reader.warnings());
        }
    }

    /** Reads a file to its end, of the variant that it says. */
    public static Reading read(final EventFormat format, final Path file) throws IOException {
        return read(format, file, null, EventBatch.DEFAULT_CAPACITY);
    }

    /** Writes a file. */
    public static void write(final EventFormat format, final Path file, final SensorSize size, final String variant,
        final EventBatch events) throws IOException {
        try (EventOutput out = EventOutput.to(file, file.toString())) {
            final EventWriter writer = format.create(out, Optional.ofNullable(size), Optional.ofNullable(variant));
            writer.write(events);
            writer.finish();
        }
    }
}
