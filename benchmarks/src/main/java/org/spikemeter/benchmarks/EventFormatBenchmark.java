package org.spikemeter.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.dvs.format.io.EventOutput;

/**
 * Recordings of four million events, written by the format's own writer, in the page cache: opened and read to the end.
 * The baseline is to read the bytes of the same file, and to do nothing with them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventFormatBenchmark {
    private static final int EVENTS = 4_000_000;
    private static final SensorSize SENSOR = new SensorSize(1280, 720);
    /** What a record of N-MNIST can address. */
    private static final SensorSize SMALL_SENSOR = new SensorSize(240, 180);
    private static final List<String> SMALL_FORMATS = List.of("aedat2", "nmnist");
    private static final int BUFFER_BYTES = 1 << 16;

    /** How far a file is read. */
    public enum Stage {
        /** Bytes into an array, 64 kB at a time. */
        BYTES,
        /** Events into a batch. */
        EVENTS
    }

    /** As {@code --format} takes it. */
    @Param({"evt2", "evt21", "evt3", "dat"})
    private String format;

    /** What was recorded. */
    @Param
    private EventScene scene;

    /** How far. */
    @Param
    private Stage stage;

    private final EventBatch batch = new EventBatch();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private EventFormats.Choice choice;
    private Path file;

    /** All formats that can be written, and those of their variants that are another amount of work. */
    public static List<String> formats() {
        return Stream.concat(EventFormats.all().stream().map(EventFormat::name),
            Stream.of("aedat4:none", "aedat4:zstd", "npz:deflate")).sorted().toList();
    }

    /** Writes the file, and checks that the events come back. */
    @Setup
    public void setUp() throws IOException {
        choice = EventFormats.named(format);
        final SensorSize size = SMALL_FORMATS.contains(format) ? SMALL_SENSOR : SENSOR;
        final EventBatch events = scene.events(EVENTS, size);
        file = Files.createTempFile("events", choice.format().endings().getFirst());
        try (EventOutput out = EventOutput.to(file, file.toString())) {
            final EventWriter writer = choice.create(out, Optional.of(size));
            writer.write(events);
            writer.finish();
        }
        long expected = 0;
        for (int i = 0; i < EVENTS; i++) {
            expected += hash(events, i);
        }
        long found = 0;
        try (EventReader reader = choice.open(file)) {
            while (reader.read(batch)) {
                for (int i = 0; i < batch.size(); i++) {
                    found += hash(batch, i);
                }
            }
        }
        if (found != expected || readEvents() != EVENTS) {
            throw new IllegalStateException(format + " does not give the events that were written");
        }
    }

    private static long hash(final EventBatch events, final int index) {
        return (events.micros(index) + 1) * (events.word(index) + 1L);
    }

    /** Deletes the file. */
    @TearDown
    public void tearDown() throws IOException {
        Files.delete(file);
    }

    private long readEvents() throws IOException {
        long events = 0;
        try (EventReader reader = choice.open(file)) {
            while (reader.read(batch)) {
                events += batch.size();
            }
        }
        return events;
    }

    private long readBytes() throws IOException {
        long bytes = 0;
        try (InputStream in = Files.newInputStream(file)) {
            int read = in.read(buffer);
            while (read >= 0) {
                bytes += read;
                read = in.read(buffer);
            }
        }
        return bytes;
    }

    /** One file. */
    @Benchmark
    public long file(final Work work) throws IOException {
        work.work = EVENTS;
        return stage == Stage.BYTES ? readBytes() : readEvents();
    }
}
