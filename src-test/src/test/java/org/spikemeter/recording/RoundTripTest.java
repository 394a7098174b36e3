package org.spikemeter.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.engine.FormatException;

/**
 * Every format that is written, in each variant: what was written is known by its bytes, read again as the same events
 * whatever the batches, and written again as the same bytes.
 */
class RoundTripTest {
    private static final long SEED = 20261125;
    private static final SensorSize SMALL = new SensorSize(34, 34);
    private static final int[] COUNTS = {0, 1, 2, 1000, 100_003};
    private static final List<SensorSize> LARGER = List.of(new SensorSize(128, 128), new SensorSize(240, 180),
        new SensorSize(346, 260), new SensorSize(640, 480), new SensorSize(1280, 720), new SensorSize(2048, 2048),
        SensorSize.LARGEST);
    /** Formats that may be nothing but events: of none of these, a file is empty and could be anything. */
    private static final Set<String> WITHOUT_MARK = Set.of("nmnist", "text", "csv");

    /** The bytes are those of another variant, where x and y mean something else: it must be asked for. */
    private static final Set<String> VARIANTS_WITHOUT_MARK = Set.of("aedat2:cifar10");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> shouldReadWhatWasWritten() {
        return EventFiles.written().stream().flatMap(choice -> IntStream.of(COUNTS)
            .mapToObj(count -> DynamicTest.dynamicTest(EventFiles.title(choice) + ", " + count + " events",
                () -> roundTrip(choice, SMALL, count))));
    }

    @TestFactory
    Stream<DynamicTest> shouldReadWhatWasWrittenOfLargerSensorsOrRefuseThem() {
        return EventFiles.written().stream().flatMap(choice -> LARGER.stream()
            .map(size -> DynamicTest.dynamicTest(EventFiles.title(choice) + ", " + size, () -> {
                try {
                    EventFiles.write(choice, folder.resolve("possible"), size, EventFiles.random(SEED, 1000, size));
                } catch (final IllegalArgumentException | FormatException e) {
                    assertRefusesFor(size, choice, e.getMessage());
                    return;
                }
                roundTrip(choice, size, 1000);
            })));
    }

    /** A refusal says what was asked for: a side, or an event that lies beyond those that are possible. */
    private void assertRefusesFor(final SensorSize size, final EventFormats.Choice choice, final String message) {
        assertTrue(message.contains(String.valueOf(size.width())) || message.contains(String.valueOf(size.height()))
            || message.matches("(?s).*event \\d+ .*"), EventFiles.title(choice) + ", " + size + ": " + message);
    }

    private void roundTrip(final EventFormats.Choice choice, final SensorSize size, final int count)
        throws IOException {
        final String what = EventFiles.title(choice) + ", " + size + ", " + count + " events, seed " + SEED;
        final EventBatch events = EventFiles.random(SEED + count, count, size);
        final Path file = folder.resolve("events-" + size.width() + "-" + count);
        EventFiles.write(choice, file, size, events);
        assertRecognised(choice.format(), file, count, what);
        for (final int capacity : new int[] {EventBatch.DEFAULT_CAPACITY, 1, 7}) {
            for (final EventFormats.Choice reading : readings(choice)) {
                try (EventReader reader = reading.open(file)) {
                    final String how = what + ", batches of " + capacity + ", read as " + EventFiles.title(reading);
                    assertTrue(reader.size().isEmpty() || reader.size().get().width() >= size.width()
                        && reader.size().get().height() >= size.height(), how + ": " + reader.size());
                    assertSame(events, EventFiles.read(reader, capacity), how);
                    assertEquals(List.of(), reader.warnings(), how);
                }
            }
        }
        final Path again = folder.resolve("again");
        try (EventReader reader = readings(choice).getFirst().open(file)) {
            EventFiles.write(choice, again, size, reader.readAll());
        }
        assertEquals(-1, Files.mismatch(file, again), what + ": other bytes the second time, from here");
    }

    /** As what the file says, and as the variant that it was written in. */
    private static List<EventFormats.Choice> readings(final EventFormats.Choice choice) {
        return VARIANTS_WITHOUT_MARK.contains(EventFiles.title(choice)) ? List.of(choice)
            : List.of(new EventFormats.Choice(choice.format(), Optional.empty()), choice);
    }

    private static void assertRecognised(final EventFormat format, final Path file, final int count,
        final String what) throws IOException {
        final Optional<String> found = EventFormats.recognise(file).map(EventFormat::name);
        final boolean mayBeAnything = count == 0 && WITHOUT_MARK.contains(format.name());
        assertEquals(format.name(), found.orElse(mayBeAnything ? format.name() : "none"), what);
    }

    private static void assertSame(final EventBatch expected, final EventBatch found, final String what) {
        for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
            if (expected.micros(i) != found.micros(i) || expected.word(i) != found.word(i)) {
                assertEquals(event(expected, i), event(found, i), what + ": event " + i);
            }
        }
        assertEquals(expected.size(), found.size(), what);
    }

    private static String event(final EventBatch events, final int index) {
        return events.micros(index) + " us, x " + events.x(index) + ", y " + events.y(index) + ", polarity "
            + events.polarity(index);
    }
}
