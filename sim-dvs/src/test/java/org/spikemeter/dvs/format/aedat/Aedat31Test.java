package org.spikemeter.dvs.format.aedat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.FrameTimes;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.engine.FormatException;

/** AEDAT 3, packet by packet. */
final class Aedat31Test {
    private static final SensorSize SIZE = new SensorSize(346, 260);

    @TempDir
    private Path folder;

    @Test
    void shouldRefuseEventsThatItCannotHold() {
        assertEquals("written: event 1 is at x 346, y 0: expected a place in 346 x 260 pixels",
            refusal(5, EventWord.of(346, 0, 0)));
        assertEquals("written: event 1 is at x 0, y 260: expected a place in 346 x 260 pixels",
            refusal(5, EventWord.of(0, 260, 0)));
        assertEquals("written: event 1 is at -1 us: AEDAT 3.1 holds no time before 0", refusal(-1, 0));
        assertEquals("written: event 1 is at 4611686018427387904 us: AEDAT 3.1 holds no time after"
            + " 4611686018427387903 us here (--origin first begins near 0)", refusal(1L << 62, 0));
    }

    private static String refusal(final long micros, final int word) {
        final EventBatch events = new EventBatch();
        events.add(7, EventWord.of(345, 259, 1));
        events.add(micros, word);
        return assertThrows(UncheckedIOException.class, () -> AedatFiles.write("aedat31", SIZE, events))
            .getCause().getMessage();
    }

    @Test
    void shouldReadXAboveYWhenAPacketIsOfPolarity() throws IOException {
        final byte[] packet = packet(1, 8, 4, 0, 3, 2, 1 | 1 << 1 | 7 << 2 | 9 << 17, 5, 1 | 259 << 2 | 345 << 17, 6,
            // room that is not used
            -1, -1);
        try (EventReader reader = open("3.1", "DAVIS346", packet, packet(1, 8, 4, 2, 1, 1, 1, 3))) {
            assertEquals(Optional.of(SIZE), reader.size());
            assertEquals(List.of("5 9 7 1", "6 345 259 0", (2L << 31) + 3 + " 0 0 0"), AedatFiles.read(reader));
            assertEquals(List.of(), reader.warnings());
        }
    }

    @Test
    void shouldReadOtherBitsFromTheBottomWhenItIs30() throws IOException {
        try (EventReader reader =
            open("3.0", "DAVIS240C", packet(1, 8, 4, 0, 1, 1, 1 | 1 << 1 | 7 << 4 | 9 << 18, 5))) {
            assertEquals("AEDAT 3.0", reader.format());
            assertEquals(List.of("5 9 172 1"), AedatFiles.read(reader));
            assertEquals(List.of(), reader.warnings());
        }
        try (EventReader reader = open("3.0", "something", packet(1, 8, 4, 0, 1, 1, 1 | 7 << 4 | 9 << 18, 5))) {
            assertEquals(List.of("5 9 7 0"), AedatFiles.read(reader));
            assertEquals(1, reader.warnings().size());
        }
    }

    @Test
    void shouldPassOverWhatIsNoEvent() throws IOException {
        final byte[] special = packet(0, 8, 4, 0, 2, 2, 1, 1, 1, 1);
        final byte[] imu = packet(3, 36, 4, 0, 1, 1, 1, 2, 0, 0, 0, 0, 0, 0, 0);
        final byte[] compressed = packet(0x8001, 8, 4, 0, 8, 3, 77, 77);
        final byte[] empty = packet(1, 8, 4, 0, 0, 0);
        final byte[] events = packet(1, 8, 4, 0, 4, 4, 0, 1, 1, 2, 1 | 346 << 17, 3, 1 | 260 << 2, 4);
        try (EventReader reader = open("3.1", "DAVIS346", special, imu, compressed, empty, events)) {
            assertEquals(List.of("2 0 0 0"), AedatFiles.read(reader));
            assertEquals(List.of("2 packets of other types", "1 events marked as not valid"), reader.notes());
            assertEquals(2, reader.warnings().size(), () -> "" + reader.warnings());
            assertTrue(reader.warnings().get(0).contains("compressed packet, left out"));
            assertTrue(reader.warnings().get(1).contains("found x 346, y 0"));
        }
    }

