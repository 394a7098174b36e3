package org.spikemeter.dvs.format.prophesee;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.dvs.format.io.ReadWarnings;
import org.spikemeter.dvs.format.io.StreamFormat;

/**
 * DAT files, as of N-Cars and the Gen1 and 1 Megapixel automotive sets: lines {@code % key value}, a byte for the type
 * of the events, a byte for their size, records ({@code dat_tools.py} of OpenEB).
 */
public final class DatFormat implements StreamFormat {
    private static final SensorSize LARGEST =
        new SensorSize(1 << DatDecoder.COORDINATE_BITS, 1 << DatDecoder.COORDINATE_BITS);
    private static final int TYPE_EVENT_2D = 0;
    private static final int TYPE_CD = 12;
    private static final int TYPE_TRIGGER = 14;
    private static final int TYPE_FLOW = 40;
    private static final String VERSION = "version";
    private static final int OLDEST_VERSION = 2;

    @Override
    public String name() {
        return "dat";
    }

    @Override
    public String description() {
        return "Prophesee DAT";
    }

    @Override
    public List<String> endings() {
        return List.of(".dat");
    }

    /** Also where the events are of a kind that is not read: opening the file then says so. */
    @Override
    public boolean recognises(final byte[] head, final Path file) {
        final HeaderFields fields = HeaderFields.parse(head);
        if (fields.bytes() == 0 || head.length < fields.bytes() + 2 || RawHeader.of(fields).evt().isPresent()) {
            return false;
        }
        final int type = head[fields.bytes()] & 0xff;
        return isRead(type, head[fields.bytes() + 1] & 0xff) || type == TYPE_TRIGGER || type == TYPE_FLOW;
    }

    private static boolean isRead(final int type, final int bytes) {
        return (type == TYPE_EVENT_2D || type == TYPE_CD) && bytes == DatDecoder.WORD_BYTES;
    }

    @Override
    public EventReader open(final EventInput in, final Optional<String> variant) throws IOException {
        final HeaderFields fields = HeaderFields.read(in);
        final long version = HeaderFields.number(fields.get(VERSION).orElse("" + OLDEST_VERSION));
        if (version < OLDEST_VERSION) {
            throw in.failure(0, "found DAT version '" + fields.get(VERSION).orElse("") + "', expected "
                + OLDEST_VERSION + " or later");
        }
        final long offset = in.offset();
        final byte[] kind = in.take(2, "the type and size of the events");
        if (!isRead(kind[0] & 0xff, kind[1] & 0xff)) {
            throw in.failure(offset, "found events of type " + (kind[0] & 0xff) + " and " + (kind[1] & 0xff)
                + " bytes, expected type " + TYPE_EVENT_2D + " or " + TYPE_CD + " and " + DatDecoder.WORD_BYTES
                + " bytes (" + TYPE_TRIGGER + " is triggers, " + TYPE_FLOW + " is optical flow)");
        }
        final Optional<SensorSize> size =
            HeaderFields.size(fields.get("width").orElse(""), fields.get("height").orElse(""));
        final ReadWarnings warnings = new ReadWarnings(in.name());
        return new WordReader(in, description(), size, warnings,
            new DatDecoder(new LeftOut(warnings, size.orElse(LARGEST))));
    }

    @Override
    public EventWriter create(
        final EventOutput out, final Optional<SensorSize> size, final Optional<String> variant) throws IOException {
        final SensorSize area = size.orElse(LARGEST);
        if (area.width() > LARGEST.width() || area.height() > LARGEST.height()) {
            throw new IllegalArgumentException("DAT holds sensors of at most " + LARGEST + " pixels, not " + area);
        }
        final StringBuilder header = new StringBuilder("% Data file containing CD events.\n% Version 2\n");
        size.ifPresent(known ->
            header.append("% Height ").append(known.height()).append("\n% Width ").append(known.width()).append('\n'));
        out.put(header.toString());
        out.put(new byte[] {TYPE_CD, DatDecoder.WORD_BYTES});
        return new DatWriter(out, area);
    }
}
