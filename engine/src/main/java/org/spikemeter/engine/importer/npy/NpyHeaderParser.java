package org.spikemeter.engine.importer.npy;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The dictionary in a header, a literal of Python with exactly three keys:
 * {@code {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }}. White space, order, kind of quotes, a comma at
 * the end and the {@code L} of Python 2 are free, all else is not. Of records, the descr is a list of fields with
 * padding among them, {@code [('t', '<i8'), ('p', '|u1'), ('', '|V7')]}: NumPy writes no other form.
 */
final class NpyHeaderParser {
    private static final String SUPPORTED = "bool, int, uint of 8 to 64 bits or float of 16 to 64 bits";
    /** More than any record of numbers has. */
    private static final int MAX_FIELDS = 1024;
    private static final int MAX_RECORD_BYTES = 1 << 16;

    private final PythonScanner in;
    private final boolean records;
    private List<NpyField> fields;
    private int recordBytes;
    private Boolean fortranOrder;
    private int[] shape;
    private int shapeAt;

    /**
     * @param in the text
     * @param records whether the elements may be records
     */
    NpyHeaderParser(final PythonScanner in, final boolean records) {
        this.in = in;
        this.records = records;
    }

    /** The header of an array of plain numbers. */
    NpyHeader parse() throws NpyFormatException {
        final NpyRecords header = parseRecords();
        final NpyField element = header.fields().getFirst();
        return new NpyHeader(
            element.type(), element.bigEndian(), header.columnMajor(), shape, elementBytes(), header.offset());
    }

    NpyRecords parseRecords() throws NpyFormatException {
        in.require('{', "'{' of the header's dictionary");
        while (!in.accept('}')) {
            readEntry();
            if (!in.accept(',')) {
                in.require('}', "',' or '}'");
                break;
            }
        }
        if (!in.isAtEnd()) {
            throw in.unexpected("nothing after the header's dictionary");
        }
        checkPresent("descr", fields);
        checkPresent("fortran_order", fortranOrder);
        checkPresent("shape", shape);
        elementBytes();
        return new NpyRecords(List.copyOf(fields), recordBytes, shape, fortranOrder, in.end());
    }

    private void checkPresent(final String key, final Object value) throws NpyFormatException {
        if (value == null) {
            throw in.failure("the header has no key '" + key + "', expected 'descr', 'fortran_order' and 'shape'");
        }
    }

    private void readEntry() throws NpyFormatException {
        final int keyAt = in.at();
        final String key = in.string("a key");
        in.require(':', "':' after the key '" + key + "'");
        switch (key) {
            case "descr" -> {
                checkFirst(key, keyAt, fields);
                readDescr();
            }
            case "fortran_order" -> {
                checkFirst(key, keyAt, fortranOrder);
                fortranOrder = truth();
            }
            case "shape" -> {
                checkFirst(key, keyAt, shape);
                shapeAt = in.at();
                shape = shape();
            }
            default -> throw in.failure(keyAt, "found the key '" + PythonScanner.excerpt(key)
                + "', expected only 'descr', 'fortran_order' and 'shape'");
        }
    }

    private void checkFirst(final String key, final int keyAt, final Object before) throws NpyFormatException {
        if (before != null) {
            throw in.failure(keyAt, "found the key '" + key + "' again, expected it once");
        }
    }

    private void readDescr() throws NpyFormatException {
        final int descrAt = in.at();
        fields = new ArrayList<>();
        if (!in.sees('[')) {
            addField("", in.string("the text of key 'descr'"), descrAt);
        } else if (records) {
            readFields();
        } else {
            throw in.failure(descrAt, "key 'descr': found a list, which is a structured array of records: "
                + in.excerptFrom(descrAt) + ", expected one type: " + SUPPORTED);
        }
    }

    private void readFields() throws NpyFormatException {
        final int listAt = in.at();
        in.require('[', "'[' of key 'descr'");
        while (!in.accept(']')) {
            in.require('(', "'(' of a field in key 'descr'");
            final String name = in.string("the name of a field");
            in.require(',', "',' after the name of a field");
            final int codeAt = in.at();
            addField(name, in.string("the type of a field"), codeAt);
            in.require(')', "')' after the type of a field, which is one number");
            if (!in.accept(',') && !in.sees(']')) {
                throw in.unexpected("',' or ']' in key 'descr'");
            }
        }
        if (fields.isEmpty()) {
            throw in.failure(listAt, "key 'descr': found no field of numbers, expected at least one");
        }
    }

    private void addField(final String name, final String descr, final int descrAt) throws NpyFormatException {
        final boolean hasOrder = !descr.isEmpty() && "<>=|".indexOf(descr.charAt(0)) >= 0;
        final String code = hasOrder ? descr.substring(1) : descr;
        final int padding = records && code.matches("V\\d{1,5}") ? Integer.parseInt(code.substring(1)) : 0;
        final NpyType type = NpyType.ofCode(code);
        if (type == null && padding == 0) {
            throw in.failure(descrAt, "key 'descr': found '" + PythonScanner.excerpt(descr) + "'"
                + (descr.endsWith("O") ? ", an array of Python objects" : "") + ", expected " + SUPPORTED);
        }
        if (type != null) {
            fields.add(new NpyField(name, type, isBigEndian(hasOrder ? descr.charAt(0) : '='), recordBytes));
        }
        recordBytes += type == null ? padding : type.bytes();
        if (fields.size() > MAX_FIELDS || recordBytes > MAX_RECORD_BYTES) {
            throw in.failure(descrAt, "key 'descr': found records of " + fields.size() + " fields and "
                + recordBytes + " bytes, expected at most " + MAX_FIELDS + " and " + MAX_RECORD_BYTES);
        }
    }

    /** As in NumPy, an order that says nothing means that of the machine. */
    private static boolean isBigEndian(final char order) {
        return switch (order) {
            case '<' -> false;
            case '>' -> true;
            default -> ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
        };
    }

    private boolean truth() throws NpyFormatException {
        if (in.accept("True")) {
            return true;
        }
        if (in.accept("False")) {
            return false;
        }
        throw in.unexpected("True or False for key 'fortran_order'");
    }

    private int[] shape() throws NpyFormatException {
        in.require('(', "'(' of key 'shape'");
        final int[] sides = new int[NpyArray.MAX_RANK];
        int rank = 0;
        boolean comma = true;
        while (!in.accept(')')) {
            if (!comma) {
                throw in.unexpected("',' or ')' in key 'shape'");
            }
            if (rank == sides.length) {
                throw in.unexpected("at most " + sides.length + " axes in key 'shape'");
            }
            sides[rank++] = in.number("shape");
            comma = in.accept(',');
        }
        if (rank == 1 && !comma) {
            throw in.failure(shapeAt, "key 'shape': found the number (" + sides[0] + "), expected the tuple ("
                + sides[0] + ",)");
        }
        return Arrays.copyOf(sides, rank);
    }

    private long elementBytes() throws NpyFormatException {
        for (final int side : shape) {
            if (side == 0) {
                return 0;
            }
        }
        try {
            long bytes = recordBytes;
            for (final int side : shape) {
                bytes = Math.multiplyExact(bytes, side);
            }
            return bytes;
        } catch (final ArithmeticException overflow) {
            throw in.failure(shapeAt, "key 'shape': found " + PythonScanner.excerpt(Arrays.toString(shape))
                + ", more than 2^63 bytes");
        }
    }
}
