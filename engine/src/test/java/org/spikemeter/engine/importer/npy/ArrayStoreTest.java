package org.spikemeter.engine.importer.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TimeZone;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayStoreTest {
    private static final SequencedMap<String, NpyArray> ARRAYS = new LinkedHashMap<>();

    static {
        ARRAYS.put("conv.0.weight", NpyArray.ofFloats(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
        ARRAYS.put("bias", NpyArray.ofDoubles(new double[0], 0));
        ARRAYS.put("a/b \u00e9", NpyArray.ofBytes(new byte[] {9}));
    }

    @TempDir
    private Path folder;

    private Path npz(final boolean deflated) throws IOException {
        final Path file = folder.resolve("weights.npz");
        if (deflated) {
            NpzWriter.writeDeflated(file, ARRAYS);
        } else {
            NpzWriter.write(file, ARRAYS);
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldGiveSameArraysWhenArchiveIsReadBack(final boolean deflated) throws IOException {
        final Path file = npz(deflated);
        try (ArrayStore store = ArrayStore.open(file)) {
            assertEquals(file, store.path());
            assertEquals(List.copyOf(ARRAYS.keySet()), List.copyOf(store.names()));
            for (final String name : store.names()) {
                assertEquals(ARRAYS.get(name).toString(), store.get(name).toString());
                assertArrayEquals(ARRAYS.get(name).data(), store.get(name).data());
            }
            assertThrows(UnsupportedOperationException.class, () -> store.names().clear());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldWriteSameBytesWhateverTheTimeZone(final boolean deflated) throws IOException {
        final TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("GMT-11"));
            final byte[] west = Files.readAllBytes(npz(deflated));
            TimeZone.setDefault(TimeZone.getTimeZone("GMT+14"));
            assertArrayEquals(west, Files.readAllBytes(npz(deflated)));
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/../../x", "/x", "a//b", "a\\b", "a\nb", ".."})
    void shouldRefuseToWriteNameThatLeadsElsewhere(final String name) {
        final SequencedMap<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put(name, NpyArray.ofBytes(new byte[1], 1));
        assertThrows(IllegalArgumentException.class, () -> NpzWriter.write(folder.resolve("x.npz"), arrays));
        assertFalse(Files.exists(folder.resolve("x.npz")));
    }

    @Test
    void shouldReadFolder() throws IOException {
        NpyWriter.write(folder.resolve("b.npy"), NpyArray.ofBytes(new byte[] {2}, 1));
        NpyWriter.write(folder.resolve("a.weight.npy"), NpyArray.ofBytes(new byte[] {1}, 1));
        Files.createDirectory(folder.resolve("c.npy"));
        Files.writeString(folder.resolve("readme.txt"), "not an array");
        try (ArrayStore store = ArrayStore.open(folder)) {
            assertEquals(List.of("a.weight", "b"), List.copyOf(store.names()));
            assertArrayEquals(new byte[] {1}, store.get("a.weight").toBytes());
        }
    }

    @Test
    void shouldNotLeaveFolder() throws IOException {
        final Path inner = Files.createDirectory(folder.resolve("inner"));
        final Path outside = folder.resolve("x.npy");
        NpyWriter.write(outside, NpyArray.ofBytes(new byte[1], 1));
        try (ArrayStore store = ArrayStore.open(inner)) {
            for (final String name : List.of("../x", outside.toString().replace(".npy", ""))) {
                assertEquals(inner + ": found no array '" + name + "', there are no arrays at all",
                    assertThrows(NpyFormatException.class, () -> store.get(name)).getMessage());
            }
        }
    }

    @Test
    void shouldNameNearestWhenArrayIsMissing() throws IOException {
        final Path file = npz(false);
        try (ArrayStore store = ArrayStore.open(file)) {
            final String message =
                assertThrows(NpyFormatException.class, () -> store.get("conv.0.wieght")).getMessage();
            assertEquals(file + ": found no array 'conv.0.wieght', nearest of 3 names: 'conv.0.weight', 'bias',"
                + " 'a/b \u00e9'", message);
        }
    }

    @Test
    void shouldNameArchiveAndEntryWhenEntryIsBad() throws IOException {
        final byte[] bad = Npy.file(1, "{'descr': '|O', 'fortran_order': False, 'shape': ()}", new byte[0]);
        final Path file = zip(entry("ok.npy", Npy.written(ARRAYS.get("bias"))), entry("bad.npy", bad),
            entry("readme.txt", bad), entry("dir.npy/", new byte[0]));
        try (ArrayStore store = ArrayStore.open(file)) {
            assertEquals(List.of("ok", "bad"), List.copyOf(store.names()));
            assertEquals(0, store.get("ok").size());
            final String message = assertThrows(NpyFormatException.class, () -> store.get("bad")).getMessage();
            assertTrue(message.startsWith(file + ": bad.npy: byte 20: key 'descr': found '|O'"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldGiveBytesOfArraysThatAreTakenAtOnceByTurns(final boolean deflated) throws IOException {
        final byte[] one = Npy.written(ARRAYS.get("conv.0.weight"));
        final byte[] two = Npy.written(ARRAYS.get("bias"));
        final Path file = zip(!deflated, entry("one.npy", one), entry("two.npy", two));
        try (ArrayStore store = ArrayStore.open(file);
            InputStream first = store.open("one"); InputStream second = store.open("two")) {
            for (int i = 0; i < 100; i++) {
                assertEquals(one[i] & 0xff, first.read());
                assertEquals(two[i] & 0xff, second.read());
            }
            assertArrayEquals(Arrays.copyOfRange(one, 100, one.length), first.readAllBytes());
            assertArrayEquals(Arrays.copyOfRange(two, 100, two.length), second.readAllBytes());
            assertEquals(file + ": one.npy", store.place("one"));
            assertThrows(NpyFormatException.class, () -> store.open("three"));
        }
    }

    @Test
    void shouldAllocateNothingOfWhatEntryOnlyClaims() throws IOException {
        final byte[] claim = Npy.file(1, "{'descr': '|u1', 'fortran_order': False, 'shape': (2147483000,)}",
            new byte[5]);
        for (final boolean stored : new boolean[] {true, false}) {
            final byte[] file = Files.readAllBytes(zip(stored, entry("a.npy", claim)));
            // the directory then claims enough for what the header claims, and more than the tests' heap can take
            final ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
            final int directory = bytes.getInt(file.length - 6);
            bytes.putInt(directory + 24, 2147483639);
            final Path path = Files.write(folder.resolve("claim.npz"), file);
            final String message = assertThrows(NpyFormatException.class, () -> readAll(path)).getMessage();
            assertTrue(message.startsWith(path + ": "), message);
        }
    }

    @Test
    void shouldRejectArchiveWithTwoEntriesOfOneName() throws IOException {
        final Path file = zip(entry("a.npy", Npy.written(ARRAYS.get("bias"))),
            entry("b.npy", Npy.written(ARRAYS.get("bias"))));
        final String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        Files.write(file, bytes.replace("b.npy", "a.npy").getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(file + ": a.npy: found two entries of this name, expected one",
            assertThrows(NpyFormatException.class, () -> ArrayStore.open(file)).getMessage());
    }

    @Test
    void shouldNameFileWhenItIsNoArchive() throws IOException {
        final Path text = Files.writeString(folder.resolve("text.npz"), "not an archive");
        final String message = assertThrows(NpyFormatException.class, () -> ArrayStore.open(text)).getMessage();
        assertTrue(message.startsWith(text + ": found no complete ZIP archive"), message);
        final Path missing = folder.resolve("missing.npz");
        assertEquals(missing + ": no such file or folder",
            assertThrows(IOException.class, () -> ArrayStore.open(missing)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReadOrRejectEveryPrefixAndEveryChangedByte(final boolean deflated) throws IOException {
        final byte[] file = Files.readAllBytes(npz(deflated));
        for (int length = 0; length < file.length; length++) {
            final Path path = Files.write(folder.resolve("prefix.npz"), Arrays.copyOf(file, length));
            assertThrows(NpyFormatException.class, () -> readAll(path), "prefix " + length);
        }
        final Random random = new Random(13);
        int rejected = 0;
        for (int i = 0; i < file.length; i++) {
            for (int change = 0; change < 4; change++) {
                final byte[] changed = file.clone();
                changed[i] ^= (byte) (1 + random.nextInt(255));
                final Path path = Files.write(folder.resolve("changed.npz"), changed);
                rejected += readsOrRejects(path) ? 0 : 1;
            }
        }
        assertTrue(rejected > file.length, "only " + rejected + " changes were noticed");
    }

    /** Whatever reads without complaint has the right elements: the checksum sees to it. */
    private static boolean readsOrRejects(final Path path) throws IOException {
        try {
            final List<NpyArray> arrays = readAll(path);
            for (int i = 0; i < arrays.size(); i++) {
                final byte[] data = arrays.get(i).data();
                assertTrue(ARRAYS.values().stream().anyMatch(array -> Arrays.equals(array.data(), data)));
            }
            return true;
        } catch (final NpyFormatException rejected) {
            return false;
        }
    }

    private static List<NpyArray> readAll(final Path path) throws IOException {
        final List<NpyArray> arrays = new ArrayList<>();
        try (ArrayStore store = ArrayStore.open(path)) {
            for (final String name : store.names()) {
                arrays.add(store.get(name));
            }
        }
        return arrays;
    }

    private record Entry(String name, byte[] bytes) {
    }

    private static Entry entry(final String name, final byte[] bytes) {
        return new Entry(name, bytes);
    }

    private Path zip(final Entry... entries) throws IOException {
        return zip(false, entries);
    }

    private Path zip(final boolean stored, final Entry... entries) throws IOException {
        final Path file = folder.resolve("made.npz");
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (final Entry entry : entries) {
                final ZipEntry head = new ZipEntry(entry.name());
                if (stored) {
                    final CRC32 crc = new CRC32();
                    crc.update(entry.bytes());
                    head.setMethod(ZipEntry.STORED);
                    head.setSize(entry.bytes().length);
                    head.setCrc(crc.getValue());
                }
                zip.putNextEntry(head);
                zip.write(entry.bytes());
                zip.closeEntry();
            }
        }
        return file;
    }
}
