package org.spikemeter.dvs.format.prophesee;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.dvs.format.io.EventOutput;

/** Files of words made by hand, and events as text. */
final class Words {
    static final SensorSize HD = new SensorSize(1280, 720);

    private Words() {
    }

    static byte[] shorts(final String header, final int... words) {
        final ByteBuffer buffer = buffer(header, 2 * words.length);
        for (final int word : words) {
            buffer.putShort((short) word);
        }
        return buffer.array();
    }

    static byte[] ints(final String header, final int... words) {
        final ByteBuffer buffer = buffer(header, 4 * words.length);
        for (final int word : words) {
            buffer.putInt(word);
        }
        return buffer.array();
    }

    static byte[] longs(final String header, final long... words) {
        final ByteBuffer buffer = buffer(header, 8 * words.length);
        for (final long word : words) {
            buffer.putLong(word);
        }
        return buffer.array();
    }

    private static ByteBuffer buffer(final String header, final int bytes) {
        final byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(text.length + bytes).order(ByteOrder.LITTLE_ENDIAN).put(text);
    }

    /** What a file gives: a line {@code t x y p} for each event, then those of warnings behind the file's name. */
    static List<String> read(final EventFormat format, final Path file, final byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try (EventReader reader = format.open(file, Optional.empty())) {
            final List<String> lines = new ArrayList<>(lines(reader.readAll()));
            reader.warnings().forEach(line -> lines.add(line.substring(file.toString().length() + 2)));
            return lines;
        }
    }

    static List<String> lines(final EventBatch events) {
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            lines.add(events.micros(i) + " " + events.x(i) + " " + events.y(i) + " " + events.polarity(i));
        }
        return lines;
    }

    static EventBatch events(final long... fields) {
        final EventBatch events = new EventBatch();
        for (int i = 0; i < fields.length; i += 4) {
            events.add(fields[i], EventWord.of((int) fields[i + 1], (int) fields[i + 2], (int) fields[i + 3]));
        }
        return events;
    }

    static byte[] written(
        final EventFormat format, final Optional<SensorSize> size, final Optional<String> variant,
        final EventBatch... batches) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EventOutput out = EventOutput.to(bytes, "target")) {
            final EventWriter writer = format.create(out, size, variant);
            for (final EventBatch batch : batches) {
                writer.write(batch);
            }
            writer.finish();
        }
        return bytes.toByteArray();
    }

    /** The words behind a header. */
    static byte[] body(final byte[] file) {
        final int header = HeaderFields.parse(file).bytes();
        return Arrays.copyOfRange(file, header, file.length);
    }
}
