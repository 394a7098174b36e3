package org.spikemeter.dvs.format.npy;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.format.array.ArrayReader;
import org.spikemeter.dvs.format.array.Column;
import org.spikemeter.dvs.format.array.EventFields;
import org.spikemeter.dvs.format.array.RowInput;
import org.spikemeter.dvs.format.array.StreamRows;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.ReadWarnings;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.importer.npy.ArrayStore;
import org.spikemeter.engine.importer.npy.NpyRecords;

/** A {@code .npz} archive that is open, and the columns in it. */
final class NpzEvents implements Closeable {
    private static final String UNEQUAL = "the arrays are not of the same length, the shortest one counts";

    private final ArrayStore arrays;
    private final ReadWarnings warnings;
    private final Set<Integer> lengths = new TreeSet<>();

    private NpzEvents(final ArrayStore arrays) {
        this.arrays = arrays;
        this.warnings = new ReadWarnings(arrays.path().toString());
    }

    static NpzEvents open(final Path file) throws IOException {
        return new NpzEvents(ArrayStore.open(file));
    }

    static EventReader reader(final Path file) throws IOException {
        final NpzEvents events = open(file);
        boolean opened = false;
        try {
            final EventReader reader = events.reader();
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                events.close();
            }
        }
    }

    /** True where there are columns, or one array of records, that are events. */
    boolean isEvents() throws IOException {
        final Optional<EventFields<String>> names = names();
        if (names.isEmpty()) {
            return records().isPresent();
        }
        for (final String name : names.get().all()) {
            if (!isColumn(header(name))) {
                return false;
            }
        }
        return true;
    }

    private Optional<EventFields<String>> names() {
        final Map<String, String> names = new LinkedHashMap<>();
        arrays.names().forEach(name -> names.put(name, name));
        return EventFields.among(names);
    }

    /** The only array of the archive, where it is one of records that are events. */
    private Optional<String> records() throws IOException {
        final boolean one = arrays.names().size() == 1;
        return one && NpyEvents.isRecords(header(arrays.names().getFirst()))
            ? Optional.of(arrays.names().getFirst()) : Optional.empty();
    }

    private NpyRecords header(final String name) throws IOException {
        try (InputStream in = arrays.open(name)) {
            return NpyRecords.read(in, arrays.place(name));
        }
    }

    private static boolean isColumn(final NpyRecords header) {
        return header.isPlain() && header.shape().length == 1;
    }

    private EventReader reader() throws IOException {
        final EventFields<Column> columns;
        final Optional<EventFields<String>> names = names();
        final Optional<String> records = names.isPresent() ? Optional.empty() : records();
        if (names.isPresent()) {
            columns = names.get().map(this::column);
        } else if (records.isPresent()) {
            columns = records(records.get());
        } else {
            throw new FormatException(arrays.path() + ": found the arrays " + arrays.names() + ", expected "
                + EventFields.EXPECTED + ", or one array of records with such fields");
        }
        if (lengths.size() > 1) {
            warnings.add(UNEQUAL, 0, "found " + lengths);
        }
        return new ArrayReader(arrays.path().toString(), "NumPy archive", Optional.empty(), columns, 0, warnings, this);
    }

    private Column column(final String name) throws IOException {
        final InputStream in = arrays.open(name);
        final NpyRecords header = NpyRecords.read(in, arrays.place(name));
        if (!isColumn(header)) {
            throw new FormatException(arrays.place(name) + ": found an array of " + header.shape().length
                + " axes, expected one axis of plain numbers");
        }
        return NpyEvents.column(rows(name, in, header), header.fields().getFirst());
    }

    private EventFields<Column> records(final String name) throws IOException {
        final InputStream in = arrays.open(name);
        final NpyRecords header = NpyRecords.read(in, arrays.place(name));
        final RowInput rows = rows(name, in, header);
        return NpyEvents.fields(header).map(field -> NpyEvents.column(rows, field));
    }

    private RowInput rows(final String name, final InputStream in, final NpyRecords header) {
        lengths.add(header.shape()[0]);
        return new StreamRows(EventInput.of(arrays.place(name), in), header.offset(), header.recordBytes(),
            header.shape()[0], warnings);
    }

    /** Closes the streams of the entries as well. */
    @Override
    public void close() throws IOException {
        arrays.close();
    }
}
