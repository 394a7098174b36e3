package org.spikemeter.engine.importer.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpySlicesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(NpyType.class)
    void shouldGiveSlicesOfWholeArray(final NpyType type) throws IOException {
        final byte[] data = new byte[5 * 7 * 11 * type.bytes()];
        new Random(5).nextBytes(data);
        final Path file = folder.resolve("video.npy");
        NpyWriter.write(file, NpyArray.wrap(type, data, 5, 7, 11));
        assertSlicesOfWhole(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cube.npy", "cube-fortran.npy", "cube-version2.npy"})
    void shouldGiveSlicesWhateverOrder(final String golden) throws IOException {
        assertSlicesOfWhole(Npy.golden(golden));
    }

    @Test
    void shouldSwapBytesWhenFileIsBigEndian() throws IOException {
        final String header = "{'descr': '>i2', 'fortran_order': False, 'shape': (3, 2)}";
        final byte[] data = {0, 1, 0, 2, 1, 0, -1, -1, 0, 5, 0, 6};
        assertSlicesOfWhole(Files.write(folder.resolve("big.npy"), Npy.file(1, header, data)));
    }

    private static void assertSlicesOfWhole(final Path file) throws IOException {
        final NpyArray whole = NpyReader.read(file);
        final float[] floats = whole.toFloats();
        try (NpySlices slices = NpySlices.open(file)) {
            assertEquals(whole.type(), slices.type());
            assertArrayEquals(whole.shape(), slices.shape());
            final int size = slices.sliceSize();
            final float[] slice = new float[size];
            for (int i = 0; i < whole.shape()[0]; i++) {
                assertTrue(slices.next(slice));
                assertArrayEquals(Arrays.copyOfRange(floats, i * size, (i + 1) * size), slice);
            }
            assertFalse(slices.next(slice));
        }
    }

    @Test
    void shouldGiveBytesAndFloatsInTurn() throws IOException {
        final Path file = folder.resolve("bytes.npy");
        NpyWriter.write(file, NpyArray.ofBytes(new byte[] {1, -1, 3, 4, 5, 6}, 3, 2));
        try (NpySlices slices = NpySlices.open(file)) {
            final byte[] bytes = new byte[2];
            final float[] floats = new float[2];
            assertTrue(slices.next(bytes));
            assertArrayEquals(new byte[] {1, -1}, bytes);
            assertTrue(slices.next(floats));
            assertArrayEquals(new float[] {3, 4}, floats);
            assertTrue(slices.next(bytes));
            assertArrayEquals(new byte[] {5, 6}, bytes);
            assertFalse(slices.next(bytes));
            assertThrows(IllegalArgumentException.class, () -> slices.next(new byte[3]));
            assertThrows(IllegalArgumentException.class, () -> slices.next(new float[1]));
        }
    }

    @Test
    void shouldRefuseBytesWhenElementsHaveMore() throws IOException {
        try (NpySlices slices = NpySlices.open(Npy.golden("cube.npy"))) {
            assertThrows(IllegalStateException.class, () -> slices.next(new byte[12]));
        }
    }

    @Test
    void shouldHaveNoSlicesWhenFirstSideIsNone() throws IOException {
        try (NpySlices slices = NpySlices.open(Npy.golden("empty.npy"))) {
            assertFalse(slices.next(new byte[slices.sliceSize()]));
        }
    }

    @Test
    void shouldReadSliceWhenFileIsLargerThanAnyArray() throws IOException {
        final String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (3000000, 1000)}";
        final byte[] start = Npy.file(1, header, new byte[] {7});
        final Path file = Files.write(folder.resolve("large.npy"), start);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(start.length - 1 + 3_000_000_000L);
        }
        final byte[] slice = new byte[1000];
        try (NpySlices slices = NpySlices.open(file)) {
            assertTrue(slices.next(slice));
            assertEquals(7, slice[0]);
        }
        assertThrows(NpyFormatException.class, () -> NpyReader.read(file));
    }

    @Test
    void shouldNameFileWhenItIsCutOrHasNoAxis() throws IOException {
        final byte[] bytes = Files.readAllBytes(Npy.golden("cube.npy"));
        final Path cut = Files.write(folder.resolve("cut.npy"), Arrays.copyOf(bytes, bytes.length - 1));
        assertEquals(cut + ": byte 128: found 95 bytes of data, expected 96 for FLOAT32 [2, 3, 4]",
            assertThrows(NpyFormatException.class, () -> NpySlices.open(cut)).getMessage());
        final Path scalar = Npy.golden("scalar.npy");
        assertEquals(scalar + ": found a single number, expected an array with a first axis",
            assertThrows(NpyFormatException.class, () -> NpySlices.open(scalar)).getMessage());
        assertThrows(IOException.class, () -> NpySlices.open(folder));
        assertThrows(IOException.class, () -> NpySlices.open(folder.resolve("missing.npy")));
    }

    @Test
    void shouldNameSliceWhenFileBecomesShorter() throws IOException {
        final Path file = folder.resolve("video.npy");
        NpyWriter.write(file, NpyArray.ofBytes(new byte[30_000], 3, 10_000));
        try (NpySlices slices = NpySlices.open(file)) {
            try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
                cut.setLength(20_000);
            }
            final byte[] slice = new byte[10_000];
            assertTrue(slices.next(slice));
            assertEquals(file + ": byte 10128: found 9872 bytes of slice 1, expected 10000",
                assertThrows(NpyFormatException.class, () -> slices.next(slice)).getMessage());
        }
    }
}
