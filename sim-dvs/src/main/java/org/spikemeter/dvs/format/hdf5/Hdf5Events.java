package org.spikemeter.dvs.format.hdf5;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.array.ArrayReader;
import org.spikemeter.dvs.format.array.Column;
import org.spikemeter.dvs.format.array.EventFields;
import org.spikemeter.dvs.format.array.RowInput;
import org.spikemeter.dvs.format.array.TableOrder;
import org.spikemeter.dvs.format.io.ReadWarnings;
import org.spikemeter.engine.FormatException;

/** Finds the events in an HDF5 file that is open. */
final class Hdf5Events {
    private static final List<Place> PLACES = List.of(
        new Place("CD/events", "Metavision"),
        new Place("events", "/events"),
        new Place("davis/left/events", "MVSEC, left"),
        new Place("davis/right/events", "MVSEC, right"),
        new Place("prophesee/left", "M3ED, left"),
        new Place("prophesee/right", "M3ED, right"));

    private static final String TIME_OFFSET = "t_offset";
    private static final String UNEQUAL = "the data sets are not of the same length, the shortest one counts";

    private final Hdf5Storage storage;
    private final Hdf5Object root;
    private final ReadWarnings warnings;

    private Hdf5Events(final Hdf5Storage storage) {
        this.storage = storage;
        this.root = Hdf5Object.root(storage);
        this.warnings = new ReadWarnings(storage.name());
    }

    /**
     * Opens a file.
     *
     * @throws FormatException where it is no HDF5 file, is damaged, or has no events where they are looked for
     */
    static EventReader open(final Path file) throws IOException {
        final Hdf5Storage storage = Hdf5Storage.open(file);
        boolean opened = false;
        try {
            final EventReader reader = Hdf5Damage.guard(storage.name(), () -> new Hdf5Events(storage).reader());
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                storage.close();
            }
        }
    }

    /** True where there are events, or where there might be some but for the damage. */
    static boolean areIn(final Path file) throws IOException {
        try (Hdf5Storage storage = Hdf5Storage.open(file)) {
            return Hdf5Damage.guard(storage.name(), () -> new Hdf5Events(storage).find().isPresent());
        } catch (final FormatException damaged) {
            return true;
        }
    }

    /** Where events may be, and whose files have them there. */
    private record Place(String path, String whose) {
    }

    /** What was found at a place. */
    private record Found(String whose, Hdf5Object object, Columns columns) {
    }

    /** Makes columns of what was found. */
    @FunctionalInterface
    private interface Columns {
        EventFields<Column> open() throws IOException;
    }

    private Optional<Found> find() {
        for (final Place place : PLACES) {
            final Optional<Found> found = root.find(place.path()).flatMap(object ->
                columns(object).map(columns -> new Found(place.whose(), object, columns)));
            if (found.isPresent()) {
                return found;
            }
        }
        return columns(root).map(columns -> new Found("/", root, columns));
    }

    private Optional<Columns> columns(final Hdf5Object object) {
        final Optional<Hdf5Array> array = Hdf5Array.of(object);
        if (array.isEmpty()) {
            return ofGroup(object);
        }
        if (array.get().isTable(TableOrder.COLUMNS) && array.get().number().isPresent()) {
            return Optional.of(() -> ofTable(array.get()));
        }
        return array.filter(Hdf5Array::isList).flatMap(list -> EventFields.among(list.members()).map(members -> () -> {
            final RowInput rows = list.list(warnings);
            return members.map(member -> member.in(rows));
        }));
    }

    private EventFields<Column> ofTable(final Hdf5Array table) throws IOException {
        final List<Column> columns = table.table(warnings);
        return TableOrder.of(columns).orElse(TableOrder.TXYP).pick(columns);
    }

    private Optional<Columns> ofGroup(final Hdf5Object group) {
        final Map<String, Hdf5Array> lists = new LinkedHashMap<>();
        for (final String name : EventFields.among(named(group)).map(EventFields::all).orElse(List.of())) {
            group.find(name).flatMap(Hdf5Array::of)
                .filter(array -> array.isList() && array.number().isPresent())
                .ifPresent(array -> lists.put(name, array));
        }
        return EventFields.among(lists).map(parts -> () -> {
            if (parts.all().stream().mapToLong(Hdf5Array::rows).distinct().count() > 1) {
                warnings.add(UNEQUAL, 0, "found " + parts.all().stream().map(Hdf5Array::rows).toList());
            }
            return parts.map(part -> part.number().orElseThrow().in(part.list(warnings)));
        });
    }

    /** The names of the members, each with itself; names with a slash in them are none. */
    private static Map<String, String> named(final Hdf5Object group) {
        final Map<String, String> names = new LinkedHashMap<>();
        group.children().keySet().forEach(name -> names.put(name, name));
        return names;
    }

    private EventReader reader() throws IOException {
        final Found found = find().orElseThrow(() -> new FormatException(storage.name() + ": found "
            + root.children().keySet() + ", expected events as records, as a table [N, 4] or as columns in one of "
            + PLACES.stream().map(Place::path).toList()));
        final long addedMicros = timeOffset();
        return new ArrayReader(storage.name(), "HDF5 (" + found.whose() + ")", size(found.object()),
            found.columns().open(), addedMicros, warnings, storage);
    }

    /** DSEC has times that begin at 0, and an offset to add: microseconds, floating ones seconds. */
    private long timeOffset() throws IOException {
        final Optional<Hdf5Array> array = root.find(TIME_OFFSET).flatMap(Hdf5Array::of);
        final Optional<Column> single = array.isPresent() ? array.get().single(warnings) : Optional.empty();
        if (single.isEmpty() || single.get().rows().available() == 0) {
            return 0;
        }
        final long micros = single.get().firstMicros();
        if (!ArrayReader.isOffset(micros)) {
            throw new FormatException(storage.name() + ": /" + TIME_OFFSET + " is "
                + (single.get().type().isFloating() ? "no time" : micros + " us") + ", expected less than 2^62");
        }
        return micros;
    }

    /** What Metavision and others say about the sensor. */
    private Optional<SensorSize> size(final Hdf5Object found) {
        for (final Hdf5Object object : List.of(found, root)) {
            final Optional<SensorSize> geometry = object.attribute("geometry").flatMap(Hdf5Events::parse);
            if (geometry.isPresent()) {
                return geometry;
            }
            final Optional<Object> width = object.attribute("width");
            final Optional<Object> height = object.attribute("height");
            if (width.orElse(null) instanceof Number columns && height.orElse(null) instanceof Number rows
                && SensorSize.isPossible(columns.longValue(), rows.longValue())) {
                return Optional.of(new SensorSize(columns.intValue(), rows.intValue()));
            }
        }
        return Optional.empty();
    }

    /** {@code 1280x720}. */
    private static Optional<SensorSize> parse(final Object geometry) {
        final String text = geometry.toString().strip();
        if (!text.matches("\\d{1,5}x\\d{1,5}")) {
            return Optional.empty();
        }
        final int cross = text.indexOf('x');
        final int width = Integer.parseInt(text.substring(0, cross));
        final int height = Integer.parseInt(text.substring(cross + 1));
        return SensorSize.of(width, height);
    }
}
