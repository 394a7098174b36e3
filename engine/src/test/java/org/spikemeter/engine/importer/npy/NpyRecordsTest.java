package org.spikemeter.engine.importer.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NpyRecordsTest {
    private static NpyRecords read(final String header) throws IOException {
        return NpyRecords.read(new ByteArrayInputStream(Npy.file(1, header, new byte[0])), "test.npy");
    }

    private static NpyRecords ofDescr(final String descr) throws IOException {
        return read("{'descr': " + descr + ", 'fortran_order': False, 'shape': (7,), }");
    }

    @Test
    void shouldReadFieldsAsNumpyWritesThemWhenTheyAreAligned() throws IOException {
        // numpy.dtype([('x', 'u1'), ('t', 'i8'), ('p', '?')], align=True), as saved by NumPy 1.24
        final NpyRecords records = ofDescr("[('x', '|u1'), ('', '|V7'), ('t', '<i8'), ('p', '|b1'), ('', '|V7')]");
        assertEquals(List.of(
            new NpyField("x", NpyType.UINT8, false, 0),
            new NpyField("t", NpyType.INT64, false, 8),
            new NpyField("p", NpyType.BOOL, false, 16)), records.fields());
        assertEquals(24, records.recordBytes());
        assertArrayEquals(new int[] {7}, records.shape());
        assertFalse(records.isPlain());
        assertFalse(records.columnMajor());
    }

    @Test
    void shouldTakePlainNumbersForRecordsOfOneField() throws IOException {
        final NpyRecords records = read("{'descr': '>f4', 'fortran_order': True, 'shape': (3, 4)}");
        assertEquals(List.of(new NpyField("", NpyType.FLOAT32, true, 0)), records.fields());
        assertEquals(4, records.recordBytes());
        assertTrue(records.isPlain());
        assertTrue(records.columnMajor());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "[]; found no field of numbers",
        "[('', '|V8')]; found no field of numbers",
        "[('x', '<U3')]; found '<U3', expected bool",
        "[('x', '|O')]; an array of Python objects",
        "[('x', '<i2', (3,))]; expected ')' after the type",
        "[('x', [('y', '<i2')])]; expected the type of a field in quotes",
        "[(('title', 'x'), '<i2')]; expected the name of a field in quotes",
        "[('x', '<i2') ('y', '<i2')]; expected ',' or ']'",
        "[('x', '|V99999')]; expected at most 1024 and 65536",
        "[('x', '<i2'; expected ')' after the type",
    })
    void shouldSayWhatIsWrongWithFields(final String descr, final String expected) {
        final String message = assertThrows(NpyFormatException.class, () -> ofDescr(descr)).getMessage();
        assertTrue(message.startsWith("test.npy: byte ") && message.contains(expected), message);
    }

    @Test
    void shouldKeepLengthOfHeaderWhateverTheFirstSide() throws IOException {
        final String descr = "[('t', '<i8'), ('p', '|b1')]";
        for (final long rows : new long[] {0, 9, 10, Integer.MAX_VALUE, Long.MAX_VALUE}) {
            assertEquals(NpyWriter.header(descr, 1).length, NpyWriter.header(descr, rows).length);
        }
        final byte[] header = NpyWriter.header(descr, 12);
        final NpyRecords read = NpyRecords.read(new ByteArrayInputStream(header), "test.npy");
        assertArrayEquals(new int[] {12}, read.shape());
        assertEquals(header.length, read.offset());
    }

    @Test
    void shouldReadOrRejectEveryPrefixAndEveryChangedByte() {
        final byte[] good = Npy.file(1, "{'descr': [('t', '<i8'), ('', '|V3')], 'fortran_order': False, 'shape': (7,)}",
            new byte[0]);
        for (int at = 0; at < good.length; at++) {
            for (int value = -128; value < 128; value++) {
                final byte[] changed = good.clone();
                changed[at] = (byte) value;
                readOrReject(changed);
            }
            readOrReject(Arrays.copyOf(good, at));
        }
        assertTrue(new String(good, StandardCharsets.US_ASCII).contains("descr"));
    }

    private static void readOrReject(final byte[] file) {
        try {
            assertTrue(NpyRecords.read(new ByteArrayInputStream(file), "test.npy").recordBytes() > 0);
        } catch (final NpyFormatException rejected) {
            assertTrue(rejected.getMessage().startsWith("test.npy: byte "), rejected.getMessage());
        } catch (final IOException other) {
            throw new AssertionError(other);
        }
    }
}
