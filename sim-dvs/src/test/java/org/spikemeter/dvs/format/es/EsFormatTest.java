package org.spikemeter.dvs.format.es;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.Recordings;
import org.spikemeter.engine.FormatException;

class EsFormatTest {
    private static final EsFormat FORMAT = new EsFormat();
    private static final int DVS = 1;
    private static final int ATIS = 2;

    @TempDir
    private Path folder;

    /** A file of version 2.0.0 and a sensor of 320 x 240. */
    private Path file(final int kind, final int... body) throws IOException {
        return file(2, kind, new int[] {0x40, 0x01, 0xf0, 0x00}, body);
    }

    private Path file(final int version, final int kind, final int[] sides, final int... body) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("Event Stream".getBytes());
        for (final int[] part : new int[][] {{version, 0, 0, kind}, sides, body}) {
            Arrays.stream(part).forEach(bytes::write);
        }
        return Files.write(folder.resolve("events.es"), bytes.toByteArray());
    }

    /** The first event is at x 258, y 3 from below. */
    @Test
    void shouldReadEventsOfADvsWithYTurned() throws IOException {
        final Path file = file(DVS,
            10 << 1 | 1, 2, 1, 3, 0,
            0, 0, 0, 239, 0,
            126 << 1 | 1, 63, 1, 0, 0);
        assertTrue(FORMAT.recognises(Files.readAllBytes(file), file));
        assertEquals(new Recordings.Reading(List.of("10 258 236 1", "10 0 0 0", "136 319 239 1"), List.of()),
            Recordings.read(FORMAT, file));
    }

    @Test
    void shouldAddOverflowsAndPassResets() throws IOException {
        final Path file = file(DVS,
            0xff, 0xff, 3 << 1, 1, 0, 1, 0,
            0xfe, 0xfe, 0xfe, 0xfe, 0xfe,
            4 << 1, 1, 0, 1, 0,
            0xff, 0xfe);
        assertEquals(new Recordings.Reading(List.of("257 1 238 0", "261 1 238 0"), List.of()),
            Recordings.read(FORMAT, file));
    }

    /** First byte: exposure measurement, polarity, time; 0xfc to 0xff are 0 to 3 times 63 us. */
    @Test
    void shouldReadChangesOfAnAtisAndNoExposures() throws IOException {
        final Path file = file(ATIS,
            5 << 2 | 2, 7, 0, 8, 0,
            6 << 2 | 1, 7, 0, 8, 0,
            0xfc, 0xfd, 0xff,
            7 << 2 | 3, 7, 0, 8, 0,
            62 << 2, 9, 0, 0, 0);
        assertEquals(new Recordings.Reading(List.of("5 7 231 1", 5 + 6 + 4 * 63 + 7 + 62 + " 9 239 0"), List.of()),
            Recordings.read(FORMAT, file));
    }

    /** More overflows than a window has bytes stand between the events. */
    @ParameterizedTest
    @ValueSource(ints = {65_531, 65_535, 65_536, 200_000})
    void shouldReadOnAcrossWindows(final int overflows) throws IOException {
        final int[] body = new int[5 + overflows + 5];
        Arrays.fill(body, 5, 5 + overflows, 0xff);
        assertEquals(List.of("0 0 239 0", 127L * overflows + " 0 239 0"),
            Recordings.read(FORMAT, file(DVS, body), null, 1).events());
    }

    @Test
    void shouldLeaveOutWhatIsOutsideOrCut() throws IOException {
        final Recordings.Reading reading = Recordings.read(FORMAT, file(DVS,
            2, 64, 1, 0, 0,
            2, 0, 0, 240, 0,
            2, 0, 0, 0, 0,
            0xff, 2, 0, 0, 0));
        assertEquals(List.of("3 0 239 0"), reading.events());
        assertEquals(2, reading.warnings().size());
        assertTrue(reading.warnings().get(0).contains("byte 20: event outside the sensor's area, left out (x 320, y 0,")
            && reading.warnings().get(0).endsWith("and 1 more of the kind"), reading.warnings().get(0));
        assertTrue(reading.warnings().get(1).contains("byte 36: the last event is cut, left out (found 4 bytes"),
            reading.warnings().get(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0 | byte 15: found kind 0 (generic events), expected 1 (events of a DVS) or 2",
        "3 | byte 15: found kind 3 (events for a display)", "4 | byte 15: found kind 4 (colours)",
        "9 | byte 15: found kind 9, expected"})
    void shouldRefuseOtherKinds(final int kind, final String message) throws IOException {
        assertRefused(file(kind, 0, 0, 0, 0), message);
    }

    @Test
    void shouldRefuseOtherVersionsSidesAndBytes() throws IOException {
        assertRefused(file(1, DVS, new int[] {1, 0, 1, 0}), "byte 12: found Event Stream 1.0.0, expected version 2");
        assertRefused(file(2, DVS, new int[] {0, 0, 1, 0}), "byte 16: found a sensor of 0 x 1 pixels");
        assertRefused(file(2, DVS, new int[] {1, 0, 1, 0x80}), "byte 16: found a sensor of 1 x 32769 pixels");
        assertRefused(file(2, DVS, new int[] {1, 0, 1}), "byte 16: the sensor's width and height needs 4 bytes");
        final Path other = Files.writeString(folder.resolve("other.es"), "Event Steam, and so on");
        assertRefused(other, "byte 0: found no mark of an Event Stream");
        assertFalse(FORMAT.recognises(Files.readAllBytes(other), other));
    }

    private void assertRefused(final Path file, final String message) {
        final String found =
            assertThrows(FormatException.class, () -> Recordings.read(FORMAT, file)).getMessage();
        assertTrue(found.startsWith(file + ": " + message), found);
    }

    @Test
    void shouldWriteTheBytesOfTheSpecification() throws IOException {
        final EventBatch events = new EventBatch();
        events.add(126, EventWord.of(258, 236, 1));
        events.add(126, EventWord.of(0, 0, 0));
        events.add(126 + 127, EventWord.of(319, 239, 1));
        events.add(126 + 127 + 2 * 127 + 5, EventWord.of(1, 1, 1));
        final Path written = folder.resolve("written.es");
        Recordings.write(FORMAT, written, new SensorSize(320, 240), null, events);
        assertArrayEquals(Files.readAllBytes(file(DVS,
            126 << 1 | 1, 2, 1, 3, 0,
            0, 0, 0, 239, 0,
            0xff, 1, 63, 1, 0, 0,
            0xff, 0xff, 5 << 1 | 1, 1, 0, 238, 0)), Files.readAllBytes(written));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "100 | 320 | 0 | event 1 is at x 320, y 0: expected a place in 320 x 240 pixels",
        "99 | 0 | 0 | event 1 is at 99 us: Event Stream holds no time before that of the event before, 100 us",
        "4294967397 | 0 | 0 | event 1 is at 4294967397 us: Event Stream holds no time after 4294967396 us",
        "-9223372036854775808 | 0 | 0 | event 1 is at -9223"})
    void shouldRefuseEventsThatItCannotHold(final long micros, final int x, final int y, final String message) {
        final EventBatch events = new EventBatch();
        events.add(100, EventWord.of(319, 239, 1));
        events.add(micros, EventWord.of(x, y, 1));
        final Path written = folder.resolve("bad.es");
        final String found = assertThrows(FormatException.class,
            () -> Recordings.write(FORMAT, written, new SensorSize(320, 240), null, events)).getMessage();
        assertTrue(found.startsWith(written + ": " + message), found);
    }
}
