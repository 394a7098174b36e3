package org.spikemeter.dvs.format.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.Recordings;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.engine.FormatException;

class TextFormatTest {
    private static final EventFormat TEXT = new TextFormat();
    private static final EventFormat CSV = new CsvFormat();

    @TempDir
    private Path folder;

    private Path file(final String text) throws IOException {
        return Files.write(folder.resolve("events"), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Events of a file that is recognised. */
    private List<String> read(final EventFormat format, final String text) throws IOException {
        final Path file = file(text);
        assertEquals(Optional.of(format.name()), EventFormats.recognise(file).map(EventFormat::name), text);
        final Recordings.Reading reading = Recordings.read(format, file);
        assertEquals(List.of(), reading.warnings());
        return reading.events();
    }

    @Test
    void shouldReadSecondsBetweenBlanks() throws IOException {
        final List<String> expected = List.of("0 30 134 0", "779 158 59 1", "15 7 8 0", "2000000 1 2 1");
        final String text = "0.000000000 30 134 0\n0.000779\t158  59 1\n1.5e-05 7 8 -1\n2 1 2 1";
        assertEquals(expected, read(TEXT, text));
        assertEquals(expected, read(TEXT, text.replace("\n", "\r\n") + "\r\n"));
        assertEquals(expected, read(TEXT, "# v2e\n\n" + text.replace("\n", "\n# between\n") + "\n\n"));
        assertEquals(expected, read(TEXT, "\u00ef\u00bb\u00bf" + text.replace("\n", "  \n ")));
    }

    @Test
    void shouldReadMicrosecondsWhereAllTimesAreWhole() throws IOException {
        assertEquals(List.of("0 30 134 0", "779 158 59 1"), read(TEXT, "0 30 134 0\n779 158 59 1\n"));
        assertEquals(List.of("0 30 134 0", "779 158 59 1"), read(CSV, "30,134,0,0\n158,59,1,779\n"));
    }

    @Test
    void shouldReadTheSizeOfTheSensor() throws IOException {
        for (final String text : List.of("240 180\n0.5 239 179 1\n0.75 240 0 1\n0.8 0 180 1\n",
            "%geometry:240,180\n0.5 239 179 1\n0.75 240 0 1\n0.8 0 180 1\n",
            "t x@240 y@180 on\r\n0.5 239 179 1\r\n0.75 240 0 1\r\n0.8 0 180 1\r\n")) {
            final Path file = file(text);
            assertEquals("text", EventFormats.recognise(file).orElseThrow().name());
            try (EventReader reader = TEXT.open(file, Optional.empty())) {
                assertEquals(Optional.of(new SensorSize(240, 180)), reader.size());
                assertEquals(1, reader.readAll().size());
                assertTrue(reader.warnings().getFirst().contains("event outside the sensor's area, left out (line 3: x "
                    + "240, y 0, expected x below 240 and y below 180), and 1 more of the kind"),
                    reader.warnings().getFirst());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x,y,p,t | 3,4,1,5 | 5", "t,x,y,p | 5,3,4,1 | 5", "t_s,x,y,p | 5,3,4,1 | 5000000",
        "timestamp,x,y,polarity | 0.5,3,4,1 | 500000", "x,y,polarity,timestamp_us | 3,4,1,5.5 | 6",
        "on,time_ms,y,x | true,5,4,3 | 5000", "index,t[us],X,Y,Pol,frame | 9,5,3,4,1, | 5",
        "'\"t\", \"x\", \"y\", \"p\"' | 5, 3, 4, 1 | 5", "t_ns,x,y,p | 5000,3,4,+1 | 5",
        "t_us,time_frame,x,y,p | 5.0,7,3,4,1 | 5"})
    void shouldBelieveNames(final String names, final String line, final long micros) throws IOException {
        final String expected = micros + " 3 4 1";
        final String header = names.replace("'", "");
        assertEquals(List.of(expected), read(CSV, header + "\n" + line + "\n"));
        assertEquals(List.of(expected), read(CSV, "# " + header + "\r\n" + line + "\r\n"));
        assertEquals(List.of(), read(CSV, header));
        if (!line.endsWith(",") && !header.contains(" ")) {
            assertEquals(List.of(expected), read(TEXT, (header + "\n" + line).replace(',', ' ')));
        }
    }

    @Test
    void shouldFindColumnsThatAreNotNamed() throws IOException {
        assertEquals(List.of("1 1 1 1"), read(CSV, "1,1,1,1"));
        assertEquals(List.of("200 3 4 1", "201 0 1 0"), read(CSV, "200,3,4,1\n201,0,1,0\n"));
        assertEquals(List.of("200000 3 4 1"), read(CSV, "0.2,3,4,1"));
        assertEquals(List.of("200 3 4 1", "201 0 1 0"), read(TEXT, "3 4 1 200\n0 1 0 201\n"));
    }

    @Test
    void shouldLeaveOutLinesThatAreNoEvents() throws IOException {
        final Path file = file("1,2,0,3\n1,2,0,4\n1,2,0\n1,2,0,5\n1,2,5,5\n1,2,0,6\n9\n1,2,0,7\n");
        assertEquals(new Recordings.Reading(
            List.of("3 1 2 0", "4 1 2 0", "5 1 2 0", "6 1 2 0", "7 1 2 0"),
            List.of(file + ": byte 16: line that is no event, left out (line 3: found 3 fields in '1,2,0', expected 4"
                + " (xypt)), and 2 more of the kind")), Recordings.read(CSV, file));
    }

    /** The first 100 lines say microseconds. */
    @Test
    void shouldLeaveOutTimesWithAPointAmongWholeOnes() throws IOException {
        final Recordings.Reading reading = Recordings.read(TEXT, file("7 1 2 0\n".repeat(100) + "7.5 1 2 0\n"));
        assertEquals(100, reading.events().size());
        assertTrue(reading.warnings().getFirst().endsWith("(line 101: found '7.5' in column 1, expected a whole number"
            + " of microseconds as in the first lines)"), reading.warnings().getFirst());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a b c d | byte 0: found columns 'a b c d', expected names of time (t, t_s, t_us, timestamp), x, y and",
        "t x y t p | byte 0: found columns", "t_h x y p | byte 0: found columns",
        "1 2 3 | byte 0: 1 of the first 1 lines are no events: found 3 fields in '1 2 3', expected 4 (txyp)",
        "1 2 3 4 | byte 0: 1 of the first 1 lines are no events: found '4' in column 4, expected polarity",
        "99999999999999999999 2 3 1 | byte 0: 1 of the first 1 lines are no events: found '99999999999999999999'"})
    void shouldRefuseOtherFiles(final String text, final String message) throws IOException {
        final Path file = file(text);
        assertEquals(Optional.empty(), EventFormats.recognise(file).map(EventFormat::name)
            .filter(name -> !name.equals("nmnist")));
        final String found = assertThrows(FormatException.class, () -> Recordings.read(TEXT, file)).getMessage();
        assertTrue(found.startsWith(file + ": " + message), found);
    }

    @Test
    void shouldBelieveVariants() throws IOException {
        final Path ones = file("1,1,1,5\n5,1,1,1\n6,1,1,1\n");
        assertEquals(List.of("5 1 1 1", "1 5 1 1", "1 6 1 1"), Recordings.read(CSV, ones, "openeb", 9).events());
        final Path named = file("t,x,y,p\n1,2,1,3\n4,5,1,6\n");
        assertEquals(new Recordings.Reading(List.of("3 1 2 1", "6 4 5 1"),
            List.of(named + ": byte 0: line that is no event, left out (line 1: found 't' in column 1, expected x of 0"
                + " to 32767)")), Recordings.read(CSV, named, "openeb", 9));
        assertRefused(CSV, "1,1,1,5\n", "header", "found no names of columns, expected one before the events");
        assertRefused(TEXT, "0.5 1 1 1\n", "size", "found no width and height of the sensor, expected one before");
    }

    private void assertRefused(final EventFormat format, final String text, final String variant,
        final String message) throws IOException {
        final Path file = file(text);
        final String found =
            assertThrows(FormatException.class, () -> Recordings.read(format, file, variant, 9)).getMessage();
        assertTrue(found.startsWith(file + ": byte 0: " + message), found);
    }

    /** 4096 bytes are read, one more is not, be it at the start, in the middle or at the end, short or far. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3000, 70_000})
    void shouldRefuseLinesThatAreTooLong(final int before) throws IOException {
        final String line = "0.5 1 2 1\n";
        for (final String end : List.of("\n" + line, "\n", "")) {
            for (final String pad : List.of("0", " ", "#")) {
                final String number = (pad.equals("0") ? "1." : pad.equals("#") ? "#" : "1");
                final String rest = pad.equals("#") ? "" : " 1 2 1";
                final int fill = 4096 - number.length() - rest.length();
                final String longest = line.repeat(before) + number + pad.repeat(fill) + rest + end;
                assertEquals(before + (pad.equals("#") ? 0 : 1) + (end.length() > 1 ? 1 : 0),
                    Recordings.read(TEXT, file(longest)).events().size());
                final Path file = file(line.repeat(before) + number + pad.repeat(fill + 1) + rest + end);
                final String found =
                    assertThrows(FormatException.class, () -> Recordings.read(TEXT, file)).getMessage();
                assertEquals(file + ": byte " + before * line.length() + ": line " + (before + 1)
                    + " has more than 4096 bytes", found);
            }
        }
    }

    @Test
    void shouldRefuseBytesWithoutLines() throws IOException {
        final Path file = file("1".repeat(1_000_000));
        assertThrows(FormatException.class, () -> Recordings.read(TEXT, file));
        assertThrows(FormatException.class, () -> Recordings.read(CSV, file));
    }

    @Test
    void shouldReadTheSameWhereverWindowsEnd() throws IOException {
        final SplittableRandom random = new SplittableRandom(3);
        final List<String> expected = new ArrayList<>();
        final StringBuilder text = new StringBuilder("# comment\nt x y p\n");
        long micros = 0;
        for (int i = 0; i < 30_000; i++) {
            micros += random.nextInt(1 << random.nextInt(1, 20));
            final int x = random.nextInt(1 << random.nextInt(1, 16));
            expected.add(micros + " " + x + " 7 " + (x & 1));
            text.append(micros / 1_000_000).append('.').append(String.format("%06d", micros % 1_000_000)).append(' ')
                .append(x).append(random.nextInt(50) == 0 ? "  7 " : " 7 ").append(x & 1)
                .append(random.nextInt(50) == 0 ? "\n\n" : "\n");
        }
        final Path file = file(text.toString());
        for (final int capacity : new int[] {1, 7, 8192, 100_000}) {
            assertEquals(new Recordings.Reading(expected, List.of()), Recordings.read(TEXT, file, null, capacity));
        }
    }

    @Test
    void shouldNotTakeOtherBytesForText() throws IOException {
        final SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 20_000; i++) {
            final byte[] bytes = new byte[random.nextInt(1, 400)];
            random.nextBytes(bytes);
            assertNoText(bytes, "random " + i);
        }
        final byte[] events = "0.5 1 2 1\n0.6 1 2 1\n".repeat(20).getBytes(StandardCharsets.US_ASCII);
        for (final byte bad : new byte[] {0, 1, 8, 11, 27, 31}) {
            final byte[] binary = events.clone();
            binary[random.nextInt(binary.length)] = bad;
            assertNoText(binary, "byte " + bad);
        }
        for (final String other : List.of("", "\n", "# only a comment\n", "{\n \"n\": 3\n}\n", "240 180\n",
            "#!AER-DAT2.0\r\n# and more\r\n", "% evt 3.0\n% end\n", "one two three four\n1 2 3 1\n",
            "a,b,c,d\n1,2,0,5\n", "Of these lines\nonly the last\nis one:\n1 2 3 1\n")) {
            assertNoText(other.getBytes(StandardCharsets.US_ASCII), other);
        }
    }

    private void assertNoText(final byte[] bytes, final String what) throws IOException {
        final Path file = folder.resolve("other");
        // the same file each time: made anew 20,000 times, it would take the disk a minute
        try (RandomAccessFile other = new RandomAccessFile(file.toFile(), "rw")) {
            other.setLength(bytes.length);
            other.write(bytes);
        }
        for (final EventFormat format : List.of(TEXT, CSV)) {
            assertTrue(!format.recognises(bytes, file), what);
        }
    }

    @Test
    void shouldWriteLinesAsPeersDo() throws IOException {
        final EventBatch events = new EventBatch();
        events.add(-1_500_000, EventWord.of(0, 32767, 1));
        events.add(0, EventWord.of(10, 9, 0));
        events.add(999_999, EventWord.of(100, 99, 1));
        events.add(999_999_999_999_999_999L, EventWord.of(32767, 0, 0));
        assertEquals("-1.500000 0 32767 1\n0.000000 10 9 0\n0.999999 100 99 1\n999999999999.999999 32767 0 0\n",
            written(TEXT, null, null, events));
        assertEquals("0,32767,1,-1500000\n10,9,0,0\n100,99,1,999999\n32767,0,0,999999999999999999\n",
            written(CSV, null, null, events));
        events.clear();
        events.add(5, EventWord.of(3, 4, 1));
        assertEquals("5 6\n0.000005 3 4 1\n", written(TEXT, "size", new SensorSize(5, 6), events));
        assertEquals("x,y,p,t\n3,4,1,5\n", written(CSV, "header", new SensorSize(5, 6), events));
    }

    private String written(final EventFormat format, final String variant, final SensorSize size,
        final EventBatch events) throws IOException {
        final Path file = folder.resolve("written");
        Recordings.write(format, file, size, variant, events);
        return Files.readString(file);
    }

    @Test
    void shouldRefuseEventsThatItCannotHold() {
        for (final long micros : new long[] {1_000_000_000_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE}) {
            final EventBatch events = new EventBatch();
            events.add(micros, 0);
            final String found =
                assertThrows(FormatException.class, () -> written(TEXT, null, null, events)).getMessage();
            assertTrue(found.contains("written: event 0 is at x 0, y 0, " + micros + " us: text holds"), found);
        }
        final EventBatch outside = new EventBatch();
        outside.add(0, EventWord.of(5, 0, 0));
        assertThrows(FormatException.class, () -> written(TEXT, "size", new SensorSize(5, 6), outside));
        assertThrows(IllegalArgumentException.class, () -> written(TEXT, "size", null, outside));
    }
}
