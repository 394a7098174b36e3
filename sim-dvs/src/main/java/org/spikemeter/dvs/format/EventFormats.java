package org.spikemeter.dvs.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.aedat.Aedat2Format;
import org.spikemeter.dvs.format.aedat.Aedat31Format;
import org.spikemeter.dvs.format.aedat4.Aedat4Format;
import org.spikemeter.dvs.format.bin.BinFormat;
import org.spikemeter.dvs.format.es.EsFormat;
import org.spikemeter.dvs.format.hdf5.Hdf5Format;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.dvs.format.io.StreamFormat;
import org.spikemeter.dvs.format.npy.NpyFormat;
import org.spikemeter.dvs.format.npy.NpzFormat;
import org.spikemeter.dvs.format.prophesee.DatFormat;
import org.spikemeter.dvs.format.prophesee.RawFormat;
import org.spikemeter.dvs.format.text.CsvFormat;
import org.spikemeter.dvs.format.text.TextFormat;
import org.spikemeter.engine.FormatException;

/** The formats of event recordings that are known, and which of them a file is in. */
public final class EventFormats {
    /**
     * In the order in which they are asked: those with a mark of their own first, then text, which no bytes at random
     * look like, and at the end what almost any bytes could be.
     */
    private static final List<EventFormat> ALL = List.of(
        new Aedat4Format(),
        new Aedat31Format(),
        new Aedat2Format(),
        RawFormat.evt3(),
        RawFormat.evt2(),
        RawFormat.evt21(),
        new DatFormat(),
        new EsFormat(),
        new Hdf5Format(),
        new NpyFormat(),
        new NpzFormat(),
        new CsvFormat(),
        new TextFormat(),
        new BinFormat());

    private EventFormats() {
    }

    /**
     * A format, and the variant of it that was asked for.
     *
     * @param variant empty for what the file says, or for the default
     */
    public record Choice(EventFormat format, Optional<String> variant) {
        /** Opens a file in this format. */
        public EventReader open(final Path file) throws IOException {
            return format.open(file, variant);
        }

        /**
         * Opens what is read like a file in this format.
         *
         * @throws IllegalArgumentException where the format needs a file
         */
        public EventReader open(final EventInput in) throws IOException {
            if (format instanceof StreamFormat stream) {
                return stream.open(in, variant);
            }
            throw new IllegalArgumentException(in.name() + ": '" + format.name() + "' is read from files only, expected"
                + " one of " + ALL.stream().filter(StreamFormat.class::isInstance).map(EventFormat::name)
                .collect(Collectors.joining(", ")));
        }

        /** Begins a file in this format. */
        public EventWriter create(final EventOutput out, final Optional<SensorSize> size) throws IOException {
            return format.create(out, size, variant);
        }
    }

    /** All of them. */
    public static List<EventFormat> all() {
        return ALL;
    }

    /**
     * A format by what {@code --format} or {@code --to} gives: a name, or a name and a variant such as
     * {@code aedat4:zstd}.
     *
     * @throws IllegalArgumentException where there is none; the message lists what there is
     */
    public static Choice named(final String text) {
        final int colon = text.indexOf(':');
        final String name = (colon < 0 ? text : text.substring(0, colon)).toLowerCase(Locale.ROOT);
        final EventFormat format = ALL.stream().filter(each -> each.name().equals(name)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("unknown format '" + name + "': expected one of "
                + ALL.stream().map(EventFormat::name).collect(Collectors.joining(", "))));
        if (colon < 0) {
            return new Choice(format, Optional.empty());
        }
        final String variant = text.substring(colon + 1).toLowerCase(Locale.ROOT);
        if (!format.variants().contains(variant)) {
            throw new IllegalArgumentException("format '" + name + "' has no variant '" + variant + "': expected "
                + (format.variants().isEmpty() ? "none" : "one of " + String.join(", ", format.variants())));
        }
        return new Choice(format, Optional.of(variant));
    }

    /**
     * The format in which a file of this name is written.
     *
     * @throws IllegalArgumentException where the ending says nothing
     */
    public static Choice byEnding(final Path file) {
        final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        final List<String> known = new ArrayList<>();
        for (final EventFormat format : ALL) {
            for (final String ending : format.endings()) {
                if (name.endsWith(ending)) {
                    return new Choice(format, Optional.empty());
                }
                known.add(ending);
            }
        }
        throw new IllegalArgumentException(file + ": the ending names no format that is written: expected one of "
            + known.stream().distinct().collect(Collectors.joining(", ")) + ", or --to");
    }

    /**
     * Finds out the format of a file from its bytes.
     *
     * @return empty where no format is known by them
     * @throws IOException where it cannot be read
     */
    public static Optional<EventFormat> recognise(final Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        final byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(EventFormat.HEAD_BYTES);
        }
        for (final EventFormat format : ALL) {
            if (format.recognises(head, file)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /**
     * Opens a recording of any format.
     *
     * @throws FormatException where the format is not known by its bytes, or they are damaged
     * @throws IOException where it cannot be read
     */
    public static EventReader open(final Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        final Optional<EventFormat> format = recognise(file);
        if (format.isEmpty()) {
            throw new FormatException(file + ": " + FileKind.describe(file) + ", expected a recording of events ("
                + ALL.stream().map(EventFormat::name).collect(Collectors.joining(", ")) + "; --format forces one)");
        }
        return format.get().open(file, Optional.empty());
    }
}
