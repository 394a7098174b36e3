package org.spikemeter.dvs.format.hdf5;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.EventOutput;

/**
 * Events in HDF5, whoever wrote them: {@code /CD/events} of Metavision, {@code /events/t, x, y, p} of DSEC and many
 * others, {@code /events} [N, 4] of v2e, {@code /davis/left/events} of MVSEC, {@code /prophesee/left} of M3ED; of two
 * cameras the left one. Integer times are microseconds, to which {@code /t_offset} is added; floating ones seconds.
 * Written in the layout of v2e.
 */
public final class Hdf5Format implements EventFormat {
    @Override
    public String name() {
        return "hdf5";
    }

    @Override
    public String description() {
        return "HDF5 of Metavision, DSEC, v2e, MVSEC (written as v2e does)";
    }

    @Override
    public List<String> endings() {
        return List.of(".h5", ".hdf5");
    }

    /** Other things are in HDF5 files, too, networks for one. */
    @Override
    public boolean recognises(final byte[] head, final Path file) throws IOException {
        return Hdf5Storage.hasSignature(file) && Hdf5Events.areIn(file);
    }

    @Override
    public EventReader open(final Path file, final Optional<String> variant) throws IOException {
        // says what is wrong with a file that cannot be read
        EventInput.open(file).close();
        return Hdf5Events.open(file);
    }

    @Override
    public EventWriter create(
        final EventOutput out, final Optional<SensorSize> size, final Optional<String> variant) throws IOException {
        return new Hdf5EventWriter(out);
    }
}
