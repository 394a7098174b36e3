package org.spikemeter.dvs.format.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.engine.FormatException;

/** Events made up for tests, and what is done with them in all formats of arrays. */
public final class TestEvents {
    private TestEvents() {
    }

    /** Events with times that ascend, now and then by much. */
    public static EventBatch random(final Random random, final int count, final int width, final int height) {
        final EventBatch events = new EventBatch(Math.max(1, count));
        long micros = random.nextInt(1000);
        for (int i = 0; i < count; i++) {
            micros += random.nextInt(50) == 0 ? random.nextInt(1 << 20) : random.nextInt(3);
            events.add(micros, EventWord.of(random.nextInt(width), random.nextInt(height), random.nextInt(2)));
        }
        return events;
    }

    /** Writes events in batches of odd sizes. */
    public static void write(final EventFormat format, final Optional<String> variant, final EventBatch events,
        final Path file) throws IOException {
        try (EventOutput out = EventOutput.to(file, file.toString())) {
            final EventWriter writer = format.create(out, Optional.empty(), variant);
            for (int first = 0; first < events.size(); first += 997) {
                final EventBatch part = new EventBatch();
                for (int i = first; i < Math.min(events.size(), first + 997); i++) {
                    part.add(events.micros(i), events.word(i));
                }
                writer.write(part);
            }
            writer.finish();
        }
    }

    /** Reads all events; there must be no warning. */
    public static EventBatch read(final EventFormat format, final Path file) throws IOException {
        return read(format, Optional.empty(), file);
    }

    /** Reads all events as a variant; there must be no warning. */
    public static EventBatch read(final EventFormat format, final Optional<String> variant, final Path file)
        throws IOException {
        try (EventReader reader = format.open(file, variant)) {
            final EventBatch all = reader.readAll();
            assertEquals(List.of(), reader.warnings());
            assertEquals(1.0, reader.progress());
            assertFalse(reader.read(new EventBatch(1)));
            return all;
        }
    }

    /** The same events in the same order. */
    public static void assertSame(final EventBatch expected, final EventBatch found) {
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            final int at = i;
            assertEquals(expected.micros(i), found.micros(i), () -> "time of event " + at);
            assertEquals(expected.word(i), found.word(i), () -> "word of event " + at);
        }
    }

    /** True where damaged bytes are read to the end; else they are rejected in the way that they must be. */
    public static boolean readsOrRejects(final EventFormat format, final byte[] bytes, final Path file)
        throws IOException {
        Files.write(file, bytes);
        format.recognises(Arrays.copyOf(bytes, Math.min(bytes.length, EventFormat.HEAD_BYTES)), file);
        try (EventReader reader = format.open(file, Optional.empty())) {
            final EventBatch batch = new EventBatch(64);
            final SensorSize area = reader.size().orElse(SensorSize.LARGEST);
            while (reader.read(batch)) {
                assertTrue(batch.size() > 0 && batch.size() <= 64);
                for (int i = 0; i < batch.size(); i++) {
                    assertTrue(batch.word(i) >= 0 && area.contains(batch.x(i), batch.y(i)));
                }
            }
            return true;
        } catch (final FormatException rejected) {
            assertTrue(rejected.getMessage().startsWith(file.toString()), rejected.getMessage());
            return false;
        }
    }
}
