package org.spikemeter.dvs.format.npy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.array.TableOrder;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.importer.npy.NpyRecords;

/**
 * A NumPy array of events: records with fields named t, x, y, p or so, of any types and in any order; or a table [N, 4]
 * of numbers of at least 32 bits, whose columns are t, x, y, p or x, y, t, p, as the first rows tell. Integer times are
 * microseconds, floating ones seconds. Arrays of other shapes and types are frames or something else.
 */
public final class NpyFormat implements EventFormat {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    @Override
    public String name() {
        return "npy";
    }

    @Override
    public String description() {
        return "NumPy array of records t, x, y, p (tonic, expelliarmus), or of numbers [N, 4]";
    }

    @Override
    public List<String> endings() {
        return List.of(".npy");
    }

    @Override
    public List<String> variants() {
        return NpyLayout.variants();
    }

    /** A table is one of events where its first rows are; a picture of so many bytes never is. */
    @Override
    public boolean recognises(final byte[] head, final Path file) throws IOException {
        if (!EventFormat.startsWith(head, MAGIC)) {
            return false;
        }
        final NpyRecords header;
        try {
            header = NpyRecords.read(new ByteArrayInputStream(head), file.toString());
        } catch (final FormatException damaged) {
            return false;
        }
        return NpyEvents.isRecords(header) || NpyEvents.isTable(header) && fits(header, file);
    }

    private static boolean fits(final NpyRecords header, final Path file) throws IOException {
        try (NpyEvents events = NpyEvents.open(file)) {
            return TableOrder.of(events.table()).isPresent();
        }
    }

    @Override
    public EventReader open(final Path file, final Optional<String> variant) throws IOException {
        return NpyEvents.reader(file, variant.flatMap(name -> NpyLayout.of(Optional.of(name)).order()));
    }

    @Override
    public EventWriter create(
        final EventOutput out, final Optional<SensorSize> size, final Optional<String> variant) throws IOException {
        return new NpyEventWriter(out, NpyLayout.of(variant));
    }
}
