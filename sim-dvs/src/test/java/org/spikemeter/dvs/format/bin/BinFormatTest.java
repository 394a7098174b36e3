package org.spikemeter.dvs.format.bin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.engine.FormatException;

class BinFormatTest {
    private static final BinFormat FORMAT = new BinFormat();
    /** x 0, y 240, and a time that does not matter. */
    private static final int[] OVERFLOW = {0, 240, 0x12, 0x34, 0x56};

    @TempDir
    private Path folder;

    private static byte[] bytes(final int... values) {
        final byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private Path file(final int... values) throws IOException {
        return Files.write(folder.resolve("events.bin"), bytes(values));
    }

    private static boolean isRecognised(final Path file) throws IOException {
        return FORMAT.recognises(Files.readAllBytes(file), file);
    }

    @Test
    void shouldReadTheFiveBytes() throws IOException {
        final Path file = file(33, 7, 0x80, 0x02, 0x8e, 255, 239, 0x7f, 0xff, 0xff);
        assertTrue(isRecognised(file));
        try (EventReader reader = FORMAT.open(file, Optional.empty())) {
            final EventBatch all = reader.readAll();
            assertEquals(2, all.size());
            assertEquals(654, all.micros(0));
            assertEquals(EventWord.of(33, 7, 1), all.word(0));
            assertEquals((1 << 23) - 1, all.micros(1));
            assertEquals(EventWord.of(255, 239, 0), all.word(1));
            assertEquals(List.of(), reader.warnings());
        }
    }

    @Test
    void shouldAddTheTimeOfOverflowsFromThereOn() throws IOException {
        final Path file = file(1, 2, 0, 0, 9,
            OVERFLOW[0], OVERFLOW[1], OVERFLOW[2], OVERFLOW[3], OVERFLOW[4],
            1, 2, 0, 0, 3,
            OVERFLOW[0], OVERFLOW[1], OVERFLOW[2], OVERFLOW[3], OVERFLOW[4],
            OVERFLOW[0], OVERFLOW[1], OVERFLOW[2], OVERFLOW[3], OVERFLOW[4],
            1, 2, 0, 0, 4);
        assertTrue(isRecognised(file));
        for (final int capacity : new int[] {1, 2, 100}) {
            try (EventReader reader = FORMAT.open(file, Optional.empty())) {
                final EventBatch all = new EventBatch();
                final EventBatch batch = new EventBatch(capacity);
                while (reader.read(batch)) {
                    all.addAll(batch);
                }
                assertEquals(3, all.size());
                assertEquals(9, all.micros(0));
                assertEquals(8192 + 3, all.micros(1));
                assertEquals(3 * 8192 + 4, all.micros(2));
            }
        }
    }

    @Test
    void shouldWriteTimesThatTheBitsCannotHoldThroughOverflows() throws IOException {
        final long[] times = {0, (1 << 23) - 1, 1 << 23, (1 << 23) + 8191, 3_000_000_000L, 3_000_000_000L};
        final EventBatch batch = new EventBatch();
        for (int i = 0; i < times.length; i++) {
            batch.add(times[i], EventWord.of(i, 239 - i, i & 1));
        }
        final Path file = folder.resolve("late.bin");
        try (EventOutput out = EventOutput.to(file, file.toString())) {
            final EventWriter writer = FORMAT.create(out, Optional.empty(), Optional.empty());
            writer.write(batch);
            writer.finish();
        }
        final long overflows = (3_000_000_000L - (1 << 23)) / 8192 + 1;
        assertEquals(5 * (times.length + overflows), Files.size(file));
        assertTrue(isRecognised(file));
        try (EventReader reader = FORMAT.open(file, Optional.empty())) {
            final EventBatch all = reader.readAll();
            assertEquals(times.length, all.size());
            for (int i = 0; i < times.length; i++) {
                assertEquals(times[i], all.micros(i));
                assertEquals(batch.word(i), all.word(i));
            }
        }
    }

    @Test
    void shouldLeaveOutALastRecordThatIsCut() throws IOException {
        try (EventReader reader = FORMAT.open(file(1, 2, 0, 0, 9, 1, 2, 0), Optional.empty())) {
            assertEquals(1, reader.readAll().size());
            assertEquals(1, reader.warnings().size());
            assertTrue(reader.warnings().getFirst().contains("byte 5: the last record is cut"),
                reader.warnings().getFirst());
        }
    }

    @Test
    void shouldNotRecogniseBytesThatAreAllZero() throws IOException {
        assertFalse(isRecognised(file(new int[5000])));
        assertTrue(isRecognised(file(new int[5 * 8])));
        // the events of a step have one time
        final int[] step = new int[5000];
        for (int at = 0; at < step.length; at += 5) {
            step[at] = at / 5 & 0xff;
        }
        assertTrue(isRecognised(file(step)));
    }

    @Test
    void shouldGoOnBehindOverflowsWhenRecognising() throws IOException {
        final int[] back = {1, 2, 0, 0x40, 0, 0, 240, 0, 0, 0, 1, 2, 0, 0x20, 0, 1, 2, 0, 0, 9};
        assertFalse(isRecognised(file(back)));
        // 0x4000 us, and 0x2000 us behind an overflow of as many
        assertTrue(isRecognised(file(Arrays.copyOf(back, 15))));
        final int[] overflowsOnly = new int[5000];
        for (int at = 1; at < overflowsOnly.length; at += 5) {
            overflowsOnly[at] = 240;
        }
        assertFalse(isRecognised(file(overflowsOnly)));
    }

    @Test
    void shouldNotRecogniseWhatGoesBackOrIsCut() throws IOException {
        assertArrayEquals(new boolean[] {true, false, false, false}, new boolean[] {
            isRecognised(file(1, 2, 0, 0, 9, 1, 2, 0, 0, 9)), isRecognised(file(1, 2, 0, 0, 9, 1, 2, 0, 0, 8)),
            isRecognised(file(1, 2, 0, 0, 9, 1)), isRecognised(file())});
    }

    @Test
    void shouldRefuseEventsThatItCannotHold() throws IOException {
        assertTrue(refusal(0, EventWord.of(256, 0, 0)).contains("event 0 is at x 256, y 0"));
        assertTrue(refusal(0, EventWord.of(0, 240, 0)).contains("y of at most 239"));
        assertTrue(refusal(-1, EventWord.of(0, 0, 0)).contains("no time before 0"));
    }

    private String refusal(final long micros, final int word) throws IOException {
        final EventBatch batch = new EventBatch();
        batch.add(micros, word);
        try (EventOutput out = EventOutput.to(folder.resolve("bad.bin"), "bad.bin")) {
            final EventWriter writer = FORMAT.create(out, Optional.empty(), Optional.empty());
            return assertThrows(FormatException.class, () -> writer.write(batch)).getMessage();
        }
    }

    @Test
    void shouldRefuseTimeWhenOverflowRecordsWouldFillTheDisk() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EventOutput out = EventOutput.to(bytes, "memory")) {
            final EventWriter writer = new BinFormat().create(out, Optional.empty(), Optional.empty());
            final EventBatch batch = new EventBatch();
            batch.add(1_605_537_493_718_345L, EventWord.of(1, 2, 1));
            final String message = assertThrows(FormatException.class, () -> writer.write(batch)).getMessage();
            assertEquals("memory: event 0 is at 1605537493718345 us: N-MNIST holds no time after 4294967296 us here"
                + " (--origin first begins near 0)", message);
        }
        assertEquals(0, bytes.size());
    }
}
