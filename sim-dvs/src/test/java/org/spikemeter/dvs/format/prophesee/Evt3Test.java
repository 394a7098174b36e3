package org.spikemeter.dvs.format.prophesee;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

/** Words of EVT 3, made by hand; some series are those of OpenEB's {@code decoders_evt3_decoder_gtest.cpp}. */
class Evt3Test {
    private static final String HEADER = "% format EVT3;height=720;width=1280\n% end\n";

    @TempDir
    private Path folder;

    private List<String> read(final int... words) throws IOException {
        return Words.read(RawFormat.evt3(), folder.resolve("a.raw"), Words.shorts(HEADER, words));
    }

    private static String at(final int word) {
        return "byte " + (HEADER.length() + 2 * word) + ": ";
    }

    private static int row(final int y) {
        return y;
    }

    private static int x(final int x, final int polarity) {
        return 2 << 12 | polarity << 11 | x;
    }

    private static int base(final int x, final int polarity) {
        return 3 << 12 | polarity << 11 | x;
    }

    private static int vector12(final int columns) {
        return 4 << 12 | columns;
    }

    private static int vector8(final int columns) {
        return 5 << 12 | columns;
    }

    private static int low(final int value) {
        return 6 << 12 | value;
    }

    private static int high(final int value) {
        return 8 << 12 | value;
    }

    @Test
    void shouldReadEvents() throws IOException {
        assertEquals(List.of("0 2 1 0", "0 3 1 1", "7 3 1 0", "7 1279 719 1", "4096 0 719 0"),
            read(high(0), row(1), x(2, 0), x(3, 1), low(7), x(3, 0), row(719), x(1279, 1), high(1), x(0, 0)));
        assertEquals(List.of("12288 5 4 0", at(0)
            + "word before the first one of time, left out, and 1 more of the kind"),
            read(row(1), x(2, 0), high(3), row(4), x(5, 0)));
    }

    /** Bit 11 of a row is the camera it comes from. */
    @Test
    void shouldReadRowOfSecondCamera() throws IOException {
        assertEquals(List.of("0 2 5 0"), read(high(0), 1 << 11 | row(5), x(2, 0)));
    }

    @Test
    void shouldSetLowerTimeToZeroByNewUpperOne() throws IOException {
        assertEquals(List.of("4095 1 1 0", "4095 2 1 0", "4096 3 1 0", "4098 4 1 0", "4097 5 1 0"),
            read(high(0), row(1), low(4095), x(1, 0), high(0), x(2, 0), high(1), x(3, 0), low(2), x(4, 0), low(1),
                x(5, 0)));
    }

    @Test
    void shouldUndoLoopsButNotStepsBack() throws IOException {
        assertEquals(List.of("0 2 1 0", "4096 3 1 0", "0 4 1 0", "4096 5 1 0"),
            read(high(0), row(1), x(2, 0), high(1), x(3, 0), high(0), x(4, 0), high(1), x(5, 0)));
        assertEquals(List.of((0xffdL << 12) + " 2 1 0", (0x1001L << 12) + " 3 1 0", (0x2000L << 12) + " 4 1 0"),
            read(high(0xffd), row(1), x(2, 0), high(1), x(3, 0), high(0xfff), high(0), x(4, 0)));
        assertEquals(List.of((0x7ffL << 12) + " 2 1 0", "0 3 1 0", (0x800L << 12) + " 4 1 0",
            (0x1000L << 12) + " 5 1 0"),
            read(high(0x7ff), row(1), x(2, 0), high(0), x(3, 0), high(0x800), x(4, 0), high(0), x(5, 0)));
    }

    @Test
    void shouldReadVectors() throws IOException {
        assertEquals(IntStream.range(1, 33).mapToObj(x -> "9 " + x + " 1 1").toList(),
            read(high(0), row(1), low(9), base(1, 1), vector12(0xfff), vector12(0xfff), vector8(0xff)));
        // the base moves on whether bits are set or not, and as far as the kind of each word says
        assertEquals(List.of("0 100 1 0", "0 112 1 0", "0 131 1 0", "0 132 1 0", "0 164 1 0", "0 172 1 0", "0 7 1 1",
            "0 184 1 0"),
            read(high(0), row(1), base(100, 0), vector12(1), vector12(1), vector8(0x80), vector12(1), vector12(0),
                vector8(0), vector12(1 | 1 << 8), x(7, 1), vector8(0xf00 | 1 << 8), vector8(0), vector8(0),
                base(184, 0), vector8(1)));
    }

    @Test
    void shouldReadVectorsAloneAndCut() throws IOException {
        assertEquals(List.of("0 40 1 0", "0 52 1 0", "0 60 1 0"),
            read(high(0), row(1), base(40, 0), vector12(1), vector8(1), vector12(1)));
        assertEquals(List.of("0 40 1 0", "0 52 1 0"),
            read(high(0), row(1), base(40, 0), vector12(1), vector12(1)));
    }

