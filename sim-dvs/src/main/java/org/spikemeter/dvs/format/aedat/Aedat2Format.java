package org.spikemeter.dvs.format.aedat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.dvs.format.io.StreamFormat;

/**
 * AEDAT 2, of jAER and v2e: lines that begin with '#', then pairs of big-endian words, an address and a time in
 * microseconds, which wraps. What an address means depends on the camera ({@link Aedat2Layout}), which the header names
 * or not; a variant says it. Columns and rows count from the lower right corner, so that the size of the sensor is
 * needed: {@code davis} takes it from the header or guesses it, {@code davis346} is sure. {@code cifar10} is how
 * SpikingJelly turns the recordings of CIFAR10-DVS, which look like any of a DVS128.
 *
 * <p>Written as {@code .aedat2}, since {@code .aedat} is {@link Aedat31Format}, which holds every sensor and time. From
 * {@code aedat2_output.py} of v2e, and {@code AEFileInputStream} and the cameras' classes of jAER.
 */
public final class Aedat2Format implements StreamFormat {
    static final String HEADER_END = "#end of ascii header";
    static final int RECORD_BYTES = 8;

    @Override
    public String name() {
        return "aedat2";
    }

    @Override
    public String description() {
        return "AEDAT 2 (jAER, v2e)";
    }

    @Override
    public List<String> endings() {
        return List.of(".aedat2");
    }

    @Override
    public List<String> variants() {
        return Aedat2Camera.variants();
    }

    @Override
    public boolean recognises(final byte[] head, final Path file) {
        return AedatHeader.isVersion(head, "2.");
    }

    @Override
    public EventReader open(final EventInput in, final Optional<String> variant) throws IOException {
        return Aedat2Reader.open(in, variant);
    }

    @Override
    public boolean needsSize() {
        return true;
    }

    @Override
    public EventWriter create(
        final EventOutput out, final Optional<SensorSize> size, final Optional<String> variant) throws IOException {
        return Aedat2Writer.begin(out, size, variant.orElse(Aedat2Camera.DAVIS_VARIANT));
    }
}
