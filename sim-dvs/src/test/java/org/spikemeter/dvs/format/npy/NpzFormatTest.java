package org.spikemeter.dvs.format.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.array.TestEvents;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.importer.npy.ArrayStore;
import org.spikemeter.engine.importer.npy.NpyArray;
import org.spikemeter.engine.importer.npy.NpzWriter;

final class NpzFormatTest {
    private static final NpzFormat FORMAT = new NpzFormat();

    @TempDir
    private Path folder;

    private static boolean recognised(final Path file) throws IOException {
        return EventFormats.recognise(file).map(format -> format.name().equals("npz")).orElse(false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored", "deflate"})
    void shouldReadBackWhatItWroteAndSoDoesTheEngine(final String variant) throws IOException {
        for (final int count : new int[] {0, 1, 8191, 8192, 8193, 30_011}) {
            final EventBatch events = TestEvents.random(new Random(count), count, 1280, 720);
            final Path file = folder.resolve("a.npz");
            TestEvents.write(FORMAT, Optional.of(variant), events, file);
            assertTrue(recognised(file));
            TestEvents.assertSame(events, TestEvents.read(FORMAT, file));
            try (ArrayStore arrays = ArrayStore.open(file)) {
                assertEquals(List.of("t", "x", "y", "p"), List.copyOf(arrays.names()));
                assertEquals("INT64 [" + count + "]", arrays.get("t").toString());
                assertArrayEquals(Arrays.copyOf(events.microsArray(), count), arrays.get("t").toLongs());
                final long[] ps = arrays.get("p").toLongs();
                for (int i = 0; i < count; i++) {
                    assertEquals(events.polarity(i), ps[i]);
                }
            }
        }
    }

    @Test
    void shouldWriteSameBytesWhenWrittenIntoStream() throws IOException {
        final EventBatch events = TestEvents.random(new Random(5), 1000, 99, 99);
        final Path file = folder.resolve("a.npz");
        TestEvents.write(FORMAT, Optional.empty(), events, file);
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EventOutput out = EventOutput.to(bytes, "pipe")) {
            final EventWriter writer = FORMAT.create(out, Optional.empty(), Optional.empty());
            writer.write(events);
            writer.finish();
        }
        assertArrayEquals(Files.readAllBytes(file), bytes.toByteArray());
    }

    @Test
    void shouldLeaveNoTemporaryFileWhenItIsNotFinished() throws IOException {
        final Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        final List<Path> before = spools(temporary);
        try (EventOutput out = EventOutput.to(folder.resolve("a.npz"), "a.npz")) {
            final EventWriter writer = FORMAT.create(out, Optional.empty(), Optional.empty());
            writer.write(TestEvents.random(new Random(5), 50_000, 99, 99));
            assertEquals(before, spools(temporary));
        }
    }

    private static List<Path> spools(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".events")).sorted().toList();
        }
    }

    private Path archive(final Map<String, NpyArray> arrays) throws IOException {
        final SequencedMap<String, NpyArray> ordered = new LinkedHashMap<>(arrays);
        final Path file = folder.resolve("b.npz");
        NpzWriter.writeDeflated(file, ordered);
        return file;
    }

    @Test
    void shouldReadColumnsOfAnyTypesAndNames() throws IOException {
        final Path file = archive(Map.of(
            "timestamps", NpyArray.ofDoubles(new double[] {0.5, 1.000001}, 2),
            "x", NpyArray.ofBytes(new byte[] {7, (byte) 200}, 2),
            "y", NpyArray.ofInts(new int[] {1, 2}, 2),
            "polarity", NpyArray.ofBooleans(new boolean[] {true, false}, 2),
            "label", NpyArray.ofInts(new int[] {4})));
        assertTrue(recognised(file));
        final EventBatch events = TestEvents.read(FORMAT, file);
        assertEquals(500_000, events.micros(0));
        assertEquals(1_000_001, events.micros(1));
        assertEquals(200, events.x(1));
        assertEquals(1, events.polarity(0));
        assertEquals(0, events.polarity(1));
    }

    @Test
    void shouldReadArchiveWithOneArrayOfRecords() throws IOException {
        final EventBatch events = TestEvents.random(new Random(8), 4000, 99, 99);
        final Path array = folder.resolve("a.npy");
        TestEvents.write(new NpyFormat(), Optional.of("expelliarmus"), events, array);
        final Path file = folder.resolve("c.npz");
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("arr_0.npy"));
            zip.write(Files.readAllBytes(array));
        }
        assertTrue(recognised(file));
        TestEvents.assertSame(events, TestEvents.read(FORMAT, file));
    }

    @Test
    void shouldNotTakeArchiveOfInputForEvents() throws IOException {
        final NpyArray steps = NpyArray.ofFloats(new float[24], 2, 3, 2, 2);
        final NpyArray column = NpyArray.ofInts(new int[5], 5);
        for (final Map<String, NpyArray> arrays : List.of(Map.of("x", steps), Map.of("x", column, "y", column),
            Map.of("x", steps, "y", column, "t", column, "p", column))) {
            final Path file = archive(arrays);
            assertFalse(recognised(file));
            assertThrows(FormatException.class, () -> FORMAT.open(file, Optional.empty()));
        }
    }

    @Test
    void shouldReadShortestAndSayItWhenColumnsDiffer() throws IOException {
        final Path file = archive(Map.of("t", NpyArray.ofInts(new int[5], 5), "x", NpyArray.ofInts(new int[5], 5),
            "y", NpyArray.ofInts(new int[4], 4), "p", NpyArray.ofInts(new int[5], 5)));
        try (EventReader reader = FORMAT.open(file, Optional.empty())) {
            assertEquals(4, reader.readAll().size());
            assertEquals(List.of(file + ": byte 0: the arrays are not of the same length, the shortest one counts"
                + " (found [4, 5])"), reader.warnings());
        }
    }

    @Test
    void shouldRejectDataWithWrongCheckSum() throws IOException {
        final Path file = folder.resolve("a.npz");
        TestEvents.write(FORMAT, Optional.empty(), TestEvents.random(new Random(2), 100, 9, 9), file);
        final byte[] bytes = Files.readAllBytes(file);
        bytes[300] ^= 1;
        Files.write(file, bytes);
        final String message = assertThrows(FormatException.class, () -> TestEvents.read(FORMAT, file)).getMessage();
        assertTrue(message.startsWith(file + ": t.npy: found data with the CRC-32"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored", "deflate"})
    void shouldReadOrRejectWhateverIsCutOrFlipped(final String variant) throws IOException {
        final Path file = folder.resolve("d.npz");
        TestEvents.write(FORMAT, Optional.of(variant), TestEvents.random(new Random(9), 40, 99, 99), file);
        final byte[] good = Files.readAllBytes(file);
        final Random random = new Random(variant.hashCode());
        int rejected = 0;
        for (int attempt = 0; attempt < 2000; attempt++) {
            final byte[] bad = Arrays.copyOf(good, attempt % 5 == 0 ? random.nextInt(good.length) : good.length);
            for (int flips = attempt % 5; flips > 0 && bad.length > 0; flips--) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            rejected += TestEvents.readsOrRejects(FORMAT, bad, file) ? 0 : 1;
        }
        assertTrue(rejected > 1000, "only " + rejected + " were rejected");
    }
}
