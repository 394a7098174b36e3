package org.spikemeter.runtime.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.engine.FormatException;

class EventCopyTest {
    private static final SensorSize SIZE = new SensorSize(20, 10);
    private static final EventBatch EVENTS = Recordings.random(new SplittableRandom(1), 3000, SIZE, -3, 9);
    private static final String TEXT = text("20 x 10");

    @TempDir
    private Path folder;

    private int opened;

    /** The size, a line an event, and an end; times before 0 are refused where it is told so. */
    private record Text(boolean needsSize, long leastMicros) implements EventFormat {
        @Override
        public String name() {
            return "text";
        }

        @Override
        public String description() {
            return "text";
        }

        @Override
        public List<String> endings() {
            return List.of(".text");
        }

        @Override
        public boolean recognises(final byte[] head, final Path file) {
            return false;
        }

        @Override
        public EventReader open(final Path file, final Optional<String> variant) {
            throw new UnsupportedOperationException();
        }

        @Override
        public EventWriter create(
            final EventOutput out, final Optional<SensorSize> size, final Optional<String> variant)
            throws IOException {
            out.put(size.map(SensorSize::toString).orElse("no size") + "\n");
            return new EventWriter() {
                @Override
                public void write(final EventBatch batch) throws IOException {
                    for (int i = 0; i < batch.size(); i++) {
                        if (batch.micros(i) < leastMicros) {
                            throw new FormatException(out.name() + ": too early");
                        }
                        out.put(batch.micros(i) + " " + batch.word(i) + "\n");
                    }
                }

                @Override
                public void finish() throws IOException {
                    out.put("end\n");
                }
            };
        }
    }

    private static String text(final String size) {
        final StringBuilder text = new StringBuilder(size + "\n");
        for (int i = 0; i < EVENTS.size(); i++) {
            text.append(EVENTS.micros(i)).append(' ').append(EVENTS.word(i)).append('\n');
        }
        return text.append("end\n").toString();
    }

    private EventCopy copy(final Optional<SensorSize> stated, final boolean needsSize, final long least) {
        return new EventCopy(input -> {
            opened++;
            return Recordings.reader(EVENTS, stated);
        }, new EventFormats.Choice(new Text(needsSize, least), Optional.empty()));
    }

    @Test
    void shouldWriteAllEventsAndTellOfThem() throws IOException {
        final Path target = Files.writeString(folder.resolve("t"), "before");
        final EventCopy.Copied copied =
            copy(Optional.of(SIZE), true, Long.MIN_VALUE).toFile(folder.resolve("in"), target);
        assertEquals(TEXT, Files.readString(target));
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < EVENTS.size(); i++) {
            first = Math.min(first, EVENTS.micros(i));
            last = Math.max(last, EVENTS.micros(i));
        }
        assertEquals(new EventCopy.Copied(3000, last - first, TEXT.length(), Optional.empty(),
            List.of("memory: forgetful"), List.of()), copied);
        assertEquals(1, opened);
        final ByteArrayOutputStream stream = new ByteArrayOutputStream();
        copy(Optional.of(SIZE), true, Long.MIN_VALUE).toStream(folder.resolve("in"), stream, "stream");
        assertEquals(TEXT, stream.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void shouldFindTheSizeOnlyWhenItIsNeededAndNotThere() throws IOException {
        final Path input = Files.createFile(folder.resolve("in"));
        final Path target = folder.resolve("t");
        assertEquals(Optional.empty(),
            copy(Optional.empty(), false, Long.MIN_VALUE).toFile(input, target).foundSize());
        assertEquals(text("no size"), Files.readString(target));
        assertEquals(1, opened);
        assertEquals(Optional.of(SIZE),
            copy(Optional.empty(), true, Long.MIN_VALUE).toFile(input, target).foundSize());
        assertEquals(TEXT, Files.readString(target));
        // no file, but a pipe or the like
        final FormatException once = assertThrows(FormatException.class, () ->
            copy(Optional.empty(), true, Long.MIN_VALUE).toFile(folder.resolve("pipe"), target));
        assertTrue(once.getMessage().contains("--size"), once.getMessage());
    }

    @Test
    void shouldKeepTheTargetWhenTheFormatCannotHoldAnEvent() throws IOException {
        final Path target = Files.writeString(folder.resolve("t"), "before");
        final FormatException refused = assertThrows(FormatException.class, () ->
            copy(Optional.of(SIZE), true, EVENTS.micros(2000)).toFile(folder.resolve("in"), target));
        assertEquals(target + ": too early", refused.getMessage());
        assertEquals("before", Files.readString(target));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(target), files.toList());
        }
    }
}
