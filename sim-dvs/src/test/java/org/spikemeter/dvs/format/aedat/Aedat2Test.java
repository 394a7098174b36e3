package org.spikemeter.dvs.format.aedat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.FrameTimes;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.engine.FormatException;

/** AEDAT 2, word by word. */
final class Aedat2Test {
    private static final String VERSION = "#!AER-DAT2.0\r\n";
    private static final String END = "#End Of ASCII Header\r\n";
    private static final String DAVIS240 = VERSION + "# AEChip: eu.seebetter.ini.chips.davis.DAVIS240C\r\n" + END;
    private static final String DVS128 = VERSION + "# HardwareInterface: DVS128 CypressFX2\r\n" + END;
    private static final SensorSize SIZE_240 = new SensorSize(240, 180);
    private static final SensorSize SIZE_346 = new SensorSize(346, 260);

    @TempDir
    private Path folder;

    @Test
    void shouldCountFromTheLowerRightWhenADavisIsRead() throws IOException {
        assertEquals(List.of("5 239 179 0", "6 0 0 1", "7 228 159 1"),
            read(DAVIS240, 0, 5, 179 << 22 | 239 << 12 | 1 << 11, 6, 20 << 22 | 11 << 12 | 1 << 11, 7));
    }

    @Test
    void shouldPassOverWhatIsNoEventWhenADavisIsRead() throws IOException {
        final int imu = 1 << 31 | 3 << 10;
        final int signal = 1 << 31 | 1 << 10 | 512;
        try (EventReader reader = open(DAVIS240,
            1 << 10, 1, 1 << 10 | 3, 2, imu, 3, imu | 1 << 28, 3, signal, 4, 1 << 11, 5)) {
            assertEquals(List.of("5 239 179 1"), AedatFiles.read(reader));
            assertEquals(List.of("1 words of frames (APS), 0 frames begun", "2 words of an IMU",
                "2 special or external events"), reader.notes());
            assertEquals(List.of(), reader.warnings());
        }
    }

    /** Global shutter reads all columns for the reset and then for the signal; rolling shutter one by one. */
    @ParameterizedTest
    @CsvSource({"0, 239, false", "239, 0, false", "0, 239, true", "239, 0, true"})
    void shouldFindTheStartsOfFramesWhenColumnsAreReadInOrder(final int from, final int to, final boolean isRolling)
        throws IOException {
        final int step = from < to ? 1 : -1;
        final ByteArrayOutputStream words = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(words);
        int time = 100;
        // the recording begins in the middle of a frame
        for (int frame = 0, column = 120; frame < 3; frame++, column = from) {
            if (frame == 2) {
                time = 50_000;
            }
            for (int read = 0; read < 2; read++) {
                for (int x = column; x != to + step; x += step) {
                    for (int y = 0; y < 2; y++) {
                        out.writeInt(1 << 31 | y << 22 | x << 12 | (isRolling ? y : read) << 10 | 300);
                        out.writeInt(time);
                    }
                    time += 10;
                }
                if (isRolling) {
                    break;
                }
            }
        }
        final Path file = folder.resolve("frames.aedat");
        Files.write(file, concat(DAVIS240.getBytes(StandardCharsets.US_ASCII), words.toByteArray()));
        final int columns = Math.abs(to - 120) + 1;
        try (EventReader reader = EventFormats.open(file)) {
            final long[] frames = FrameTimes.of(reader);
            assertEquals("[" + (100 + 10 * columns * (isRolling ? 1 : 2)) + ", 50000]", Arrays.toString(frames));
        }
    }

    @Test
    void shouldReadOnAsZeroBitWhenADvs128IsRead() throws IOException {
        assertEquals(List.of("1 127 127 1", "2 127 127 0", "3 0 127 1", "4 127 0 1"),
            read(DVS128, 0, 1, 1, 2, 127 << 1, 3, 127 << 8, 4, 1 << 15, 5, 1 << 31, 6));
    }

    @Test
    void shouldExchangeXAndYWhenCifar10IsAskedFor() throws IOException {
        final Path file = file(DVS128, 3 << 8 | 5 << 1 | 1, 9);
        try (EventReader reader = EventFormats.named("aedat2:cifar10").open(file)) {
            // SpikingJelly: x = 127 - y of the address, y = 127 - x of the address, p = 1 - p
            assertEquals(List.of("9 124 122 0"), AedatFiles.read(reader));
        }
    }

    @Test
    void shouldReadEleventhBitUpAsRowWhenADvs640IsRead() throws IOException {
        assertEquals(List.of("3 639 479 0", "4 0 0 1"),
            read(VERSION + "# AEChip: ch.unizh.ini.jaer.chip.retina.DVS640\r\n" + END,
                0, 3, 479 << 11 | 639 << 1 | 1, 4, 1 << 21, 5));
    }