    @Test
    void shouldGiveTheTimesOfFramesWhenThereAreAny() throws IOException {
        final int[] words = new int[20];
        words[0] = 1;
        words[3] = 11;
        words[10] = 1;
        words[13] = 12;
        final byte[] frames = packet(2, 40, 12, 1, 2, 2, words);
        try (EventReader reader = open("3.1", "DAVIS346", frames, packet(1, 8, 4, 1, 1, 1, 1, 30), frames)) {
            assertArrayEquals(new long[] {(1L << 31) + 11, (1L << 31) + 12, (1L << 31) + 11, (1L << 31) + 12},
                FrameTimes.of(reader));
        }
        try (EventReader reader = open("3.1", "DAVIS346", frames, packet(1, 8, 4, 1, 1, 1, 1, 30))) {
            assertEquals(1, AedatFiles.read(reader).size());
            assertEquals(List.of("2 frames"), reader.notes());
        }
    }

    @Test
    void shouldSayWhereWhenItCannotBeRead() throws IOException {
        final Path file = folder.resolve("bad.aedat");
        Files.writeString(file, "#!AER-DAT3.1\r\n#Format: RAW\r\n");
        assertTrue(assertThrows(FormatException.class, () -> EventFormats.open(file)).getMessage()
            .contains("without the line #!END-HEADER"));
        try (EventReader reader = open("3.1", "DVS128", packet(1, 8, 4, 0, 1, 2, 1, 1))) {
            final String refusal =
                assertThrows(FormatException.class, () -> reader.read(new EventBatch())).getMessage();
            assertTrue(refusal.contains("packet of 2 events of 8 bytes, with room for 1"), refusal);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, 20_011})
    void shouldReadWhatWasWritten(final int count) throws IOException {
        final EventBatch events = AedatFiles.random(count, count, SIZE, 0, 500_000);
        final EventBatch later = AedatFiles.random(count + 1, 5, SIZE, 1605537493718345L, 9);
        events.addAll(later);
        final Path file = folder.resolve("written.aedat");
        Files.write(file, AedatFiles.write("aedat31", SIZE, events));
        try (EventReader reader = EventFormats.open(file)) {
            assertEquals(AedatFiles.lines(events), AedatFiles.read(reader));
            assertEquals(Optional.of(SIZE), reader.size());
            assertEquals(List.of(), reader.warnings());
        }
    }

    @Test
    void shouldKeepTheSizeWhenNoChipHasIt() throws IOException {
        final SensorSize size = new SensorSize(1280, 720);
        final Path file = folder.resolve("large.aedat");
        Files.write(file, AedatFiles.write("aedat31", size, AedatFiles.random(1, 10, size, 0, 9)));
        try (EventReader reader = EventFormats.open(file)) {
            assertEquals(Optional.of(size), reader.size());
        }
        final EventBatch early = new EventBatch();
        early.add(-1, 0);
        assertThrows(UncheckedIOException.class, () -> AedatFiles.write("aedat31", size, early));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldGiveFewerEventsOrRefuseWhenBytesAreDamaged(final long seed) throws IOException {
        final ByteArrayOutputStream good = new ByteArrayOutputStream();
        good.writeBytes(AedatFiles.write("aedat31", SIZE, AedatFiles.random(seed, 300, SIZE, 0, 50_000_000)));
        final int[] frame = new int[12];
        good.writeBytes(packet(2, 48, 12, 1, 1, 1, frame));
        good.writeBytes(packet(3, 8, 4, 1, 1, 1, 1, 1));
        final int refused = AedatFiles.damage(folder.resolve("damaged.aedat"), good.toByteArray(), 3000, seed);
        assertTrue(refused > 100 && refused < 2900, "refused " + refused);
    }

    private EventReader open(final String version, final String source, final byte[]... packets) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("#!AER-DAT" + version + "\r\n#Format: RAW\r\n#Source 1: " + source + "\r\n#!END-HEADER\r\n")
            .getBytes(StandardCharsets.US_ASCII));
        for (final byte[] packet : packets) {
            bytes.writeBytes(packet);
        }
        final Path file = folder.resolve("packets.aedat");
        Files.write(file, bytes.toByteArray());
        return EventFormats.open(file);
    }

    private static byte[] packet(
        final int type, final int eventBytes, final int timeAt, final int overflow, final int capacity,
        final int number, final int... words) {
        final ByteBuffer bytes = ByteBuffer.allocate(28 + 4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort((short) type).putShort((short) 1).putInt(eventBytes).putInt(timeAt).putInt(overflow)
            .putInt(capacity).putInt(number).putInt(number);
        for (final int word : words) {
            bytes.putInt(word);
        }
        return bytes.array();
    }
}
