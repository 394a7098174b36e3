package org.spikemeter.dvs.format.npy;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.format.array.ArrayReader;
import org.spikemeter.dvs.format.array.Column;
import org.spikemeter.dvs.format.array.EventFields;
import org.spikemeter.dvs.format.array.RowInput;
import org.spikemeter.dvs.format.array.StreamRows;
import org.spikemeter.dvs.format.array.TableOrder;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.ReadWarnings;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.importer.npy.NpyField;
import org.spikemeter.engine.importer.npy.NpyRecords;

/** A {@code .npy} file that is open, and the columns in it. */
final class NpyEvents implements Closeable {
    /** A table of narrower numbers could not hold times: it is a picture or the like. */
    private static final int MIN_TABLE_BYTES = 4;

    private final Path file;
    private final NpyRecords header;
    private final ReadWarnings warnings;
    private final List<EventInput> inputs = new ArrayList<>();

    private NpyEvents(final Path file, final NpyRecords header) {
        this.file = file;
        this.header = header;
        this.warnings = new ReadWarnings(file.toString());
    }

    static NpyEvents open(final Path file) throws IOException {
        // says what is wrong with a file that cannot be read
        EventInput.open(file).close();
        try (InputStream in = Files.newInputStream(file)) {
            return new NpyEvents(file, NpyRecords.read(in, file.toString()));
        }
    }

    static EventReader reader(final Path file, final Optional<TableOrder> order) throws IOException {
        final NpyEvents events = open(file);
        boolean opened = false;
        try {
            final EventReader reader = events.reader(order);
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                events.close();
            }
        }
    }

    private EventReader reader(final Optional<TableOrder> wanted) throws IOException {
        final EventFields<Column> columns;
        final String format;
        if (isRecords(header)) {
            final RowInput rows = rows(0, header.recordBytes());
            columns = fields(header).map(field -> column(rows, field));
            format = "NumPy array of records";
        } else if (isTable(header)) {
            final List<Column> table = table();
            final TableOrder order =
                wanted.isPresent() ? wanted.get() : TableOrder.of(table).orElse(TableOrder.TXYP);
            columns = order.pick(table);
            format = "NumPy array [N, 4], " + order.name().toLowerCase(Locale.ROOT);
        } else {
            throw new FormatException(file + ": found a NumPy array of the shape " + Arrays.toString(header.shape())
                + " with the fields " + header.fields().stream().map(NpyField::name).toList()
                + ", expected [N] with the fields " + EventFields.EXPECTED
                + ", or [N, 4] of numbers of at least 32 bits");
        }
        return new ArrayReader(file.toString(), format, Optional.empty(), columns, 0, warnings, this);
    }

    /** True for an array of records that are events. */
    static boolean isRecords(final NpyRecords header) {
        return header.shape().length == 1 && !header.isPlain() && EventFields.among(named(header)).isPresent();
    }

    /** The fields of records that are events. */
    static EventFields<NpyField> fields(final NpyRecords header) {
        return EventFields.among(named(header)).orElseThrow();
    }

    private static Map<String, NpyField> named(final NpyRecords header) {
        final Map<String, NpyField> named = new LinkedHashMap<>();
        header.fields().forEach(field -> named.putIfAbsent(field.name(), field));
        return named;
    }

    static Column column(final RowInput rows, final NpyField field) {
        return new Column(rows, field.type(), field.bigEndian(), field.offset());
    }

    /** True for a table of plain numbers that may be events. */
    static boolean isTable(final NpyRecords header) {
        return header.isPlain() && header.shape().length == 2 && header.shape()[1] == TableOrder.COLUMNS
            && header.recordBytes() >= MIN_TABLE_BYTES;
    }

    /** The columns of a table. */
    List<Column> table() throws IOException {
        final NpyField number = header.fields().getFirst();
        final int bytes = header.recordBytes();
        final List<Column> columns = new ArrayList<>();
        if (header.columnMajor()) {
            for (int i = 0; i < TableOrder.COLUMNS; i++) {
                columns.add(column(rows((long) i * bytes * header.shape()[0], bytes), number));
            }
        } else {
            final RowInput rows = rows(0, bytes * TableOrder.COLUMNS);
            for (int i = 0; i < TableOrder.COLUMNS; i++) {
                columns.add(new Column(rows, number.type(), number.bigEndian(), i * bytes));
            }
        }
        return columns;
    }

    private RowInput rows(final long from, final int rowBytes) throws IOException {
        final EventInput in = EventInput.open(file);
        inputs.add(in);
        in.skip(header.offset() + from);
        return new StreamRows(in, 0, rowBytes, header.shape()[0], warnings);
    }

    @Override
    public void close() throws IOException {
        for (final EventInput in : inputs) {
            in.close();
        }
    }
}
