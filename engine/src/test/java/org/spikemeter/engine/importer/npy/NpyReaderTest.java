package org.spikemeter.engine.importer.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyReaderTest {
    private static final String PLAIN = "{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3), }\n";
    private static final byte[] TWELVE = {1, 0, 2, 0, 3, 0, 4, 0, 5, 0, -1, -1};
    private static final long[] SIX = {1, 2, 3, 4, 5, -1};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldReadEveryVersion(final int version) throws IOException {
        final NpyArray array = Npy.read(Npy.file(version, PLAIN, TWELVE));
        assertEquals(NpyType.INT16, array.type());
        assertArrayEquals(new int[] {2, 3}, array.shape());
        assertArrayEquals(SIX, array.toLongs());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'descr':'<i2','fortran_order':False,'shape':(2,3)}",
        "{\"shape\": (2L, 3L), \"fortran_order\": False, \"descr\": \"<i2\"}",
        " \t{ 'fortran_order' : False , 'shape' : ( 2 , 3 , ) , 'descr' : '<i2' , } \n\n",
        "{\n'descr': \"<i2\",\r\n'shape': (2,\n3), 'fortran_order': False}",
    })
    void shouldReadHeaderHoweverItIsSpelled(final String header) throws IOException {
        final NpyArray array = Npy.read(Npy.file(1, header, TWELVE));
        assertArrayEquals(new int[] {2, 3}, array.shape());
        assertArrayEquals(SIX, array.toLongs());
    }

    @ParameterizedTest
    @CsvSource({"'(6,)', 1", "'(6L,)', 1", "'(1, 6, 1)', 3", "'(6, )', 1"})
    void shouldReadShape(final String shape, final int rank) throws IOException {
        final NpyArray array = Npy.read(Npy.file(1, PLAIN.replace("(2, 3)", shape), TWELVE));
        assertEquals(rank, array.rank());
        assertArrayEquals(SIX, array.toLongs());
    }

    @Test
    void shouldReadSingleNumberAndEmptyArray() throws IOException {
        assertArrayEquals(new long[] {1}, Npy.read(Npy.file(1, PLAIN.replace("(2, 3)", "()"), TWELVE)).toLongs());
        final NpyArray empty = Npy.read(Npy.file(1, PLAIN.replace("(2, 3)", "(2147483647, 2147483647, 9, 0)"),
            new byte[0]));
        assertEquals(0, empty.size());
        assertEquals(4, empty.rank());
    }

    @ParameterizedTest
    @EnumSource(NpyType.class)
    void shouldReadBothByteOrdersAndBothAxisOrders(final NpyType type) throws IOException {
        final int[] shape = {2, 3, 5};
        final byte[] rows = new byte[30 * type.bytes()];
        new Random(type.ordinal()).nextBytes(rows);
        final byte[] columns = new byte[rows.length];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 5; k++) {
                    System.arraycopy(rows, ((i * 3 + j) * 5 + k) * type.bytes(), columns,
                        ((k * 3 + j) * 2 + i) * type.bytes(), type.bytes());
                }
            }
        }
        final String code = type.descr().substring(1);
        for (final String order : new String[] {"<", ">", "=", "|", ""}) {
            final boolean big = order.equals(">")
                || !order.equals("<") && ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
            for (final boolean fortran : new boolean[] {false, true}) {
                final String header = "{'descr': '" + order + code + "', 'fortran_order': "
                    + (fortran ? "True" : "False") + ", 'shape': (2, 3, 5)}";
                final byte[] data = (fortran ? columns : rows).clone();
                final byte[] ordered = big ? reversed(data, type.bytes()) : data;
                final NpyArray array = Npy.read(Npy.file(1, header, ordered));
                assertEquals(type, array.type(), header);
                assertArrayEquals(shape, array.shape(), header);
                assertArrayEquals(rows, array.data(), header);
            }
        }
    }

    private static byte[] reversed(final byte[] data, final int width) {
        final byte[] reversed = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            reversed[i] = data[i / width * width + width - 1 - i % width];
        }
        return reversed;
    }

    @Test
    void shouldStopBehindArrayWhenMoreFollows() throws IOException {
        final byte[] first = Npy.file(1, PLAIN, TWELVE);
        final byte[] second = Npy.file(2, PLAIN.replace("(2, 3)", "(1,)"), new byte[] {9, 0});
        final ByteBuffer both = ByteBuffer.allocate(first.length + second.length).put(first).put(second);
        final InputStream in = new ByteArrayInputStream(both.array());
        assertArrayEquals(SIX, NpyReader.read(in, "both").toLongs());
        assertArrayEquals(new long[] {9}, NpyReader.read(in, "both").toLongs());
        assertArrayEquals(SIX, NpyReader.read(Files.write(folder.resolve("both.npy"), both.array())).toLongs());
    }

    @Test
    void shouldReadStreamThatIsLongerThanFirstGuess() throws IOException {
        final byte[] values = new byte[1_000_003];
        new Random(3).nextBytes(values);
        final NpyArray array = Npy.read(Npy.written(NpyArray.ofBytes(values, values.length)));
        assertArrayEquals(values, array.toBytes());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', value = {
        "{'descr': '<c8', 'fortran_order': False, 'shape': (1,)} ~ byte 20: key 'descr': found '<c8', expected",
        "{'descr': '<U3', 'fortran_order': False, 'shape': (1,)} ~ key 'descr': found '<U3', expected",
        "{'descr': '<f16', 'fortran_order': False, 'shape': (1,)} ~ key 'descr': found '<f16', expected",
        "{'descr': '', 'fortran_order': False, 'shape': (1,)} ~ key 'descr': found '', expected",
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,)} ~ found '|O', an array of Python objects, expected",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)} ~ found a list, which is a structured array",
        "{'descr': ('<f4', (2,)), 'fortran_order': False, 'shape': (1,)} ~ byte 20: found ('<f4', (2,)), 'fort",
        "{'descr': None, 'fortran_order': False, 'shape': (1,)} ~ expected the text of key 'descr' in quotes",
        "{'fortran_order': False, 'shape': (1,)} ~ the header has no key 'descr'",
        "{'descr': '<f4', 'shape': (1,)} ~ the header has no key 'fortran_order'",
        "{'descr': '<f4', 'fortran_order': False} ~ the header has no key 'shape'",
        "{} ~ the header has no key 'descr'",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)} ~ expected True or False for key 'fortran_order'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': 1} ~ byte 66: found the key 'x', expected only",
        "{'descr': '<f4', 'descr': '<f4', 'shape': (1,)} ~ byte 27: found the key 'descr' again",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3)} ~ found the number (3), expected the tuple (3,)",
        "{'descr': '<f4', 'fortran_order': False, 'shape': [3]} ~ expected '(' of key 'shape'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-3,)} ~ found -3,)}, expected a number of 0 or more",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3 4)} ~ found 4)}, expected ',' or ')'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483648,)} ~ sides of at most 2147483647",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (,)} ~ found ,)}, expected a number",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x ~ found x, expected nothing after the header's",
        "{'descr': '<f4' 'fortran_order': False, 'shape': (1,)} ~ expected ',' or '}'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1 ~ found the end of the header, expected",
        "{'descr': '<f4 ~ expected the text of key 'descr' with a quote at its end",
        "{descr: '<f4'} ~ found descr: '<f4'}, expected a key in quotes",
        "['descr'] ~ byte 10: found ['descr'], expected '{' of the header's dictionary",
    })
    void shouldSayWhatIsWrongWithHeader(final String header, final String expected) {
        final String message = failure(Npy.file(1, header, TWELVE));
        assertTrue(message.contains(expected), message);
    }

    @Test
    void shouldRejectMoreAxesThanNumpyHas() throws IOException {
        final String most = PLAIN.replace("(2, 3)", "(" + "1, ".repeat(63) + "6)");
        assertEquals(64, Npy.read(Npy.file(1, most, TWELVE)).rank());
        final String message = failure(Npy.file(1, most.replace("(1", "(1, 1"), TWELVE));
        assertTrue(message.contains("expected at most 64 axes"), message);
    }

    @Test
    void shouldSayWhatIsThereWhenItIsNoNpyFile() {
        assertEquals("test.npy: byte 0: found 50 4b 03 04 (a ZIP or NPZ archive), expected 93 4e 55 4d 50 59"
            + " (\\x93NUMPY)", failure(new byte[] {'P', 'K', 3, 4}));
        assertEquals("test.npy: byte 0: the file ends after 0 bytes of the header, expected 8", failure(new byte[0]));
        assertEquals("test.npy: byte 6: found version 4.0, expected 1.0, 2.0 or 3.0",
            failure(Npy.file(4, PLAIN, TWELVE)));
        final byte[] minor = Npy.file(1, PLAIN, TWELVE);
        minor[7] = 1;
        assertEquals("test.npy: byte 6: found version 1.1, expected 1.0, 2.0 or 3.0", failure(minor));
    }

    @Test
    void shouldAllocateNothingOfWhatHeaderOnlyClaims() throws IOException {
        // 2 GiB less a little: more than the tests' heap can take beside everything else
        final byte[] file = Npy.file(1, PLAIN.replace("(2, 3)", "(1073741819,)"), TWELVE);
        assertEquals("test.npy: byte 77: found 12 bytes of data, expected 2147483638 for INT16 [1073741819]",
            failure(file));
        final Path path = Files.write(folder.resolve("claim.npy"), file);
        assertEquals(path + ": byte 77: found 12 bytes of data, expected 2147483638 for INT16 [1073741819]",
            assertThrows(NpyFormatException.class, () -> NpyReader.read(path)).getMessage());
        final byte[] large = Npy.file(1, PLAIN.replace("(2, 3)", "(2147483647,)"), TWELVE);
        assertTrue(failure(large).contains("expected at most 2147483639"), failure(large));
        final byte[] overflow = Npy.file(1, PLAIN.replace("(2, 3)", "(2147483647, 2147483647, 9)"), TWELVE);
        assertTrue(failure(overflow).contains("more than 2^63 bytes"), failure(overflow));
        final byte[] header = Npy.file(2, PLAIN, TWELVE);
        header[11] = (byte) 0xff;
        assertTrue(failure(header).contains("byte 8: found a header of 42781"), failure(header));
    }

    @Test
    void shouldNameFileWhenItIsMissingOrFolder() {
        final Path missing = folder.resolve("missing.npy");
        assertEquals(missing + ": no such file or folder",
            assertThrows(IOException.class, () -> NpyReader.read(missing)).getMessage());
        assertEquals(folder + ": this is a folder, expected a file",
            assertThrows(IOException.class, () -> NpyReader.read(folder)).getMessage());
    }

    @Test
    void shouldReadOrRejectEveryPrefixAndEveryChangedByte() throws IOException {
        final byte[] file = Npy.written(NpyArray.ofFloats(new float[] {1, 2, 3, 4, 5, 6, 7}, 7));
        for (int length = 0; length < file.length; length++) {
            final byte[] prefix = Arrays.copyOf(file, length);
            assertFalse(failure(prefix).contains("\n"));
            final Path path = Files.write(folder.resolve("prefix.npy"), prefix);
            assertThrows(NpyFormatException.class, () -> NpyReader.read(path), "prefix " + length);
        }
        final Random random = new Random(11);
        for (int i = 0; i < file.length; i++) {
            for (int change = 0; change < 20; change++) {
                final byte[] changed = file.clone();
                changed[i] ^= (byte) (1 + random.nextInt(255));
                final Path path = Files.write(folder.resolve("changed.npy"), changed);
                assertEquals(readsOrRejects(changed), readsOrRejects(path), "byte " + i + " = " + changed[i]);
            }
        }
    }

    private static boolean readsOrRejects(final byte[] file) throws IOException {
        try {
            return Npy.read(file).size() <= 7 * 4;
        } catch (final NpyFormatException rejected) {
            return false;
        }
    }

    private static boolean readsOrRejects(final Path file) throws IOException {
        try {
            return NpyReader.read(file).size() <= 7 * 4;
        } catch (final NpyFormatException rejected) {
            return false;
        }
    }

    private static String failure(final byte[] file) {
        final String message = assertThrows(NpyFormatException.class, () -> Npy.read(file),
            () -> new String(file, StandardCharsets.ISO_8859_1)).getMessage();
        assertTrue(message.startsWith("test.npy: ") && !message.contains("\n"), message);
        return message;
    }
}
