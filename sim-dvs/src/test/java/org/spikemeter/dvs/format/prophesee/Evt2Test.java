package org.spikemeter.dvs.format.prophesee;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.engine.FormatException;

/** Words of EVT 2, made by hand. */
class Evt2Test {
    private static final String HEADER = "% evt 2.0\n% geometry 1280x720\n";

    @TempDir
    private Path folder;

    private List<String> read(final int... words) throws IOException {
        return Words.read(RawFormat.evt2(), folder.resolve("a.raw"), Words.ints(HEADER, words));
    }

    private static int high(final int value) {
        return 8 << 28 | value;
    }

    private static int event(final int polarity, final int low, final int x, final int y) {
        return polarity << 28 | low << 22 | x << 11 | y;
    }

    @Test
    void shouldReadEvents() throws IOException {
        assertEquals(List.of("63 1279 719 1", "64 0 0 0", "6405 2 3 1"),
            read(high(0), event(1, 63, 1279, 719), high(1), event(0, 0, 0, 0), high(100), event(1, 5, 2, 3)));
    }

    @Test
    void shouldLeaveOutWhatComesBeforeTime() throws IOException {
        assertEquals(List.of("129 3 3 0", "byte " + HEADER.length()
            + ": word before the first one of time, left out, and 1 more of the kind"),
            read(event(1, 0, 1, 1), event(1, 0, 2, 2), high(2), event(0, 1, 3, 3)));
    }

    @Test
    void shouldPassOtherWordsAndTellUnknownOnes() throws IOException {
        assertEquals(List.of("1 1 1 0", "2 1 1 0",
            "byte " + (HEADER.length() + 6 * 4) + ": word of an unknown type, left out (type 5), and 1 more of the"
            + " kind"),
            read(high(0), event(0, 1, 1, 1), 0xa << 28 | 1, 0xd << 28, 0xe << 28 | 0x14, 0xf << 28 | 3, 5 << 28,
                7 << 28, event(0, 2, 1, 1)));
    }

    @Test
    void shouldLeaveOutWhatIsOutside() throws IOException {
        assertEquals(List.of("1 1279 1 0", "4 1 719 0", "byte " + (HEADER.length() + 8)
            + ": event outside the sensor's area, left out (found x 1280, y 1, expected 1280 x 720), and 1 more of the"
            + " kind"),
            read(high(0), event(0, 1, 1279, 1), event(0, 2, 1280, 1), event(1, 3, 1, 720), event(0, 4, 1, 719)));
    }

    @Test
    void shouldUndoLoops() throws IOException {
        final int last = (1 << 28) - 1;
        assertEquals(List.of("5 5 4 0", (1L << 34) + 5 + " 5 4 0", (2L << 34) + 5 + " 5 4 0"),
            read(high(0), event(0, 5, 5, 4), high(last), high(0), event(0, 5, 5, 4), high(last), high(0),
                event(0, 5, 5, 4)));
        assertEquals(List.of((3L << 34 - 2) + " 1 1 0", (1L << 34) + " 1 1 0"),
            read(high(3 << 26), event(0, 0, 1, 1), high(0), event(0, 0, 1, 1)));
    }

    @Test
    void shouldNotTakeSmallStepBackForLoop() throws IOException {
        assertEquals(List.of("640 1 1 0", "576 1 1 0", "640 1 1 0"),
            read(high(10), event(0, 0, 1, 1), high(9), event(0, 0, 1, 1), high(10), event(0, 0, 1, 1)));
        assertEquals(List.of((1L << 33) - 64 + " 1 1 0", "0 1 1 0"),
            read(high((1 << 27) - 1), event(0, 0, 1, 1), high(0), event(0, 0, 1, 1)));
    }

    @Test
    void shouldTellCutWord() throws IOException {
        final byte[] whole = Words.ints(HEADER, high(0), event(0, 1, 1, 1));
        final byte[] cut = Arrays.copyOf(whole, whole.length + 3);
        assertEquals(List.of("1 1 1 0", "byte " + whole.length
            + ": the last word is cut, left out (found 3 bytes, expected 4)"),
            Words.read(RawFormat.evt2(), folder.resolve("a.raw"), cut));
        assertEquals(List.of(), read());
    }

    /** As OpenEB's encoder does: from the slot of 16 us of the first event, a word of time for each slot. */
    @Test
    void shouldWriteTimeEverySixteenMicroseconds() throws IOException {
        final byte[] file = Words.written(RawFormat.evt2(), Optional.of(Words.HD), Optional.empty(),
            Words.events(100, 1, 2, 1, 100, 1, 3, 0), Words.events(130, 4, 5, 1));
        assertArrayEquals(Words.ints("", high(1), event(1, 36, 1, 2), event(0, 36, 1, 3), high(1), high(2),
            event(1, 2, 4, 5)), Words.body(file));
    }

    @Test
    void shouldNotFillLongGaps() throws IOException {
        final long hour = 3_600_000_000L;
        final byte[] file = Words.written(RawFormat.evt2(), Optional.of(Words.HD), Optional.empty(),
            Words.events(0, 1, 1, 1, hour, 1, 1, 1, 10 * hour, 1, 1, 1));
        final int last = (1 << 28) - 1;
        assertArrayEquals(Words.ints("", high(0), event(1, 0, 1, 1), high((int) (hour >> 6)), event(1, 0, 1, 1),
            high(last), high(0), high(last), high(0), high((int) (10 * hour - (2L << 34) >> 6)),
            event(1, (int) (10 * hour & 63), 1, 1)), Words.body(file));
        assertEquals(List.of("0 1 1 1", hour + " 1 1 1", 10 * hour + " 1 1 1"),
            Words.read(RawFormat.evt2(), folder.resolve("a.raw"), file));
    }

    @Test
    void shouldRefuseWhatItCannotHold() {
        assertEquals("target: event 1 is at x 1280, y 0: expected a place in 1280 x 720 pixels",
            refusal(Words.events(5, 0, 0, 0, 5, 1280, 0, 0)));
        assertEquals("target: event 0 is at x 0, y 720: expected a place in 1280 x 720 pixels",
            refusal(Words.events(5, 0, 720, 0)));
        assertEquals("target: event 0 is at -1 us: EVT 2 holds no time before 0", refusal(Words.events(-1, 0, 0, 0)));
        assertEquals("target: event 1 is at 4 us: EVT 2 holds no time before that of the event before, 5 us",
            refusal(Words.events(5, 0, 0, 0, 4, 0, 0, 0)));
        assertEquals("target: event 0 is at " + Long.MAX_VALUE + " us: EVT 2 holds no time after " + (1L << 50)
            + " us here (--origin first begins near 0)", refusal(Words.events(Long.MAX_VALUE, 0, 0, 0)));
    }

    private static String refusal(final EventBatch events) {
        return assertThrows(FormatException.class,
            () -> Words.written(RawFormat.evt2(), Optional.of(Words.HD), Optional.empty(), events)).getMessage();
    }
}
