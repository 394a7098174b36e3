package org.spikemeter.dvs.format.npy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.engine.FormatException;

/**
 * A NumPy archive of events: one array each for t, x, y and p, as SpikingJelly has them, of any types, stored or
 * deflated; or one array of records. Integer times are microseconds, floating ones seconds.
 */
public final class NpzFormat implements EventFormat {
    private static final String STORED = "stored";
    private static final String DEFLATE = "deflate";

    @Override
    public String name() {
        return "npz";
    }

    @Override
    public String description() {
        return "NumPy archive of arrays t, x, y, p (SpikingJelly)";
    }

    @Override
    public List<String> endings() {
        return List.of(".npz");
    }

    @Override
    public List<String> variants() {
        return List.of(STORED, DEFLATE);
    }

    /** An archive with other arrays, such as {@code x} [T, C, H, W], is no recording. */
    @Override
    public boolean recognises(final byte[] head, final Path file) throws IOException {
        if (head.length < 2 || head[0] != 'P' || head[1] != 'K') {
            return false;
        }
        try (NpzEvents events = NpzEvents.open(file)) {
            return events.isEvents();
        } catch (final FormatException other) {
            return false;
        }
    }

    @Override
    public EventReader open(final Path file, final Optional<String> variant) throws IOException {
        return NpzEvents.reader(file);
    }

    @Override
    public EventWriter create(
        final EventOutput out, final Optional<SensorSize> size, final Optional<String> variant) throws IOException {
        return new NpzEventWriter(
            out, variant.orElse(STORED).equals(DEFLATE) ? ZipEntry.DEFLATED : ZipEntry.STORED);
    }
}
