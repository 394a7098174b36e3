package org.spikemeter.dvs.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayFrameSourceTest {
    @TempDir
    private Path folder;

    @Test
    void shouldScaleBytesBy255() throws IOException {
        final List<float[]> frames = read("|u1", "(2, 1, 3)", bytes(0, 1, 2, 253, 254, 255));
        assertEquals(2, frames.size());
        assertArrayEquals(new float[] {0.0f, 1 / 255.0f, 2 / 255.0f}, frames.get(0));
        assertArrayEquals(new float[] {253 / 255.0f, 254 / 255.0f, 1.0f}, frames.get(1));
    }

    @Test
    void shouldWeighColoursWhenLastSideIsThree() throws IOException {
        final List<float[]> frames = read("|u1", "(1, 1, 2, 3)", bytes(200, 100, 50, 0, 0, 255));
        assertArrayEquals(new float[] {GreyMode.FLOAT.rgb8(200, 100, 50), GreyMode.FLOAT.rgb8(0, 0, 255)},
            frames.get(0));
    }

    @Test
    void shouldTakeFloatsAsTheyAre() throws IOException {
        final ByteBuffer floats = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(0.1f).putFloat(1.0f);
        assertArrayEquals(new float[] {0.1f, 1.0f}, read("<f4", "(1, 2, 1)", floats).get(0));
        final ByteBuffer doubles = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putDouble(0.1).putDouble(0.0);
        assertArrayEquals(new float[] {0.1f, 0.0f}, read("<f8", "(1, 2, 1)", doubles).get(0));
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.001f, 1.001f, 255.0f, Float.NaN, Float.POSITIVE_INFINITY})
    void shouldRejectFloatWhenOutsideUnitRange(final float bad) throws IOException {
        final ByteBuffer floats = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putFloat(20, bad);
        final Path file = write("<f4", "(1, 2, 3)", floats);
        assertEquals(file + ": frame 0, row 1, column 2: " + bad + ", expected grey in [0, 1]",
            Frames.formatError(() -> Frames.all(FrameSources.open(file, GreyMode.FLOAT))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"|u1; (4,); 4", "|u1; (2, 2); 4", "|u1; (1, 1, 1, 4); 4", "<i2; (1, 1, 2); 4",
        "|i1; (1, 2, 2); 4", "<f4; (1, 1, 1, 1); 4", "|u1; (0, 2, 2); 0", "|u1; (2, 0, 2); 0"})
    void shouldRejectArrayWhenTypeOrShapeIsAnother(final String type, final String shape, final int size)
        throws IOException {
        final Path file = write(type, shape, ByteBuffer.allocate(size));
        final String message = Frames.formatError(() -> FrameSources.open(file, GreyMode.FLOAT));
        assertTrue(message.startsWith(file + ": ") && message.contains("expected"), message);
    }

    @Test
    void shouldRejectFileWhenOnlyItsNameSaysArray() throws IOException {
        final Path file = Files.writeString(folder.resolve("text.npy"), "not an array\n");
        assertTrue(Frames.formatError(() -> FrameSources.open(file, GreyMode.FLOAT)).startsWith(file + ": "));
    }

    private List<float[]> read(final String type, final String shape, final ByteBuffer data) throws IOException {
        return Frames.all(FrameSources.open(write(type, shape, data), GreyMode.FLOAT));
    }

    /** NumPy's format 1.0; without the name's suffix, so that the content decides. */
    private Path write(final String type, final String shape, final ByteBuffer data) throws IOException {
        final String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
        final ByteBuffer file = ByteBuffer.allocate(10 + header.length() + data.capacity())
            .order(ByteOrder.LITTLE_ENDIAN);
        file.put("\u0093NUMPY\u0001\u0000".getBytes(StandardCharsets.ISO_8859_1)).putShort((short) header.length());
        file.put(header.getBytes(StandardCharsets.ISO_8859_1)).put(data.array());
        return Files.write(folder.resolve("frames"), file.array());
    }

    private static ByteBuffer bytes(final int... values) {
        final ByteBuffer buffer = ByteBuffer.allocate(values.length);
        for (final int value : values) {
            buffer.put((byte) value);
        }
        return buffer;
    }
}
