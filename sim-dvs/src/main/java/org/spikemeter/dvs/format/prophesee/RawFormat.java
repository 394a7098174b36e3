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

/** RAW files of Prophesee's cameras, in one of the three encodings of events. */
public final class RawFormat implements StreamFormat {
    /** The largest area that 11 bits can address. */
    private static final SensorSize LARGEST = new SensorSize(2048, 2048);

    private final Evt evt;

    private RawFormat(final Evt evt) {
        this.evt = evt;
    }

    /** EVT 2: words of 32 bits. */
    public static RawFormat evt2() {
        return new RawFormat(Evt.EVT2);
    }

    /** EVT 2.1: words of 64 bits. */
    public static RawFormat evt21() {
        return new RawFormat(Evt.EVT21);
    }

    /** EVT 3: words of 16 bits. */
    public static RawFormat evt3() {
        return new RawFormat(Evt.EVT3);
    }

    @Override
    public String name() {
        return evt.formatName();
    }

    @Override
    public String description() {
        return "Prophesee RAW (" + evt.title() + ")";
    }

    @Override
    public List<String> endings() {
        return List.of(".raw");
    }

    @Override
    public List<String> variants() {
        return evt == Evt.EVT21 ? List.of(RawHeader.LITTLE, RawHeader.LEGACY) : List.of();
    }

    @Override
    public boolean recognises(final byte[] head, final Path file) {
        return RawHeader.of(HeaderFields.parse(head)).evt().equals(Optional.of(evt));
    }

    /** {@inheritDoc} A file whose header says no encoding, or that has no header, is taken for this one. */
    @Override
    public EventReader open(final EventInput in, final Optional<String> variant) throws IOException {
        final RawHeader header = RawHeader.of(HeaderFields.read(in));
        final Evt found = header.evt().orElse(evt);
        if (found != evt) {
            throw in.failure(0, "found a header of " + found.title() + ", expected " + evt.title());
        }
        final boolean legacy = variant.map(RawHeader.LEGACY::equals).orElse(header.legacy());
        final ReadWarnings warnings = new ReadWarnings(in.name());
        final LeftOut leftOut = new LeftOut(warnings, header.size().orElse(LARGEST));
        return new WordReader(in, description(), header.size(), warnings, decoder(leftOut, legacy));
    }

    private WordDecoder decoder(final LeftOut leftOut, final boolean legacy) {
        return switch (evt) {
            case EVT2 -> new Evt2Decoder(leftOut);
            case EVT21 -> new Evt21Decoder(leftOut, legacy);
            case EVT3 -> new Evt3Decoder(leftOut);
        };
    }

    /** Prophesee's own software opens no file without. */
    @Override
    public boolean needsSize() {
        return true;
    }

    @Override
    public EventWriter create(
        final EventOutput out, final Optional<SensorSize> size, final Optional<String> variant) throws IOException {
        final SensorSize area = size.orElse(LARGEST);
        if (area.width() > LARGEST.width() || area.height() > LARGEST.height()) {
            throw new IllegalArgumentException(evt.title() + " holds sensors of at most " + LARGEST + " pixels, not "
                + area);
        }
        final boolean legacy = variant.equals(Optional.of(RawHeader.LEGACY));
        out.put(new RawHeader(Optional.of(evt), size, legacy).text());
        return switch (evt) {
            case EVT2 -> new Evt2Writer(out, area);
            case EVT21 -> new Evt21Writer(out, area, legacy);
            case EVT3 -> new Evt3Writer(out, area);
        };
    }
}
