package org.spikemeter.dvs.format.es;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.dvs.format.io.StreamFormat;

/**
 * Event Stream 2: a mark, a version, what kind of events there are, the sensor's width and height as 16 bits each, then
 * an event in five bytes: time since the event before and polarity in the first, x and y in 16 bits each,
 * little-endian, y upwards from the lower edge. Bytes that can be no first byte of an event make the time longer, or
 * do nothing, so that readers that are out of step find it again. From the README of neuromorphic-paris/event_stream.
 *
 * <p>Events of a DVS are read and written; of those of an ATIS the changes of light are read, and its exposure
 * measurements left out. Here y is downwards from the upper edge, as in every other format: height - 1 - y.
 */
public final class EsFormat implements StreamFormat {
    static final byte[] MARK = "Event Stream".getBytes(StandardCharsets.US_ASCII);
    static final int MAJOR_VERSION = 2;
    /** Mark, three bytes of version, kind. */
    static final int START_BYTES = 16;
    static final int RECORD_BYTES = 5;

    @Override
    public String name() {
        return "es";
    }

    @Override
    public String description() {
        return "Event Stream 2 (.es)";
    }

    @Override
    public List<String> endings() {
        return List.of(".es");
    }

    /** By the mark, so that other versions and kinds are refused by what they are. */
    @Override
    public boolean recognises(final byte[] head, final Path file) {
        return EventFormat.startsWith(head, MARK);
    }

    @Override
    public EventReader open(final EventInput in, final Optional<String> variant) throws IOException {
        return EsReader.open(in);
    }

    @Override
    public boolean needsSize() {
        return true;
    }

    @Override
    public EventWriter create(final EventOutput out, final Optional<SensorSize> size, final Optional<String> variant)
        throws IOException {
        return new EsWriter(out, size.orElseThrow());
    }
}
