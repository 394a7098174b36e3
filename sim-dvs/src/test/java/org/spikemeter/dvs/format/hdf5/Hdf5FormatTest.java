package org.spikemeter.dvs.format.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.array.TestEvents;
import org.spikemeter.engine.FormatException;

/** With files that the library writes; those of others are in the tests of recordings. */
final class Hdf5FormatTest {
    private static final Hdf5Format FORMAT = new Hdf5Format();

    @TempDir
    private Path folder;

    private Path file;

    /** Something to write. */
    @FunctionalInterface
    private interface Content {
        void put(WritableHdfFile file);
    }

    private Path write(final Content content) {
        file = folder.resolve("a.h5");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            content.put(hdf);
        }
        return file;
    }

    private static DatasetCreationOptions packed(final int... chunk) {
        return DatasetCreationOptions.builder().chunkDimensions(chunk).shuffle().deflate(6).build();
    }

    private static boolean recognised(final Path file) throws IOException {
        return EventFormats.recognise(file).map(format -> format.name().equals("hdf5")).orElse(false);
    }

    private static void columns(final WritableGroup into, final EventBatch events, final boolean packed) {
        final long[] t = Arrays.copyOf(events.microsArray(), events.size());
        final int[] x = new int[t.length];
        final short[] y = new short[t.length];
        final byte[] p = new byte[t.length];
        for (int i = 0; i < t.length; i++) {
            x[i] = events.x(i);
            y[i] = (short) events.y(i);
            p[i] = (byte) events.polarity(i);
        }
        final Object[] columns = {t, x, y, p};
        for (int i = 0; i < columns.length; i++) {
            final String name = List.of("t", "x", "y", "p").get(i);
            if (packed) {
                into.putDataset(name, columns[i], packed(Math.min(t.length, 100 + i)));
            } else {
                into.putDataset(name, columns[i]);
            }
        }
    }

    private static long[][] table(final EventBatch events) {
        final long[][] rows = new long[events.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new long[] {events.micros(i), events.x(i), events.y(i), events.polarity(i)};
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReadColumnsInChunksOfDifferentLengthsAndWithout(final boolean packed) throws IOException {
        for (final int count : new int[] {1, 99, 100, 101, 8192, 20_011}) {
            final EventBatch events = TestEvents.random(new Random(count), count, 640, 480);
            write(hdf -> columns(hdf.putGroup("events"), events, packed));
            assertTrue(recognised(file));
            TestEvents.assertSame(events, TestEvents.read(FORMAT, file));
        }
    }

    @Test
    void shouldReadTablesInChunksThatHaveAllColumnsOrSome() throws IOException {
        final EventBatch events = TestEvents.random(new Random(4), 5001, 640, 480);
        for (final int chunkColumns : new int[] {1, 2, 4}) {
            write(hdf -> hdf.putDataset("events", table(events), packed(512, chunkColumns)));
            assertTrue(recognised(file));
            TestEvents.assertSame(events, TestEvents.read(FORMAT, file));
        }
        write(hdf -> hdf.putDataset("events", table(events)));
        TestEvents.assertSame(events, TestEvents.read(FORMAT, file));
    }

    @Test
    void shouldReadSecondsInTheOrderThatTheRowsTell() throws IOException {
        final double[][] rows = {{3, 4, 1_506_117_899.25, -1}, {1, 2, 1_506_117_899.250_001, 1}};
        write(hdf -> hdf.putGroup("davis").putGroup("left").putDataset("events", rows));
        final EventBatch events = TestEvents.read(FORMAT, file);
        assertEquals(1_506_117_899_250_001L, events.micros(1));
        assertEquals(3, events.x(0));
        assertEquals(0, events.polarity(0));
        assertEquals(1, events.polarity(1));
    }

    /** As the times themselves: floating numbers are seconds. */
    @Test
    void shouldTakeOffsetOfTimesAsSecondsWhenItIsFloating() throws IOException {
        final EventBatch events = TestEvents.random(new Random(6), 10, 640, 480);
        write(hdf -> {
            columns(hdf.putGroup("events"), events, false);
            hdf.putDataset("t_offset", 49_599.300523);
        });
        assertEquals(events.micros(3) + 49_599_300_523L, TestEvents.read(FORMAT, file).micros(3));
        write(hdf -> {
            columns(hdf.putGroup("events"), events, false);
            hdf.putDataset("t_offset", Double.NaN);
        });
        assertEquals(file + ": /t_offset is no time, expected less than 2^62",
            assertThrows(FormatException.class, () -> FORMAT.open(file, Optional.empty())).getMessage());
    }

    @Test
    void shouldAddOffsetOfTimesAndRejectOneThatIsNone() throws IOException {
        final EventBatch events = TestEvents.random(new Random(6), 10, 640, 480);
        write(hdf -> {
            columns(hdf.putGroup("events"), events, false);
            hdf.putDataset("t_offset", 49_599_300_523L);
        });
        assertEquals(events.micros(3) + 49_599_300_523L, TestEvents.read(FORMAT, file).micros(3));
        write(hdf -> {
            columns(hdf.putGroup("events"), events, false);
            hdf.putDataset("t_offset", Long.MAX_VALUE);
        });
        assertEquals(file + ": /t_offset is 9223372036854775807 us, expected less than 2^62",
            assertThrows(FormatException.class, () -> FORMAT.open(file, Optional.empty())).getMessage());
    }

    @Test
    void shouldKnowSensorFromAttributesAndLeaveOutWhatIsOutside() throws IOException {
        final EventBatch events = TestEvents.random(new Random(7), 1000, 100, 100);
        write(hdf -> {
            columns(hdf.putGroup("events"), events, true);
            hdf.putAttribute("geometry", "90x80");
        });
        try (EventReader reader = FORMAT.open(file, Optional.empty())) {
            assertEquals(Optional.of(new SensorSize(90, 80)), reader.size());
            final EventBatch found = reader.readAll();
            int inside = 0;
            for (int i = 0; i < events.size(); i++) {
                if (events.x(i) < 90 && events.y(i) < 80) {
                    assertEquals(events.micros(i), found.micros(inside));
                    assertEquals(events.word(i), found.word(inside));
                    inside++;
                }
            }
            assertEquals(inside, found.size());
            assertEquals(1, reader.warnings().size());
            assertTrue(reader.warnings().getFirst().contains("expected x and y within 90 x 80"));
            assertTrue(reader.warnings().getFirst().endsWith("and " + (999 - inside) + " more of the kind"),
                reader.warnings().getFirst());
        }
    }

    @Test
    void shouldReadShortestAndSayItWhenColumnsDiffer() throws IOException {
        write(hdf -> {
            columns(hdf.putGroup("events"), TestEvents.random(new Random(7), 10, 9, 9), false);
            final WritableGroup others = hdf.putGroup("CD");
            others.putDataset("nothing", new int[5]);
        });
        final EventBatch ten = TestEvents.read(FORMAT, file);
        write(hdf -> {
            final WritableGroup group = hdf.putGroup("events");
            group.putDataset("ts", new long[] {1, 2, 3});
            group.putDataset("xs", new int[] {1, 2});
            group.putDataset("ys", new int[] {1, 2, 3});
            group.putDataset("ps", new int[] {1, 0, 1});
        });
        try (EventReader reader = FORMAT.open(file, Optional.empty())) {
            assertEquals(10, ten.size());
            assertEquals(2, reader.readAll().size());
            assertTrue(reader.warnings().getFirst().contains("not of the same length"));
        }
    }

    @Test
    void shouldNotTakeOtherThingsForEvents() throws IOException {
        write(hdf -> hdf.putGroup("node").putDataset("weight", new float[4][4]));
        assertFalse(recognised(file));
        final String message =
            assertThrows(FormatException.class, () -> FORMAT.open(file, Optional.empty())).getMessage();
        assertTrue(message.startsWith(file + ": found [node], expected events"), message);
        Files.writeString(file, "no such file at all");
        assertFalse(recognised(file));
        assertEquals(file + ": byte 0: found no signature of HDF5, expected 89 48 44 46 0d 0a 1a 0a",
            assertThrows(FormatException.class, () -> FORMAT.open(file, Optional.empty())).getMessage());
    }

    @Test
    void shouldReadBackWhatItWroteAndSoDoesTheLibrary() throws IOException {
        file = folder.resolve("b.h5");
        for (final int count : new int[] {0, 1, 16_383, 16_384, 16_385, 70_001}) {
            final EventBatch events = TestEvents.random(new Random(count), count, 1280, 720);
            TestEvents.write(FORMAT, Optional.empty(), events, file);
            assertTrue(recognised(file));
            TestEvents.assertSame(events, TestEvents.read(FORMAT, file));
            try (HdfFile hdf = new HdfFile(file)) {
                assertArrayEquals(new int[] {count, 4}, hdf.getDatasetByPath("events").getDimensions());
                final Object rows = hdf.getDatasetByPath("events").getData();
                assertArrayEquals(count == 0 ? null : table(events), (long[][]) rows);
            }
        }
    }

    @Test
    void shouldRejectTimesThatTheLayoutCannotHold() {
        final EventBatch events = new EventBatch();
        events.add(1L << 32, 0);
        final Path target = folder.resolve("c.h5");
        assertEquals(target + ": event 0 is at 4294967296 us: v2e's layout of HDF5 holds no time after 4294967295 us"
                + " here (--origin first begins near 0)",
            assertThrows(FormatException.class,
                () -> TestEvents.write(FORMAT, Optional.empty(), events, target)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReadOrRejectWhateverIsCutOrFlipped(final boolean packed) throws IOException {
        write(hdf -> {
            columns(hdf.putGroup("events"), TestEvents.random(new Random(7), 300, 99, 99), packed);
            hdf.putDataset("t_offset", 5L);
        });
        final byte[] good = Files.readAllBytes(file);
        final Random random = new Random(8);
        int rejected = 0;
        for (int attempt = 0; attempt < 1000; attempt++) {
            final byte[] bad = Arrays.copyOf(good, attempt % 4 == 0 ? random.nextInt(good.length) : good.length);
            for (int flips = attempt % 4; flips > 0; flips--) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            rejected += TestEvents.readsOrRejects(FORMAT, bad, file) ? 0 : 1;
        }
        assertTrue(rejected > 200, "only " + rejected + " were rejected");
    }
}
