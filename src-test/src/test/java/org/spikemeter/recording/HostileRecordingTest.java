package org.spikemeter.recording;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.reference.HostileAttempt;

/**
 * Recordings that are cut, or of which some bytes are changed: each is read as events inside the sensor's area, or
 * refused with a message that begins with the file's name, within seconds and 100 MB.
 */
class HostileRecordingTest {
    /** For each format: once of recordings of others, and once of what is written here. */
    private static final int TRIES = 1500;
    private static final int MAX_BYTES = 1 << 16;
    private static final int MAX_FLIPS = 8;
    /** Most changes to a long file would miss what its start says. */
    private static final int START_BYTES = 512;
    /** An EVT3 word of two bytes says 12 events. */
    private static final int EVENTS_A_BYTE = 6;
    /** A Zstandard block of four bytes says 128 kB, which is 2^13 events of 16 bytes. */
    private static final int EVENTS_A_COMPRESSED_BYTE = 1 << 11;
    private static final Set<String> COMPRESSED = Set.of("aedat4", "npz", "hdf5");

    @TempDir
    private Path folder;

    /** Bytes to damage, and how they are opened. */
    private record Sample(String name, EventFormats.Choice choice, byte[] bytes) {
    }

    @TestFactory
    Stream<DynamicTest> shouldReadOrRefuseRecordingsOfOthers() throws IOException {
        final List<Sample> samples = new ArrayList<>();
        for (final Manifest.Known known : Manifest.known()) {
            try (InputStream in = Files.newInputStream(known.row().path())) {
                final boolean isSmall = known.row().bytes() <= 2 * MAX_BYTES;
                samples.add(new Sample(Path.of(known.row().name()).getFileName().toString(),
                    new EventFormats.Choice(known.format(), Optional.empty()),
                    in.readNBytes(isSmall ? 2 * MAX_BYTES : MAX_BYTES)));
            }
        }
        return tests(samples);
    }

    @TestFactory
    Stream<DynamicTest> shouldReadOrRefuseWhatIsWrittenHere() throws IOException {
        final List<Sample> samples = new ArrayList<>();
        final SensorSize size = new SensorSize(34, 34);
        for (final EventFormats.Choice choice : EventFiles.written()) {
            final Path file = folder.resolve("whole");
            EventFiles.write(choice, file, size, EventFiles.random(1, 1000, size));
            final String name = EventFiles.title(choice).replace(':', '-')
                + choice.format().endings().getFirst();
            samples.add(new Sample(name, choice, Files.readAllBytes(file)));
        }
        return tests(samples);
    }

    private Stream<DynamicTest> tests(final List<Sample> samples) {
        return samples.stream().map(sample -> {
            final String format = sample.choice.format().name();
            final long ofFormat = samples.stream().filter(each -> each.choice.format().name().equals(format)).count();
            return DynamicTest.dynamicTest(sample.name, () -> damage(sample, (int) (TRIES / ofFormat)));
        });
    }

    private void damage(final Sample sample, final int tries) throws IOException {
        final Path file = folder.resolve(sample.name);
        final HostileAttempt attempts = new HostileAttempt();
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            for (int seed = 0; seed < tries; seed++) {
                final boolean asVariant = seed % 2 == 0;
                final StringBuilder what = new StringBuilder(sample.name + ", seed " + seed + ": ");
                final byte[] damaged = damaged(sample.bytes, new SplittableRandom(seed), what);
                bytes.setLength(damaged.length);
                bytes.seek(0);
                bytes.write(damaged);
                final EventFormat format = sample.choice.format();
                read(attempts, what + " (" + format.name() + ")", format, file,
                    () -> format.open(file, asVariant ? sample.choice.variant() : Optional.empty()));
                read(attempts, what + " (by its bytes)", EventFormats.recognise(file).orElse(format), file,
                    () -> EventFormats.open(file));
            }
        }
        if (Boolean.getBoolean("spikemeter.report")) {
            System.out.println("HOSTILE " + sample.name + ": " + attempts);
        }
    }

    private static byte[] damaged(final byte[] whole, final SplittableRandom random, final StringBuilder what) {
        final int kind = random.nextInt(4);
        final byte[] bytes = kind == 0 || kind == 1 && random.nextBoolean()
            ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
        what.append(bytes.length).append(" of ").append(whole.length).append(" bytes");
        final int flips = kind == 0 || bytes.length == 0 ? 0 : random.nextInt(1, MAX_FLIPS + 1);
        for (int i = 0; i < flips; i++) {
            final int at = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, START_BYTES));
            final int before = bytes[at] & 0xff;
            bytes[at] ^= (byte) random.nextInt(1, 256);
            what.append(", ").append(before).append(" -> ").append(bytes[at] & 0xff).append(" at ").append(at);
        }
        return bytes;
    }

    private static void read(final HostileAttempt attempts, final String what, final EventFormat format,
        final Path file, final Callable<EventReader> opening) throws IOException {
        final Long events = attempts.attempt(what, file.toString(), () -> {
            try (EventReader reader = opening.call()) {
                return count(reader, what);
            }
        });
        final long most = Files.size(file)
            * (COMPRESSED.contains(format.name()) ? EVENTS_A_COMPRESSED_BYTE : EVENTS_A_BYTE);
        assertTrue(events == null || events <= most, () -> what + ": " + events + " events");
    }

    private static long count(final EventReader reader, final String what) throws IOException {
        final SensorSize area = reader.size().orElse(SensorSize.LARGEST);
        final EventBatch batch = new EventBatch();
        long events = 0;
        while (reader.read(batch)) {
            assertTrue(batch.size() >= 1, what);
            for (int i = 0; i < batch.size(); i++) {
                final int word = batch.word(i);
                final int index = i;
                assertTrue(word >= 0 && area.contains(batch.x(i), batch.y(i)),
                    () -> what + ": x " + batch.x(index) + ", y " + batch.y(index) + " outside " + area);
            }
            events += batch.size();
            final double progress = reader.progress();
            assertTrue(progress >= 0 && progress <= 1, () -> what + ": progress " + progress);
        }
        assertTrue(batch.isEmpty(), what);
        for (final String warning : reader.warnings()) {
            assertTrue(warning.startsWith(reader.name() + ": "), () -> what + ": " + warning);
        }
        return events;
    }
}
