package org.spikemeter.dvs.format.prophesee;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.engine.FormatException;

/** DAT files, made by hand. */
class DatTest {
    private static final String HEADER = "% Version 2\n% Height 240\n% Width 304\n";
    private static final String KIND = "\14\10";

    @TempDir
    private Path folder;

    private List<String> read(final String header, final long... records) throws IOException {
        return Words.read(new DatFormat(), folder.resolve("a.dat"), Words.longs(header, records));
    }

    private static long record(final long micros, final int x, final int y, final int polarity) {
        return (long) polarity << 60 | (long) y << 46 | (long) x << 32 | micros & 0xffffffffL;
    }

    @Test
    void shouldReadRecords() throws IOException {
        for (final String kind : List.of(KIND, "\0\10")) {
            assertEquals(List.of("5 303 239 1", "4294967295 0 0 0"),
                read(HEADER + kind, record(5, 303, 239, 1), 7L << 61 | record(0xffffffffL, 0, 0, 0)));
        }
        assertEquals(List.of("1 16383 16383 1"), read("% Version 2\n% end\n" + KIND, record(1, 16383, 16383, 1)));
    }

    @Test
    void shouldUndoLoopsButNotStepsBack() throws IOException {
        assertEquals(List.of("4294967290 1 1 0", "4294967297 1 1 0", "4294967296 1 1 0", "8589934592 1 1 0"),
            read(HEADER + KIND, record(0xfffffffaL, 1, 1, 0), record(1, 1, 1, 0), record(0, 1, 1, 0),
                record(0x80000000L, 304, 1, 0), record(0, 1, 1, 0)).subList(0, 4));
    }

    /** The last one before the wrap comes after the first one behind it. */
    @Test
    void shouldNotCountLoopTwiceWhenAnEventIsLate() throws IOException {
        assertEquals(List.of("4294967294 1 1 0", "4294967299 1 1 0", "4294967295 1 1 0", "4294967301 1 1 0",
            "4294967396 1 1 0"), read(HEADER + KIND, record(0xfffffffeL, 1, 1, 0), record(3, 1, 1, 0),
                record(0xffffffffL, 1, 1, 0), record(5, 1, 1, 0), record(100, 1, 1, 0)));
    }

    @Test
    void shouldLeaveOutWhatIsOutsideOrCut() throws IOException {
        final byte[] whole = Words.longs(HEADER + KIND, record(1, 304, 3, 0), record(2, 1, 240, 0), record(3, 1, 1, 1));
        final int start = HEADER.length() + 2;
        assertEquals(List.of("3 1 1 1", "byte " + start + ": event outside the sensor's area, left out (found x 304, y"
            + " 3, expected 304 x 240), and 1 more of the kind", "byte " + (start + 24)
            + ": the last word is cut, left out (found 1 bytes, expected 8)"),
            Words.read(new DatFormat(), folder.resolve("a.dat"), Arrays.copyOf(whole, whole.length + 1)));
    }

    @Test
    void shouldRefuseOtherKindsClearly() throws IOException {
        final Path file = folder.resolve("a.dat");
        Files.writeString(file, HEADER + "\16\10", StandardCharsets.ISO_8859_1);
        assertEquals("dat", EventFormats.recognise(file).orElseThrow().name());
        assertEquals(file + ": byte " + HEADER.length() + ": found events of type 14 and 8 bytes, expected type 0 or 12"
            + " and 8 bytes (14 is triggers, 40 is optical flow)", refusal(file));
        Files.writeString(file, "% Version 1\n" + KIND, StandardCharsets.ISO_8859_1);
        assertEquals(file + ": byte 0: found DAT version '1', expected 2 or later", refusal(file));
        Files.writeString(file, HEADER + "\14", StandardCharsets.ISO_8859_1);
        assertEquals(file + ": byte " + HEADER.length()
            + ": the type and size of the events needs 2 bytes, found 1 before the end of the file", refusal(file));
        assertFalse(new DatFormat().recognises(Files.readAllBytes(file), file));
        assertTrue(new DatFormat().recognises((HEADER + KIND).getBytes(StandardCharsets.ISO_8859_1), file));
        assertFalse(new DatFormat().recognises(("% evt 2.0\n" + KIND).getBytes(StandardCharsets.ISO_8859_1), file));
        assertFalse(new DatFormat().recognises(KIND.getBytes(StandardCharsets.ISO_8859_1), file));
    }

    private static String refusal(final Path file) {
        return assertThrows(FormatException.class, () -> new DatFormat().open(file, Optional.empty())).getMessage();
    }

    @Test
    void shouldWriteRecords() throws IOException {
        final byte[] file = Words.written(new DatFormat(), Optional.of(new SensorSize(304, 240)), Optional.empty(),
            Words.events(5, 303, 239, 1, 0xffffffffL, 0, 1, 0));
        assertArrayEquals(Words.longs("% Data file containing CD events.\n" + HEADER + KIND, record(5, 303, 239, 1),
            record(0xffffffffL, 0, 1, 0)), file);
        assertEquals("target: event 0 is at 4294967296 us: DAT holds no time after 4294967295 us here"
            + " (--origin first begins near 0)", assertThrows(FormatException.class,
                () -> Words.written(new DatFormat(), Optional.empty(), Optional.empty(),
                    Words.events(1L << 32, 0, 0, 0))).getMessage());
        assertThrows(FormatException.class, () -> Words.written(new DatFormat(), Optional.empty(), Optional.empty(),
            Words.events(1, 16384, 0, 0)));
    }
}