    @ParameterizedTest
    @CsvSource({"davis, 239, 179, 240 x 180", "davis, 240, 0, 346 x 260", "davis, 0, 180, 346 x 260",
        "davis, 346, 0, 640 x 480", "davis, 0, 500, 1024 x 512", "dvs128, 127, 127, 128 x 128",
        "dvs640, 639, 479, 640 x 480"})
    void shouldGuessTheSensorWhenTheHeaderDoesNotNameIt(
        final String variant, final int x, final int y, final String size) throws IOException {
        final int address = switch (variant) {
            case "davis" -> y << 22 | x << 12;
            case "dvs128" -> y << 8 | x << 1;
            default -> y << 11 | x << 1;
        };
        try (EventReader reader = open(VERSION, address, 1)) {
            assertEquals("AEDAT 2 (" + variant + ")", reader.format());
            assertEquals(size, reader.size().orElseThrow().toString());
        }
    }

    @Test
    void shouldLeaveOutEventsWhenTheyAreOutsideOfTheSensor() throws IOException {
        try (EventReader reader = open(DAVIS240, 240 << 12, 1, 180 << 22, 2, 0, 3)) {
            assertEquals(List.of("3 239 179 0"), AedatFiles.read(reader));
            assertTrue(reader.warnings().getFirst().contains("column 240 and row 0"), () -> "" + reader.warnings());
            assertTrue(reader.warnings().getFirst().endsWith("and 1 more of the kind"));
        }
    }

    @Test
    void shouldTakeTheSizeThatIsAskedForWhenAVariantSaysIt() throws IOException {
        try (EventReader reader = EventFormats.named("aedat2:davis346").open(file(DAVIS240, 0, 1))) {
            assertEquals(List.of("1 345 259 0"), AedatFiles.read(reader));
        }
    }

    @Test
    void shouldEndTheHeaderWhenAnAddressBeginsWithItsSign() throws IOException {
        final int address = '#' << 24 | 7 << 12;
        assertEquals("5 232 39 0", read(DAVIS240, address, 5).getFirst());
        // v2e writes no last line
        assertEquals("5 232 39 0", read(VERSION + "# AEChip: DAVIS240C\r\n", address, 5).getFirst());
        assertEquals("5 232 39 0", read(VERSION + "# AEChip: DAVIS240C\r\n#\r\n", address, 5).getFirst());
    }

    @Test
    void shouldReadTheHeaderWhenItIsLong() throws IOException {
        final String xml = "#" + "<entry key='DVS' value='\u00b5'/>".repeat(6000) + "\r\n";
        final String header = VERSION + xml + "# AEChip: Davis346red\r\n" + xml.replace(">", ">\r\n#") + END;
        try (EventReader reader = open(header, 0, 1)) {
            assertEquals(Optional.of(SIZE_346), reader.size());
            assertEquals(List.of("1 345 259 0"), AedatFiles.read(reader));
        }
        final Path endless = folder.resolve("endless.aedat");
        Files.writeString(endless, VERSION + "#x\r\n".repeat(300_000));
        final String refusal = assertThrows(FormatException.class, () -> EventFormats.open(endless)).getMessage();
        assertTrue(refusal.startsWith(endless + ": byte ") && refusal.contains("longer than 1048576"), refusal);
    }

    @Test
    void shouldGoOnWhenTimesWrap() throws IOException {
        final long half = 1L << 31;
        // jAER: 32 bits with a sign, a late event across the wrap, through 0 and to the next wrap
        assertEquals(List.of(half - 1, half, half - 2, half + 1, 2 * half - 1, 2 * half,
            2 * half + 1_000_000_000, 3 * half - 1, 3 * half),
            times(Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE - 1, Integer.MIN_VALUE + 1, -1, 0,
                1_000_000_000, Integer.MAX_VALUE, Integer.MIN_VALUE));
        // 31 bits
        assertEquals(List.of(half - 1, half, half - 2, half + 1, half + 700_000_000, half + 1_400_000_000,
            2 * half - 1, 2 * half), times(Integer.MAX_VALUE, 0, Integer.MAX_VALUE - 1, 1, 700_000_000,
            1_400_000_000, Integer.MAX_VALUE, 0));
        // set back by the user, or begun below 0: as it is
        assertEquals(List.of(-5L, 0L, 1_000_000_000L, 3L), times(-5, 0, 1_000_000_000, 3));
    }

