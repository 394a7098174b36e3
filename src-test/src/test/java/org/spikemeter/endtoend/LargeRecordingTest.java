package org.spikemeter.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventOutput;

/** A recording larger than the heap goes through a command: nothing is kept that grows with its length. */
class LargeRecordingTest {
    private static final SensorSize SIZE = new SensorSize(1280, 720);
    private static final long BYTES = 1L << 30;
    private static final int EVENTS_A_MICROSECOND = 4;

    @TempDir
    private Path folder;

    @Test
    void shouldConvertGigabyteWhenHeapIsQuarter() throws IOException, InterruptedException {
        final Path large = folder.resolve("large.raw");
        final long[] written = make(large);
        assertTrue(Files.size(large) >= BYTES, Files.size(large) + " bytes");
        final Path converted = folder.resolve("converted.dat");
        final Programs.Outcome outcome = Programs.process(folder, Programs.ownJvm(List.of("-Xmx256m"),
            "convert", large, "-o", converted));
        assertEquals(0, outcome.code(), outcome.err());
        Files.delete(large);
        final long[] read = new long[3];
        final EventBatch batch = new EventBatch();
        try (EventReader reader = EventFormats.open(converted)) {
            assertEquals(Optional.of(SIZE), reader.size());
            while (reader.read(batch)) {
                add(batch, read);
            }
        }
        assertEquals(written[0], read[0], "events");
        assertEquals(written[1], read[1], "sum of times");
        assertEquals(written[2], read[2], "sum of words");
    }

    /** Writes EVT 2 up to the size; number of events, sums of times and words. */
    private static long[] make(final Path file) throws IOException {
        final long[] sums = new long[3];
        final EventBatch batch = new EventBatch();
        try (EventOutput out = EventOutput.to(file, file.toString())) {
            final EventWriter writer = EventFormats.named("evt2").create(out, Optional.of(SIZE));
            long event = 0;
            while (out.offset() < BYTES) {
                batch.clear();
                for (int i = 0; i < batch.capacity(); i++) {
                    batch.add(event / EVENTS_A_MICROSECOND, EventWord.of(
                        (int) (event * 7 % SIZE.width()), (int) (event * 13 % SIZE.height()), (int) (event & 1)));
                    event++;
                }
                writer.write(batch);
                add(batch, sums);
            }
            writer.finish();
        }
        return sums;
    }

    private static void add(final EventBatch batch, final long[] sums) {
        for (int i = 0; i < batch.size(); i++) {
            sums[1] += batch.micros(i);
            sums[2] += batch.word(i);
        }
        sums[0] += batch.size();
    }
}