    @Test
    void shouldLeaveOutWhatIsOutside() throws IOException {
        final String outside = ": event outside the sensor's area, left out (found x 1280, y 3, expected 1280 x 720)";
        assertEquals(List.of("0 1279 3 0", at(3).replace(": ", outside + ", and 1 more of the kind")),
            read(high(0), row(3), x(1279, 0), x(1280, 0), row(720), x(1, 1)));
        assertEquals(List.of("0 1278 3 0", "0 1279 3 0",
            at(3).replace(": ", outside + ", and 32 more of the kind")),
            read(high(0), row(3), base(1278, 0), vector12(7), row(800), base(0, 0), vector12(0xfff), vector12(0xfff),
                vector8(0xff)));
    }

    @Test
    void shouldNeedRow() throws IOException {
        assertEquals(List.of("0 5 9 0", at(1) + "event before the first row, or in a row that is none of light changes,"
            + " left out, and 2 more of the kind"),
            read(high(0), x(1, 0), base(0, 0), vector12(1), row(9), x(5, 0), 1 << 12 | 9, x(6, 0)));
    }

    @Test
    void shouldPassOtherWordsAndTellUnknownOnes() throws IOException {
        assertEquals(List.of("0 2 1 0", "0 3 1 0", at(9) + "word of an unknown type, left out (type 11), and 1 more of"
            + " the kind"),
            read(high(0), row(1), x(2, 0), 0xa << 12 | 0x101, 0xe << 12 | 0x14, 0xf << 12 | 1, 7 << 12 | 1, 9 << 12,
                0xd << 12, 0xb << 12, 0xc << 12, x(3, 0)));
    }

    /** Bases that are never set anew end at the edge of what an event can hold. */
    @Test
    void shouldBearVectorsWithoutEnd() throws IOException {
        final int[] words = new int[200_000];
        Arrays.fill(words, vector12(1));
        words[0] = high(0);
        words[1] = row(1);
        final List<String> lines = read(words);
        assertEquals(107, lines.size() - 1);
        assertEquals("0 1272 1 0", lines.get(106));
    }

    @Test
    void shouldWriteVectorsWhereTheyAreSmaller() throws IOException {
        final EventBatch events = Words.events(5, 1, 1, 1, 5, 2, 1, 1, 5, 3, 1, 1, 5, 4, 1, 1, 5, 2, 1, 1);
        for (int i = 0; i < 32; i++) {
            events.add(4096, EventWord.of(64 + i, 2, 0));
        }
        for (final int x : new int[] {96, 98, 110, 127, 130}) {
            events.add(4096, EventWord.of(x, 2, 0));
        }
        assertArrayEquals(Words.shorts("", high(0), low(5), row(1), x(1, 1), x(2, 1), x(3, 1), x(4, 1), x(2, 1),
            high(1), low(0), row(2), base(64, 0), vector12(0xfff), vector12(0xfff), vector8(0xff), vector12(5),
            vector12(1 << 2), vector8(0x80), x(130, 0)), Words.body(Words.written(RawFormat.evt3(),
                Optional.of(Words.HD), Optional.empty(), events)));
    }

    /** OpenEB drops a vector that sticks out of the sensor. */
    @ParameterizedTest
    @ValueSource(ints = {31, 32, 40, 346, 2047, 2048})
    void shouldKeepVectorsInside(final int width) throws IOException {
        final EventBatch events = new EventBatch();
        for (int polarity = 0; polarity < 2; polarity++) {
            for (int x = 0; x < width; x++) {
                events.add(polarity, EventWord.of(x, polarity, polarity));
            }
        }
        final byte[] file = Words.written(RawFormat.evt3(), Optional.of(new SensorSize(width, 2)), Optional.empty(),
            events);
        assertEquals(Words.lines(events), Words.read(RawFormat.evt3(), folder.resolve("a.raw"), file));
        final byte[] body = Words.body(file);
        int base = 0;
        final List<Integer> bases = new ArrayList<>();
        for (int at = 0; at < body.length; at += 2) {
            final int word = (body[at] & 0xff) | (body[at + 1] & 0xff) << 8;
            if (word >>> 12 == 3) {
                base = word & 0x7ff;
            } else if (word >>> 12 == 4) {
                bases.add(base);
                base += 32;
                at += 4;
            }
        }
        assertEquals(width >= 32, !bases.isEmpty());
        assertEquals(List.of(), bases.stream().filter(each -> each + 32 > width).toList());
    }

    @Test
    void shouldWriteWrapsOfTime() throws IOException {
        final long loop = 1 << 24;
        final EventBatch events = Words.events(2 * loop + 1, 1, 1, 0, 3 * loop, 1, 1, 0, 3 * loop + 8, 1, 1, 0);
        final byte[] file =
            Words.written(RawFormat.evt3(), Optional.of(Words.HD), Optional.empty(), events);
        assertArrayEquals(Words.shorts("", high(0xfff), high(0), high(0xfff), high(0), low(1), row(1), x(1, 0),
            high(0xfff), high(0), low(0), x(1, 0), low(8), x(1, 0)), Words.body(file));
        assertEquals(Words.lines(events), Words.read(RawFormat.evt3(), folder.resolve("a.raw"), file));
    }
}