    private List<Long> times(final int... times) throws IOException {
        final int[] words = new int[2 * times.length];
        for (int i = 0; i < times.length; i++) {
            words[2 * i + 1] = times[i];
        }
        return read(DAVIS240, words).stream().map(line -> Long.valueOf(line.split(" ")[0])).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1009, 8193, 40_009})
    void shouldReadWhatWasWritten(final int events) throws IOException {
        for (final String format : new String[] {"aedat2", "aedat2:davis", "aedat2:davis346", "aedat2:davis640"}) {
            shouldReadAgain(format, SIZE_346, AedatFiles.random(events, events, SIZE_346, 0, 200_000), "aedat2");
        }
        shouldReadAgain("aedat2:davis240", SIZE_240, AedatFiles.random(events, events, SIZE_240, 3, 5), "aedat2");
        final SensorSize odd = new SensorSize(37, 5);
        for (final String format : new String[] {"aedat2", "aedat2:dvs128", "aedat2:cifar10", "aedat2:dvs640"}) {
            shouldReadAgain(format, odd, AedatFiles.random(events, events, odd, 1 << 30, 9), format);
        }
    }

    private void shouldReadAgain(
        final String format, final SensorSize size, final EventBatch events, final String readAs) throws IOException {
        final Path file = folder.resolve("written.aedat2");
        Files.write(file, AedatFiles.write(format, size, events));
        try (EventReader reader = EventFormats.named(readAs).open(file)) {
            assertEquals(AedatFiles.lines(events), AedatFiles.read(reader), format);
            assertEquals(List.of(), reader.warnings());
        }
        assertEquals("aedat2", EventFormats.recognise(file).orElseThrow().name());
    }

    @Test
    void shouldPutAnExternalInputInFrontWhenTheFirstAddressBeginsWithTheSign() throws IOException {
        final EventBatch events = new EventBatch();
        events.add(5, EventWord.of(0, 179 - 140, 1));
        events.add(6, EventWord.of(0, 179 - 140, 1));
        final byte[] bytes = AedatFiles.write("aedat2", SIZE_240, events);
        final int body = bytes.length - 3 * 8;
        assertEquals("00000400000000052", hex(bytes, body).substring(0, 17));
        final Path file = folder.resolve("sign.aedat2");
        Files.write(file, bytes);
        try (EventReader reader = EventFormats.open(file)) {
            assertEquals(AedatFiles.lines(events), AedatFiles.read(reader));
        }
    }

    @Test
    void shouldRefuseToWriteWhenTheFormatCannotHoldIt() {
        assertThrows(IllegalArgumentException.class,
            () -> AedatFiles.write("aedat2", new SensorSize(1280, 720), new EventBatch()));
        assertThrows(IllegalArgumentException.class,
            () -> AedatFiles.write("aedat2:dvs128", SIZE_240, new EventBatch()));
        refuses(OptionalLong.empty(), 1L << 31, "first time");
        refuses(OptionalLong.of(0), 1L << 31, "no such step");
        refuses(OptionalLong.of(Integer.MAX_VALUE), 1L << 32, "no such step");
    }

    private static void refuses(final OptionalLong before, final long micros, final String message) {
        final EventBatch events = new EventBatch();
        before.ifPresent(time -> events.add(time, 0));
        events.add(micros, 0);
        final Throwable refusal = assertThrows(java.io.UncheckedIOException.class,
            () -> AedatFiles.write("aedat2", SIZE_240, events)).getCause();
        assertTrue(refusal instanceof FormatException && refusal.getMessage().contains(message),
            () -> "" + refusal);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldGiveFewerEventsOrRefuseWhenBytesAreDamaged(final long seed) throws IOException {
        final Path file = folder.resolve("damaged.aedat2");
        for (final String format : new String[] {"aedat2", "aedat2:dvs128"}) {
            final SensorSize size = new SensorSize(100, 90);
            final byte[] good = AedatFiles.write(format, size, AedatFiles.random(seed, 500, size, 0, 1000));
            final int refused = AedatFiles.damage(file, good, 2000, seed);
            assertTrue(refused > 10 && refused < 1900, format + " refused " + refused);
        }
    }

    private List<String> read(final String header, final int... words) throws IOException {
        try (EventReader reader = open(header, words)) {
            return AedatFiles.read(reader);
        }
    }

    private EventReader open(final String header, final int... words) throws IOException {
        return EventFormats.open(file(header, words));
    }

    private Path file(final String header, final int... words) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        out.write(header.getBytes(StandardCharsets.ISO_8859_1));
        for (final int word : words) {
            out.writeInt(word);
        }
        final Path file = folder.resolve("words.aedat");
        Files.write(file, bytes.toByteArray());
        return file;
    }

    private static byte[] concat(final byte[] first, final byte[] second) {
        final byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static String hex(final byte[] bytes, final int from) {
        return java.util.HexFormat.of().formatHex(bytes, from, bytes.length);
    }
}
