package org.spikemeter.dvs.format.aedat4;

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
 * AEDAT 4, of DV, jAER and faery: a line, a header ({@link Aedat4Header}), and packets: number of the stream, bytes (32
 * bits each), then a FlatBuffer with its size in front, compressed. Packets of events are a vector of 16 bytes an
 * event: time in microseconds since 1970 (64 bits), x, y (16 bits), ON (8 bits), nothing (24 bits). Behind the last
 * packet there is a table of them ({@link PacketTable}), which reading needs not.
 *
 * <p>Read are the events of the first stream of them; of frames, the times ({@link Aedat4Reader}). From the schemas of
 * jAER ({@code eventio/aedat4/schemas}) and faery ({@code src/aedat/flatbuffers}), and files of DV.
 */
public final class Aedat4Format implements StreamFormat {
    /** Marks of FlatBuffers, and types of streams. */
    static final String EVENTS = "EVTS";
    static final String FRAME = "FRME";

    static final int PACKET_HEADER_BYTES = 8;
    static final int EVENT_BYTES = 16;
    static final int X_AT = 8;
    static final int Y_AT = 10;
    static final int ON_AT = 12;

    private static final List<Codec> WRITTEN = List.of(Codec.LZ4, Codec.NONE, Codec.ZSTD);

    @Override
    public String name() {
        return "aedat4";
    }

    @Override
    public String description() {
        return "AEDAT 4 (DV, jAER)";
    }

    @Override
    public List<String> endings() {
        return List.of(".aedat4");
    }

    /** How packets are compressed; when reading, the file says it. */
    @Override
    public List<String> variants() {
        return WRITTEN.stream().map(Codec::variant).toList();
    }

    @Override
    public boolean recognises(final byte[] head, final Path file) {
        return EventFormat.startsWith(head, Aedat4Header.LINE.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public EventReader open(final EventInput in, final Optional<String> variant) throws IOException {
        return Aedat4Reader.open(in);
    }

    @Override
    public boolean needsSize() {
        return true;
    }

    @Override
    public EventWriter create(
        final EventOutput out, final Optional<SensorSize> size, final Optional<String> variant) throws IOException {
        final SensorSize sensor = size.orElseThrow(() -> new IllegalArgumentException(out.name()
            + ": AEDAT 4 needs the size of the sensor, expected one"));
        final Codec codec = WRITTEN.stream().filter(each -> each.variant().equals(variant.orElse(each.variant())))
            .findFirst().orElseThrow(() -> new IllegalArgumentException(
                out.name() + ": AEDAT 4 has no variant '" + variant.orElse("") + "': expected one of " + variants()));
        return Aedat4Writer.begin(out, sensor, codec);
    }
}
