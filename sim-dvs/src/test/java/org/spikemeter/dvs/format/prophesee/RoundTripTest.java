package org.spikemeter.dvs.format.prophesee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;

/** What is written comes back, however it is cut into batches; what is damaged or cut ends in peace. */
class RoundTripTest {
    private static final List<String> FORMATS = List.of("evt2", "evt21", "evt21:legacy", "evt3", "dat");
    private static final int SEEDS = 8;

    @TempDir
    private Path folder;

    static Stream<Arguments> cases() {
        return FORMATS.stream().flatMap(format ->
            Stream.iterate(0, seed -> seed < SEEDS, seed -> seed + 1).map(seed -> Arguments.of(format, seed)));
    }

    private static EventBatch events(final SplittableRandom random, final SensorSize size, final long maxMicros) {
        final EventBatch events = new EventBatch();
        long micros = random.nextInt(3) * random.nextLong(maxMicros / 8);
        while (events.size() < 20_000) {
            final int y = random.nextInt(size.height());
            final int polarity = random.nextInt(2);
            if (random.nextInt(4) == 0) {
                final int from = random.nextInt(size.width());
                final int everyNth = 1 + random.nextInt(3);
                for (int x = from; x < Math.min(size.width(), from + 100); x += everyNth) {
                    events.add(micros, EventWord.of(x, y, polarity));
                }
            }
            events.add(micros, EventWord.of(random.nextInt(size.width()), y, polarity));
            micros += switch (random.nextInt(100)) {
                case 0 -> random.nextInt(100_000);
                case 1 -> random.nextInt(50) == 0 ? random.nextLong(maxMicros / 1000) : 0;
                default -> random.nextInt(20);
            };
        }
        return events;
    }

    private static EventBatch[] cut(final EventBatch events, final SplittableRandom random) {
        final Stream.Builder<EventBatch> parts = Stream.builder();
        int at = 0;
        while (at < events.size()) {
            final EventBatch part = new EventBatch();
            final int end = Math.min(events.size(), at + random.nextInt(3000));
            for (; at < end; at++) {
                part.add(events.micros(at), events.word(at));
            }
            parts.add(part);
        }
        return parts.build().toArray(EventBatch[]::new);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldComeBack(final String format, final int seed) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final SensorSize size = new SensorSize(1 + random.nextInt(2048), 1 + random.nextInt(2048));
        final EventBatch events = events(random, size, format.equals("dat") ? 1L << 32 : 1L << 40);
        final EventFormats.Choice choice = EventFormats.named(format);
        final Path file = folder.resolve("a");
        Files.write(file, Words.written(choice.format(), Optional.of(size), choice.variant(), cut(events, random)));
        for (final int capacity : new int[] {1, 31, 32, 33, 1000, EventBatch.DEFAULT_CAPACITY}) {
            try (EventReader reader = EventFormats.open(file)) {
                assertEquals(Optional.of(size), reader.size());
                final EventBatch found = new EventBatch();
                final EventBatch part = new EventBatch(capacity);
                while (reader.read(part)) {
                    assertTrue(part.size() <= capacity && part.capacity() == capacity);
                    found.addAll(part);
                }
                assertEquals(List.of(), reader.warnings());
                assertEquals(1.0, reader.progress());
                assertEquals(Words.lines(events), Words.lines(found), "capacity " + capacity);
            }
        }
    }

    /** Bytes at random behind a header: as many events as may be, all in the area, none of another exception. */
    @ParameterizedTest
    @MethodSource("cases")
    void shouldBearAnything(final String format, final int seed) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final EventFormats.Choice choice = EventFormats.named(format);
        final SensorSize size = new SensorSize(1 + random.nextInt(2048), 1 + random.nextInt(2048));
        final byte[] header = Words.written(choice.format(), Optional.of(size), choice.variant());
        final byte[] bytes = Arrays.copyOf(header, header.length + random.nextInt(200_000));
        for (int i = header.length; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        final Path file = folder.resolve("a");
        Files.write(file, bytes);
        try (EventReader reader = choice.open(file)) {
            final EventBatch events = reader.readAll();
            for (int i = 0; i < events.size(); i++) {
                assertTrue(size.contains(events.x(i), events.y(i)));
                assertTrue(events.micros(i) >= 0);
            }
            assertTrue(reader.warnings().size() < 8, () -> reader.warnings().toString());
        }
    }
}
