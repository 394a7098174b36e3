package org.spikemeter.dvs.format.npy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.array.TestEvents;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.importer.npy.NpyWriter;

final class NpyFormatTest {
    private static final NpyFormat FORMAT = new NpyFormat();

    @TempDir
    private Path folder;

    private Path file(final String descr, final boolean columnMajor, final ByteBuffer data, final long... shape)
        throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final String header = new String(NpyWriter.header(descr, shape), "ISO-8859-1");
        bytes.write((columnMajor ? header.replace("False", "True ") : header).getBytes("ISO-8859-1"));
        bytes.write(data.array(), 0, data.position());
        return Files.write(folder.resolve("a.npy"), bytes.toByteArray());
    }

    private static boolean recognised(final Path file) throws IOException {
        return EventFormats.recognise(file).map(format -> format.name().equals("npy")).orElse(false);
    }

    @ParameterizedTest
    @EnumSource(NpyLayout.class)
    void shouldReadBackWhatItWrote(final NpyLayout layout) throws IOException {
        for (final int count : new int[] {0, 1, 7, 8191, 8192, 8193, 20_011}) {
            final EventBatch events = TestEvents.random(new Random(count), count, 1280, 720);
            final Path file = folder.resolve("b.npy");
            TestEvents.write(FORMAT, Optional.of(layout.variant()), events, file);
            assertTrue(recognised(file), layout + " of " + count);
            // of one event alone nothing tells the order
            final Optional<String> asked = count == 1 ? Optional.of(layout.variant()) : Optional.empty();
            TestEvents.assertSame(events, TestEvents.read(FORMAT, asked, file));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "[('polarity', '|i1'), ('y', '>u2'), ('timestamp', '>i8'), ('x', '>i4')]; true",
        "[('Y', '<f8'), ('X', '<f4'), ('', '|V5'), ('ts', '<u8'), ('pol', '<i8'), ('more', '<f2')]; false",
        "[('t', '<f8'), ('on', '|b1'), ('x', '|u1'), ('y', '|u1')]; false",
    })
    void shouldReadFieldsOfAnyTypeInAnyOrder(final String descr, final boolean bigEndian) throws IOException {
        final Random random = new Random(descr.hashCode());
        final EventBatch events = TestEvents.random(random, 3001, 200, 100);
        final ByteBuffer data = ByteBuffer.allocate(3001 * 64)
            .order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < events.size(); i++) {
            final int x = events.x(i);
            final int y = events.y(i);
            final int p = events.polarity(i);
            if (bigEndian) {
                data.put((byte) (2 * p - 1)).putShort((short) y).putLong(events.micros(i)).putInt(x);
            } else if (descr.contains("pol")) {
                data.putDouble(y).putFloat(x).put(new byte[5]).putLong(events.micros(i)).putLong(2 * p - 1)
                    .putShort((short) random.nextInt());
            } else {
                data.putDouble(events.micros(i) / 1e6).put((byte) p).put((byte) x).put((byte) y);
            }
        }
        final Path file = file(descr, false, data, 3001);
        assertTrue(recognised(file));
        TestEvents.assertSame(events, TestEvents.read(FORMAT, file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<f4", "<f8", "<i4", "<u4", ">i8", ">f4"})
    void shouldReadTablesInBothAxisOrdersAndFindOutWhichColumnIsWhat(final String type) throws IOException {
        final EventBatch events = TestEvents.random(new Random(3), 501, 300, 200);
        for (final boolean columnMajor : new boolean[] {false, true}) {
            for (final String order : new String[] {"txyp", "xytp"}) {
                final ByteBuffer data = ByteBuffer.allocate(501 * 32)
                    .order(type.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < 501 * 4; i++) {
                    final int row = columnMajor ? i % 501 : i / 4;
                    final int column = columnMajor ? i / 501 : i % 4;
                    putNumber(data, type.substring(1), switch (order.charAt(column)) {
                        case 't' -> type.contains("f") ? milliseconds(row) / 1e3 : events.micros(row);
                        case 'x' -> events.x(row);
                        case 'y' -> events.y(row);
                        default -> 2 * events.polarity(row) - 1;
                    });
                }
                final Path file = file("'" + type + "'", columnMajor, data, 501, 4);
                final boolean unsigned = type.equals("<u4");
                assertEquals(!unsigned, recognised(file), "a polarity of 2^32 - 1 is none");
                final EventBatch found = unsigned ? events : TestEvents.read(FORMAT, file);
                for (int i = 0; i < 501; i++) {
                    assertEquals(type.contains("f") && !unsigned ? milliseconds(i) * 1000 : events.micros(i),
                        found.micros(i));
                    assertEquals(events.word(i), found.word(i));
                }
            }
        }
    }

    /** Few enough for float32 seconds to be near the microsecond. */
    private static long milliseconds(final int row) {
        return row / 4;
    }

    private static void putNumber(final ByteBuffer into, final String type, final double value) {
        switch (type) {
            case "f4" -> into.putFloat((float) value);
            case "f8" -> into.putDouble(value);
            case "i8" -> into.putLong((long) value);
            default -> into.putInt((int) (long) value);
        }
    }

    @Test
    void shouldBelieveOrderThatIsAskedFor() throws IOException {
        final ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        for (final int number : new int[] {1, 2, 3, 0, 4, 5, 6, 1}) {
            data.putInt(number);
        }
        final Path file = file("'<i4'", false, data, 2, 4);
        assertEquals(EventWord.of(2, 3, 0), TestEvents.read(FORMAT, file).word(0));
        try (EventReader reader = FORMAT.open(file, Optional.of("xytp"))) {
            final EventBatch events = reader.readAll();
            assertEquals(EventWord.of(1, 2, 0), events.word(0));
            assertEquals(6, events.micros(1));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '"', value = {
        "'|u1'; 3, 4, 5",
        "'|u1'; 15, 4",
        "'<i2'; 15, 4",
        "'<f4'; 3, 5, 1",
        "'<f4'; 5, 3, 4",
        "'<f4'; 15, 5",
        "'<i8'; 60",
        "[('a', '<i2'), ('b', '<i2')]; 15",
        "[('t', '<i2'), ('x', '<i2'), ('y', '<i2'), ('p', '|u1')]; 4, 2",
    })
    void shouldNotTakeFramesAndOtherArraysForEvents(final String descr, final String shape) throws IOException {
        final long[] sides = Arrays.stream(shape.split(", ")).mapToLong(Long::parseLong).toArray();
        final Path file = file(descr, false, ByteBuffer.allocate(1000).position(1000), sides);
        assertFalse(recognised(file));
        final String message =
            assertThrows(FormatException.class, () -> FORMAT.open(file, Optional.empty())).getMessage();
        assertTrue(message.startsWith(file + ": found a NumPy array of the shape [" + shape + "]"), message);
    }

    @Test
    void shouldNotTakeTableForEventsWhenItsRowsAreNone() throws IOException {
        final ByteBuffer data = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 100; i++) {
            data.putFloat(new Random(i).nextFloat());
        }
        assertFalse(recognised(file("'<f4'", false, data, 25, 4)));
    }

    @Test
    void shouldLeaveOutEventsOutsideOfAnySensorAndSayWhere() throws IOException {
        final ByteBuffer data = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        for (final double[] row : new double[][] {{0, 1, 2, 1}, {1, -1, 2, 1}, {2, 3, 32768, 0},
            {Double.NaN, 3, 3, 0}, {3, 32767, 0, Double.NaN}, {3, Double.NaN, 0, 0}, {4, 5, 6, -1}}) {
            for (final double number : row) {
                data.putDouble(number);
            }
        }
        final Path file = file("'<f8'", false, data, 7, 4);
        try (EventReader reader = FORMAT.open(file, Optional.of("txyp"))) {
            final EventBatch events = reader.readAll();
            assertEquals(2, events.size());
            assertEquals(4_000_000, events.micros(1));
            assertEquals(EventWord.of(5, 6, 0), events.word(1));
            assertEquals(List.of(file + ": byte 128: event outside the sensor's area, or at no possible time, left out"
                + " (it is one of the next rows; expected x and y within 32768 x 32768), and 4 more of the kind"),
                reader.warnings());
        }
    }

    @Test
    void shouldReadWhatIsThereWhenFileIsCut() throws IOException {
        final EventBatch events = TestEvents.random(new Random(1), 100, 30, 30);
        final Path file = folder.resolve("cut.npy");
        TestEvents.write(FORMAT, Optional.empty(), events, file);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 192 + 50 * 13 + 5));
        try (EventReader reader = FORMAT.open(file, Optional.empty())) {
            assertEquals(50, reader.readAll().size());
            assertEquals(List.of(file + ": byte 842: the array is cut, the rest is missing (found 50 rows of 13 bytes,"
                + " expected 100)"), reader.warnings());
        }
    }

    @ParameterizedTest
    @EnumSource(NpyLayout.class)
    void shouldReadOrRejectWhateverIsCutOrFlipped(final NpyLayout layout) throws IOException {
        final Path file = folder.resolve("c.npy");
        TestEvents.write(FORMAT, Optional.of(layout.variant()), TestEvents.random(new Random(9), 40, 99, 99), file);
        final byte[] good = Files.readAllBytes(file);
        final Random random = new Random(layout.ordinal());
        int rejected = 0;
        for (int attempt = 0; attempt < 1500; attempt++) {
            final byte[] bad = Arrays.copyOf(good, attempt % 3 == 0 ? random.nextInt(good.length) : good.length);
            for (int flips = attempt % 3; flips > 0 && bad.length > 0; flips--) {
                bad[random.nextInt(Math.min(bad.length, 160))] ^= (byte) (1 << random.nextInt(8));
            }
            rejected += TestEvents.readsOrRejects(FORMAT, bad, file) ? 0 : 1;
        }
        assertTrue(rejected > 300, "only " + rejected + " were rejected");
    }
}
