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
 * AEDAT 3.1, of cAER and DVS128 Gesture, and 3.0: lines that begin with '#', the last one {@code #!END-HEADER}, then
 * little-endian packets. A packet has a header of 28 bytes: type and source (16 bits), size of an event, place of the
 * time in it, overflow of the time, capacity, number, number of valid events (32 bits), and then its events. A polarity
 * event is two words: x in bits 17 to 31, y in bits 2 to 16, ON in bit 1, valid in bit 0 (3.0: x from bit 18, y from
 * bit 4); and the lower 31 bits of the time. Packets of other types are passed over.
 *
 * <p>Rows count from the top, in 3.0 from the bottom. Written is 3.1, for {@code .aedat}: it holds every sensor and
 * time, where AEDAT 2 does not. From libcaer's {@code events/polarity.h} and {@code frame.h}, and jAER's
 * {@code Jaer3BufferParser}.
 */
public final class Aedat31Format implements StreamFormat {
    static final String HEADER_END = "#!end-header";
    static final int PACKET_HEADER_BYTES = 28;
    static final int SIZE_AT = 4;
    static final int TIME_AT = 8;
    static final int OVERFLOW_AT = 12;
    static final int CAPACITY_AT = 16;
    static final int NUMBER_AT = 20;
    static final int EVENT_BYTES = 8;
    static final int EVENT_TIME_AT = 4;
    static final int OVERFLOW_SHIFT = 31;

    static final short POLARITY = 1;
    static final short FRAME = 2;

    static final int VALID = 1;
    static final int ON_SHIFT = 1;
    static final int X_SHIFT = 17;
    static final int Y_SHIFT = 2;

    @Override
    public String name() {
        return "aedat31";
    }

    @Override
    public String description() {
        return "AEDAT 3 (cAER, DVS128 Gesture)";
    }

    @Override
    public List<String> endings() {
        return List.of(".aedat");
    }

    @Override
    public boolean recognises(final byte[] head, final Path file) {
        return AedatHeader.isVersion(head, "3.");
    }

    @Override
    public EventReader open(final EventInput in, final Optional<String> variant) throws IOException {
        return Aedat31Reader.open(in);
    }

    @Override
    public EventWriter create(
        final EventOutput out, final Optional<SensorSize> size, final Optional<String> variant) throws IOException {
        return Aedat31Writer.begin(out, size);
    }
}
