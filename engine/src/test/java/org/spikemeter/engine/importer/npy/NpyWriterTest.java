package org.spikemeter.engine.importer.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyWriterTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(NpyType.class)
    void shouldGiveSameArrayWhenReadBack(final NpyType type) throws IOException {
        for (final int[] shape : new int[][] {{}, {0}, {1}, {13}, {3, 5}, {2, 0, 7}, {2, 3, 5, 7}}) {
            int size = 1;
            for (final int side : shape) {
                size *= side;
            }
            final byte[] data = new byte[size * type.bytes()];
            new Random(size).nextBytes(data);
            final Path file = folder.resolve("array.npy");
            NpyWriter.write(file, NpyArray.wrap(type, data, shape));
            final NpyArray array = NpyReader.read(file);
            assertEquals(type, array.type());
            assertArrayEquals(shape, array.shape());
            assertArrayEquals(data, array.data());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cube.npy", "scalar.npy", "empty.npy"})
    void shouldWriteSameBytesAsNumpy(final String golden) throws IOException {
        final Path file = folder.resolve("again.npy");
        NpyWriter.write(file, NpyReader.read(Npy.golden(golden)));
        assertArrayEquals(Files.readAllBytes(Npy.golden(golden)), Files.readAllBytes(file));
    }

    @Test
    void shouldAlignDataWhenShapeIsLong() {
        final int[] shape = new int[64];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = i == 0 ? 0 : Integer.MAX_VALUE;
            final byte[] header = NpyWriter.header(NpyArray.ofFloats(new float[0], Arrays.copyOf(shape, i + 1)));
            assertEquals(0, header.length % 64);
            assertEquals('\n', header[header.length - 1]);
            assertEquals(header.length - 10, (header[8] & 0xff) + 256 * (header[9] & 0xff));
        }
    }
}
