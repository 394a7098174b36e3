package org.spikemeter.dvs.format.npy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.spikemeter.dvs.format.array.TableOrder;

/** The layouts in which a {@code .npy} is written. */
enum NpyLayout {
    /** {@code tonic.io.make_structured_array}: x, y of 16 bits, t of 64, p a truth value. */
    TONIC("[('x', '<i2'), ('y', '<i2'), ('t', '<i8'), ('p', '|b1')]", 13) {
        @Override
        void put(final ByteBuffer into, final long micros, final int x, final int y, final int polarity) {
            into.putShort((short) x).putShort((short) y).putLong(micros).put((byte) polarity);
        }
    },
    /** What expelliarmus returns: a record of C, which is padded. */
    EXPELLIARMUS("[('t', '<i8'), ('x', '<i2'), ('y', '<i2'), ('p', '|u1'), ('', '|V3')]", 16) {
        @Override
        void put(final ByteBuffer into, final long micros, final int x, final int y, final int polarity) {
            into.putLong(micros).putShort((short) x).putShort((short) y).putInt(polarity);
        }
    },
    /** A table of 64-bit integers in the order {@link TableOrder#TXYP}. */
    TXYP("'<i8'", 32) {
        @Override
        void put(final ByteBuffer into, final long micros, final int x, final int y, final int polarity) {
            into.putLong(micros).putLong(x).putLong(y).putLong(polarity);
        }

        @Override
        Optional<TableOrder> order() {
            return Optional.of(TableOrder.TXYP);
        }
    },
    /** A table of 64-bit integers in the order {@link TableOrder#XYTP}. */
    XYTP("'<i8'", 32) {
        @Override
        void put(final ByteBuffer into, final long micros, final int x, final int y, final int polarity) {
            into.putLong(x).putLong(y).putLong(micros).putLong(polarity);
        }

        @Override
        Optional<TableOrder> order() {
            return Optional.of(TableOrder.XYTP);
        }
    };

    private final String descr;
    private final int rowBytes;

    NpyLayout(final String descr, final int rowBytes) {
        this.descr = descr;
        this.rowBytes = rowBytes;
    }

    /** As a user names it. */
    String variant() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> variants() {
        return Arrays.stream(values()).map(NpyLayout::variant).toList();
    }

    /** The layout of a variant; of none, the default. */
    static NpyLayout of(final Optional<String> variant) {
        return variant.map(name -> valueOf(name.toUpperCase(Locale.ROOT))).orElse(TONIC);
    }

    /** The type of the elements in Python's notation. */
    String descr() {
        return descr;
    }

    int rowBytes() {
        return rowBytes;
    }

    /** Sides of an array of so many events. */
    long[] shape(final long events) {
        return order().isPresent() ? new long[] {events, TableOrder.COLUMNS} : new long[] {events};
    }

    /** The order of the columns, for tables. */
    Optional<TableOrder> order() {
        return Optional.empty();
    }

    /** Writes an event, {@link #rowBytes()} in all. */
    abstract void put(ByteBuffer into, long micros, int x, int y, int polarity);
}
