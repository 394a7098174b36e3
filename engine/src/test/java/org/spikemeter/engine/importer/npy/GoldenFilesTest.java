package org.spikemeter.engine.importer.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that NumPy wrote; see {@code make_golden.py} for their contents. */
class GoldenFilesTest {
    private static final float[] CUBE = new float[24];

    static {
        for (int i = 0; i < CUBE.length; i++) {
            CUBE[i] = i;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"little.npz", "big-fortran.npz"})
    void shouldReadEveryType(final String file) throws IOException {
        try (ArrayStore store = ArrayStore.open(Npy.golden(file))) {
            final List<String> names = new ArrayList<>();
            for (final NpyType type : NpyType.values()) {
                names.add(type.name().toLowerCase(Locale.ROOT));
                final NpyArray array = store.get(names.getLast());
                assertEquals(type, array.type());
                assertArrayEquals(new int[] {2, 3}, array.shape());
            }
            assertEquals(names, List.copyOf(store.names()));
            checkIntegers(store);
            checkFloats(store);
        }
    }

    private static void checkIntegers(final ArrayStore store) throws IOException {
        assertArrayEquals(new long[] {1, 0, 0, 1, 1, 0}, store.get("bool").toLongs());
        assertArrayEquals(new long[] {-128, 127, 0, 1, 42, -26}, store.get("int8").toLongs());
        assertArrayEquals(new long[] {-32768, 32767, 0, 1, 10922, -6554}, store.get("int16").toLongs());
        assertArrayEquals(new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE, 0, 1, 715827882, -429496730},
            store.get("int32").toLongs());
        assertArrayEquals(new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, 1, 3074457345618258602L,
            -1844674407370955162L}, store.get("int64").toLongs());
        assertArrayEquals(new long[] {0, 255, 0, 1, 85, 0}, store.get("uint8").toLongs());
        assertArrayEquals(new float[] {0, 65535, 0, 1, 21845, 0}, store.get("uint16").toFloats());
        assertArrayEquals(new double[] {0, 4294967295.0, 0, 1, 1431655765, 0}, store.get("uint32").toDoubles());
        assertArrayEquals(new float[] {0, 0x1p64f, 0, 1, 0x1.555556p62f, 0}, store.get("uint64").toFloats());
        assertArrayEquals(new double[] {0, 0x1p64, 0, 1, 0x1.5555555555555p62, 0}, store.get("uint64").toDoubles());
    }

    private static void checkFloats(final ArrayStore store) throws IOException {
        final float infinite = Float.NEGATIVE_INFINITY;
        assertArrayEquals(new float[] {0, -0x1.998p-4f, 0x1.554p-2f, 65504, 0x1p-24f, infinite},
            store.get("float16").toFloats());
        assertArrayEquals(new float[] {0, -0.1f, (float) (1.0 / 3), Float.MAX_VALUE, Float.MIN_VALUE, infinite},
            store.get("float32").toFloats());
        assertArrayEquals(new double[] {0, -0.1, 1.0 / 3, Double.MAX_VALUE, Double.MIN_VALUE, infinite},
            store.get("float64").toDoubles());
        assertArrayEquals(new float[] {0, -0.1f, (float) (1.0 / 3), -infinite, 0, infinite},
            store.get("float64").toFloats());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cube.npy", "cube-fortran.npy", "cube-version2.npy", "cube-version3.npy"})
    void shouldReadEveryVersionAndOrder(final String file) throws IOException {
        final NpyArray cube = NpyReader.read(Npy.golden(file));
        assertArrayEquals(new int[] {2, 3, 4}, cube.shape());
        assertArrayEquals(CUBE, cube.toFloats());
    }

    @Test
    void shouldReadSingleNumberAndEmptyArray() throws IOException {
        final NpyArray scalar = NpyReader.read(Npy.golden("scalar.npy"));
        assertEquals(0, scalar.rank());
        assertArrayEquals(new double[] {2.5}, scalar.toDoubles());
        assertArrayEquals(new int[] {0, 3}, NpyReader.read(Npy.golden("empty.npy")).shape());
    }

    @Test
    void shouldRejectRecordsAndObjects() {
        assertRejected("records.npy", "found a list, which is a structured array");
        assertRejected("objects.npy", "found '|O', an array of Python objects");
    }

    private static void assertRejected(final String file, final String expected) {
        final String message =
            assertThrows(NpyFormatException.class, () -> NpyReader.read(Npy.golden(file))).getMessage();
        assertTrue(message.contains(file + ": byte 20: key 'descr': " + expected), message);
    }
}
