package org.spikemeter.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventFormat;

/**
 * Recordings of others, read here, against what their own decoders say of them: number, first and last event, sums,
 * and for some the digest of all events. A recording of a format that is not known here is skipped, visibly.
 */
class ManifestTest {
    /** Of time, x, y and polarity: 8, 2, 2 and 1 bytes. */
    private static final int DIGESTED_BYTES = 13;

    @Test
    void shouldKnowWhatIsSaidOfRecordings() throws IOException {
        final List<Manifest.Row> rows = Manifest.rows();
        final long recordings = rows.stream().filter(Manifest.Row::isRecording).count();
        assertTrue(recordings >= 34, recordings + " of " + rows.size());
        for (final Manifest.Row row : rows) {
            assertEquals(row.bytes(), Files.size(row.path()), row.name());
            if (row.name().endsWith(".json")) {
                assertEquals(Optional.empty(), EventFormats.recognise(row.path()), row.name());
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> shouldReadEventsOfOthersAsTheyDo() throws IOException {
        return Manifest.rows().stream().filter(Manifest.Row::isRecording)
            .map(row -> DynamicTest.dynamicTest(row.name(), () -> compare(row)));
    }

    private static void compare(final Manifest.Row row) throws IOException {
        final Optional<EventFormat> format = EventFormats.recognise(row.path());
        Assumptions.assumeTrue(format.isPresent(),
            () -> row.name() + " is of no format that is known: " + row.format());
        final String name = format.orElseThrow().name();
        for (final int capacity : new int[] {EventBatch.DEFAULT_CAPACITY, 7}) {
            try (EventReader reader = EventFormats.open(row.path())) {
                final EventBatch events = EventFiles.read(reader, capacity);
                final Map<String, String> found = figures(inTheirRows(events, reader, name),
                    Long.parseLong(row.figures().getOrDefault("t0", "0")));
                final String what = name + ", batches of " + capacity + ", " + reader.warnings();
                assertFalse(row.figures().isEmpty(), what);
                row.figures().forEach((figure, expected) ->
                    assertTrue(figure.startsWith("sha") ? found.get(figure).startsWith(expected)
                        : expected.equals(found.get(figure)),
                        () -> figure + ": expected " + expected + ", found " + found.get(figure) + " (" + what + ")"));
            }
        }
    }

    /**
     * Event Stream counts rows from the lower edge, and so do the figures of its decoders, where we count from the
     * upper edge as in every other format.
     */
    private static EventBatch inTheirRows(final EventBatch events, final EventReader reader, final String format) {
        if (!format.equals("es")) {
            return events;
        }
        final int height = reader.size().orElseThrow().height();
        final EventBatch turned = new EventBatch();
        for (int i = 0; i < events.size(); i++) {
            turned.add(events.micros(i), EventWord.of(events.x(i), height - 1 - events.y(i), events.polarity(i)));
        }
        return turned;
    }

    /** In our rows, the sum of y is what is left of it; the picture's first row is scanned first. */
    @Test
    void shouldTurnRowsOfEventStream() throws IOException {
        final Manifest.Row row =
            Manifest.rows().stream().filter(each -> each.name().equals("faery_dvs.es")).findFirst().orElseThrow();
        try (EventReader reader = EventFormats.open(row.path())) {
            final Map<String, String> found = figures(reader.readAll(), 0);
            assertEquals(239 * 473_225L - Long.parseLong(row.figures().get("sum_y")),
                Long.parseLong(found.get("sum_y")));
            assertEquals("(0, 0, 239, 1)", row.figures().get("first"));
            assertEquals("(0, 0, 0, 1)", found.get("first"));
            assertEquals(List.of(), reader.warnings());
        }
    }

    private static Map<String, String> figures(final EventBatch events, final long t0) {
        final ByteBuffer digested =
            ByteBuffer.allocate(DIGESTED_BYTES * events.size()).order(ByteOrder.LITTLE_ENDIAN);
        long sumT = 0;
        long sumSince = 0;
        long sumX = 0;
        long sumY = 0;
        long on = 0;
        for (int i = 0; i < events.size(); i++) {
            sumT += events.micros(i);
            sumSince += events.micros(i) - t0;
            sumX += events.x(i);
            sumY += events.y(i);
            on += events.polarity(i);
            digested.putLong(events.micros(i)).putShort((short) events.x(i)).putShort((short) events.y(i))
                .put((byte) events.polarity(i));
        }
        final Map<String, String> figures = new LinkedHashMap<>();
        figures.put("n", String.valueOf(events.size()));
        figures.put("t0", String.valueOf(t0));
        figures.put("sum_t", String.valueOf(sumT));
        figures.put("sum(t-t0)", String.valueOf(sumSince));
        figures.put("sum_x", String.valueOf(sumX));
        figures.put("sum_y", String.valueOf(sumY));
        figures.put("n_on", String.valueOf(on));
        figures.put("first", events.isEmpty() ? "none" : event(events, 0));
        figures.put("last", events.isEmpty() ? "none" : event(events, events.size() - 1));
        figures.put("sha256_13B", digest(digested.array()));
        return figures;
    }

    private static String event(final EventBatch events, final int index) {
        return "(" + events.micros(index) + ", " + events.x(index) + ", " + events.y(index) + ", "
            + events.polarity(index) + ")";
    }

    private static String digest(final byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (final NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
