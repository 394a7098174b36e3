package org.spikemeter.dvs.format.hdf5;

import io.jhdf.object.datatype.BitField;
import io.jhdf.object.datatype.CompoundDataType;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.spikemeter.dvs.format.array.Column;
import org.spikemeter.dvs.format.array.RowInput;
import org.spikemeter.engine.importer.npy.NpyType;

/**
 * A number in each element of a data set.
 *
 * @param offset bytes from the start of the element
 */
record Hdf5Number(NpyType type, boolean bigEndian, int offset) {
    /** The number that an element of this type is, or has at {@code offset}; empty where it is something else. */
    static Optional<Hdf5Number> of(final DataType type, final int offset) {
        return switch (type) {
            case FixedPoint whole when whole.getBitOffset() == 0
                && whole.getBitPrecision() == whole.getSize() * Byte.SIZE ->
                number((whole.isSigned() ? "INT" : "UINT") + whole.getSize() * Byte.SIZE, whole.getByteOrder(), offset);
            case FloatingPoint real -> number("FLOAT" + real.getSize() * Byte.SIZE, real.getByteOrder(), offset);
            // truth values as h5py and HighFive write them
            case EnumDataType truth when truth.getSize() == 1 -> number("BOOL", ByteOrder.LITTLE_ENDIAN, offset);
            case BitField truth when truth.getSize() == 1 -> number("BOOL", ByteOrder.LITTLE_ENDIAN, offset);
            default -> Optional.empty();
        };
    }

    private static Optional<Hdf5Number> number(final String name, final ByteOrder order, final int offset) {
        for (final NpyType type : NpyType.values()) {
            if (type.name().equals(name)) {
                return Optional.of(new Hdf5Number(type, order == ByteOrder.BIG_ENDIAN, offset));
            }
        }
        return Optional.empty();
    }

    /** The numbers among the members of a record, by their names. */
    static Map<String, Hdf5Number> members(final CompoundDataType record) {
        final Map<String, Hdf5Number> members = new LinkedHashMap<>();
        for (final CompoundDataType.CompoundDataMember member : record.getMembers()) {
            of(member.getDataType(), member.getOffset())
                .filter(number -> number.offset >= 0 && number.offset <= record.getSize() - number.type.bytes())
                .ifPresent(number -> members.put(member.getName(), number));
        }
        return members;
    }

    /** The number as a column. */
    Column in(final RowInput rows) {
        return new Column(rows, type, bigEndian, offset);
    }

    /** The same number of a later element in the row. */
    Hdf5Number movedBy(final int bytes) {
        return new Hdf5Number(type, bigEndian, offset + bytes);
    }
}
