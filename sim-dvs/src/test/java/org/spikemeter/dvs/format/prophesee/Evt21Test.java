package org.spikemeter.dvs.format.prophesee;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;

/** Words of EVT 2.1 in both orders; most of them those of OpenEB's {@code decoders_evt21_decoder_gtest.cpp}. */
class Evt21Test {
    @TempDir
    private Path folder;

    private static long high(final long value) {
        return 8L << 60 | value << 32;
    }

    private static long event(final int x, final int y, final int low, final int polarity, final int columns) {
        return (long) polarity << 60 | (long) low << 54 | (long) x << 43 | (long) y << 32 | columns & 0xffffffffL;
    }

    private static byte[] file(final String order, final long... words) {
        return Words.longs(header(order), order.equals("little") ? words
            : Arrays.stream(words).map(word -> Long.rotateRight(word, 32)).toArray());
    }

    private static String header(final String order) {
        return "% evt 2.1\n% endianness " + order + "\n% geometry 1280x720\n";
    }

    private List<String> read(final String order, final long... words) throws IOException {
        return Words.read(RawFormat.evt21(), folder.resolve("a.raw"), file(order, words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"little", "legacy"})
    void shouldReadVectors(final String order) throws IOException {
        assertEquals(List.of("0 5 4 0", "0 8 4 0", "0 12 4 0", "0 14 6 1", "0 20 6 1", "0 24 6 1"),
            read(order, high(0), event(5, 4, 0, 0, 1 << 7 | 1 << 3 | 1),
                event(10, 6, 0, 1, 1 << 14 | 1 << 10 | 1 << 4)));
        assertEquals(IntStream.range(0, 32).mapToObj(i -> "1 " + (64 + i) + " 9 1").toList(),
            read(order, high(0), event(64, 9, 1, 1, -1), event(3, 3, 2, 1, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"little", "legacy"})
    void shouldReadTimes(final String order) throws IOException {
        assertEquals(List.of("5 5 4 0", "20 10 6 1", "965 5 4 0", "980 10 6 1"),
            read(order, high(0), event(5, 4, 5, 0, 1), event(10, 6, 20, 1, 1), high(15), event(5, 4, 5, 0, 1),
                event(10, 6, 20, 1, 1)));
        final long last = (1L << 28) - 1;
        assertEquals(List.of("5 5 4 0", (1L << 34) + 5 + " 5 4 0", (2L << 34) + 5 + " 5 4 0"),
            read(order, high(0), event(5, 4, 5, 0, 1), high(last), high(0), event(5, 4, 5, 0, 1), high(last), high(0),
                event(5, 4, 5, 0, 1)));
        assertEquals(List.of((1L << 31) + 5 + " 5 4 0"), read(order, high(1 << 25), event(5, 4, 5, 0, 1)));
        assertEquals(List.of("640 5 4 0", "576 5 4 0"),
            read(order, high(10), event(5, 4, 0, 0, 1), high(9), event(5, 4, 0, 0, 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"little", "legacy"})
    void shouldLeaveOutWithWarnings(final String order) throws IOException {
        final int start = header(order).length();
        assertEquals(List.of("192 1278 4 0", "192 1279 4 0",
            "byte " + start + ": word before the first one of time, left out",
            "byte " + (start + 16) + ": event outside the sensor's area, left out (found x 1280, y 4, expected 1280 x"
                + " 720), and 33 more of the kind",
            "byte " + (start + 40) + ": word of an unknown type, left out (type 12)"),
            read(order, event(2, 1, 0, 0, 1), high(3), event(1277, 4, 0, 0, 0b11110), event(0, 720, 0, 0, -1),
                0xaL << 60, 0xcL << 60, 0xeL << 60, 0xfL << 60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"little", "legacy"})
    void shouldWriteNeighboursIntoOneWord(final String order) throws IOException {
        final byte[] file = Words.written(RawFormat.evt21(), Optional.of(Words.HD), Optional.of(order),
            Words.events(70, 33, 5, 1, 70, 35, 5, 1, 70, 63, 5, 1, 70, 64, 5, 1, 70, 62, 5, 1, 70, 63, 5, 0,
                71, 64, 5, 0, 71, 65, 6, 0, 130, 66, 6, 0));
        assertArrayEquals(Words.body(file(order, high(1), event(32, 5, 6, 1, 1 << 31 | 0b1010), event(64, 5, 6, 1, 1),
            event(32, 5, 6, 1, 1 << 30), event(32, 5, 6, 0, 1 << 31), event(64, 5, 7, 0, 1), event(64, 6, 7, 0, 2),
            high(2), event(64, 6, 2, 0, 4))), Words.body(file));
    }

    /** The header says nothing of the order, and is wrong about it, at a time. */
    @ParameterizedTest
    @ValueSource(strings = {"little", "legacy"})
    void shouldBelieveVariantThatIsAskedFor(final String order) throws IOException {
        final Path file = folder.resolve("a.raw");
        final byte[] body = Words.body(file(order, high(1), event(5, 4, 0, 1, 3)));
        for (final String header : List.of("% evt 2.1\n", header("little"), header("legacy"))) {
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(body);
            Files.write(file, bytes.toByteArray());
            try (EventReader reader = RawFormat.evt21().open(file, Optional.of(order))) {
                assertEquals(List.of("64 5 4 1", "64 6 4 1"), Words.lines(reader.readAll()));
            }
        }
    }

    /** Words begin at multiples of 32 even where the sensor ends before the next one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 33, 346, 2048})
    void shouldKeepToWidth(final int width) throws IOException {
        final SensorSize size = new SensorSize(width, 2);
        final byte[] file = Words.written(RawFormat.evt21(), Optional.of(size), Optional.empty(),
            Words.events(1, width - 1, 1, 1));
        assertEquals(List.of("1 " + (width - 1) + " 1 1"),
            Words.read(RawFormat.evt21(), folder.resolve("a.raw"), file));
    }
}
