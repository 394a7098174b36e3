package org.spikemeter.dvs.format.aedat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.engine.FormatException;

/** Recordings that tests of AEDAT make, read and damage. */
public final class AedatFiles {
    private AedatFiles() {
    }

    /** Ascending times from {@code first}, at most {@code maxStep} apart. */
    public static EventBatch random(
        final long seed, final int events, final SensorSize size, final long first, final int maxStep) {
        final SplittableRandom random = new SplittableRandom(seed);
        final EventBatch batch = new EventBatch();
        long micros = first;
        for (int i = 0; i < events; i++) {
            batch.add(micros, EventWord.of(
                random.nextInt(size.width()), random.nextInt(size.height()), random.nextInt(2)));
            micros += random.nextInt(maxStep + 1);
        }
        return batch;
    }

    /** The file that a format, such as {@code aedat4:zstd}, makes of events. */
    public static byte[] write(final String format, final SensorSize size, final EventBatch events) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EventOutput out = EventOutput.to(bytes, "written")) {
            final EventWriter writer = EventFormats.named(format).create(out, Optional.of(size));
            writer.write(events);
            writer.finish();
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    /** Each event as {@code t x y p}. */
    public static List<String> lines(final EventBatch events) {
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            lines.add(events.micros(i) + " " + events.x(i) + " " + events.y(i) + " " + events.polarity(i));
        }
        return lines;
    }

    /** All events of a file, by batches of a prime number of them. */
    public static List<String> read(final EventReader reader) throws IOException {
        final List<String> lines = new ArrayList<>();
        final EventBatch batch = new EventBatch(1009);
        while (reader.read(batch)) {
            assertTrue(batch.size() >= 1 && batch.size() <= 1009);
            lines.addAll(lines(batch));
        }
        assertTrue(batch.isEmpty());
        return lines;
    }

    /**
     * Reads again and again what was cut, or where bytes were changed: that must give events within the sensor's area,
     * or a {@link FormatException} that begins with the file.
     *
     * @return how often it was refused
     */
    public static int damage(final Path file, final byte[] good, final int trials, final long seed)
        throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int trial = 0; trial < trials; trial++) {
            final byte[] bad = Arrays.copyOf(good, random.nextInt(3) == 0 ? random.nextInt(good.length) : good.length);
            // the first bytes are where lengths and places are
            final int within = random.nextInt(2) == 0 ? bad.length : Math.min(bad.length, 4096);
            for (int flips = random.nextInt(3) + (bad.length == good.length ? 1 : 0); flips > 0; flips--) {
                if (within > 0) {
                    bad[random.nextInt(within)] = random.nextInt(4) == 0 ? (byte) -1 : (byte) random.nextInt(256);
                }
            }
            Files.write(file, bad);
            refused += isRefused(file, good.length, "seed " + seed + ", trial " + trial) ? 1 : 0;
        }
        return refused;
    }

    private static boolean isRefused(final Path file, final int length, final String what) {
        final EventBatch batch = new EventBatch();
        try (EventReader reader = EventFormats.open(file)) {
            long events = 0;
            while (reader.read(batch)) {
                events += batch.size();
                final SensorSize area = reader.size().orElse(SensorSize.LARGEST);
                for (int i = 0; i < batch.size(); i++) {
                    assertTrue(area.contains(batch.x(i), batch.y(i)), what);
                }
            }
            // LZ4 unpacks a byte to 255 at most, and an event has eight of them
            assertTrue(events <= 255L * length / 8, () -> what + " gives too many events");
            assertEquals(1.0, reader.progress(), what);
            for (final String warning : reader.warnings()) {
                assertTrue(warning.startsWith(file + ": byte "), () -> what + ": " + warning);
            }
            return false;
        } catch (final FormatException refusal) {
            assertTrue(refusal.getMessage().startsWith(file.toString()), () -> what + ": " + refusal.getMessage());
            return true;
        } catch (final IOException | RuntimeException | Error other) {
            throw new AssertionError(what + ": " + other, other);
        }
    }
}
