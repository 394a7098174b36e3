package org.spikemeter.runtime.recording;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.engine.io.AtomicFile;

/**
 * Moves events from wherever they come into a file of some format, batch after batch. A file is written whole or not at
 * all.
 */
public final class EventCopy {
    private final RecordingOpener opener;
    private final EventFormats.Choice format;

    /**
     * A copy is made with it for each input.
     *
     * @param format of the output; one that is written
     */
    public EventCopy(final RecordingOpener opener, final EventFormats.Choice format) {
        this.opener = opener;
        this.format = format;
    }

    /**
     * What was copied.
     *
     * @param events number of events
     * @param durationMicros from the earliest to the latest
     * @param bytes that were written
     * @param foundSize the sensor's area, where it had to be found out from the events
     * @param warnings of the reader
     * @param notes of the reader
     */
    public record Copied(
        long events, long durationMicros, long bytes, Optional<SensorSize> foundSize, List<String> warnings,
        List<String> notes) {}

    /** Where the events of a reader go. */
    @FunctionalInterface
    private interface Sink {
        Copied take(EventReader reader, Optional<SensorSize> foundSize) throws IOException;
    }

    /**
     * Copies into a file, which is replaced where it exists, or into a device or a pipe.
     *
     * @throws org.spikemeter.engine.FormatException where the input is damaged, or the format cannot hold its events
     * @throws IllegalArgumentException where the format cannot hold a sensor of this size
     * @throws IOException where it cannot be read or written
     */
    public Copied toFile(final Path input, final Path target) throws IOException {
        final String name = target.toString();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            AtomicFile.requireWritable(target);
            try (OutputStream device = Files.newOutputStream(target)) {
                return toStream(input, device, name);
            }
        }
        return read(input, (reader, found) -> {
            final Copied[] copied = new Copied[1];
            AtomicFile.writePath(target,
                temporary -> copied[0] = copy(reader, EventOutput.to(temporary, name), found));
            return copied[0];
        });
    }

    /**
     * Copies into a stream, which stays open.
     *
     * @param name what messages call it
     * @throws IOException as {@link #toFile}, and where the format has to go back to what is written already
     */
    public Copied toStream(final Path input, final OutputStream stream, final String name) throws IOException {
        return read(input, (reader, found) -> copy(reader, EventOutput.to(stream, name), found));
    }

    private Copied read(final Path input, final Sink sink) throws IOException {
        if (!format.format().needsSize()) {
            try (EventReader reader = opener.open(input)) {
                return sink.take(reader, Optional.empty());
            }
        }
        try (SizedRecording recording = SizedRecording.open(input, opener)) {
            return sink.take(recording.reader(),
                recording.found() ? Optional.of(recording.area()) : Optional.empty());
        }
    }

    private Copied copy(final EventReader reader, final EventOutput output, final Optional<SensorSize> found)
        throws IOException {
        long events = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        try (EventOutput out = output; EventWriter writer = format.create(out, reader.size().or(() -> found))) {
            final EventBatch batch = new EventBatch();
            while (reader.read(batch)) {
                for (int i = 0; i < batch.size(); i++) {
                    first = Math.min(first, batch.micros(i));
                    last = Math.max(last, batch.micros(i));
                }
                events += batch.size();
                writer.write(batch);
            }
            writer.finish();
            return new Copied(events, events == 0 ? 0 : RecordingStatistics.distance(first, last), out.offset(),
                found, reader.warnings(), reader.notes());
        }
    }
}
