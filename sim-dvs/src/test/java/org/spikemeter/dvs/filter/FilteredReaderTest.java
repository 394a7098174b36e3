package org.spikemeter.dvs.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.ListReader;
import org.spikemeter.dvs.RandomEvents;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.FrameTimes;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.event.WrappedReader;
import org.spikemeter.dvs.filter.EventChanges.Crop;
import org.spikemeter.dvs.filter.EventChanges.Flip;
import org.spikemeter.dvs.filter.EventChanges.Origin;
import org.spikemeter.dvs.filter.EventChanges.TimeWindow;
import org.spikemeter.engine.FormatException;

class FilteredReaderTest {
    private static final Optional<SensorSize> SENSOR = Optional.of(new SensorSize(40, 30));

    private static EventChanges changes(
        final String origin, final String time, final String crop, final String flip, final boolean transpose,
        final String filters) {
        return new EventChanges(Optional.empty(), origin.isEmpty() ? Origin.RECORDED : Origin.parse(origin),
            time.isEmpty() ? TimeWindow.ALL : TimeWindow.parse(time),
            crop.isEmpty() ? Optional.empty() : Optional.of(Crop.parse(crop)),
            flip.isEmpty() ? Flip.NONE : Flip.parse(flip), transpose, filters);
    }

    /** All changes, one event after the other, beside the reader in batches of several sizes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8192})
    void shouldChangeInTheOrderThatIsPromised(final int atOnce) throws IOException {
        final EventBatch events = RandomEvents.of(5, 5_000, 40, 30, true);
        final EventBatch moved = new EventBatch();
        for (int i = 0; i < events.size(); i++) {
            final long time = events.micros(i) - events.micros(0);
            final int x = events.x(i) - 1;
            final int y = events.y(i) - 10;
            if (time >= 20_000 && time < 300_000 && x >= 0 && x < 21 && y >= 0 && y < 20) {
                moved.add(time, EventWord.of(y, 20 - x, events.polarity(i)));
            }
        }
        final int inArea = moved.size();
        final CountingFilter refractory = new RefractoryFilter(2_000, new PixelMemory("list"));
        refractory.apply(moved);
        assertTrue(moved.size() > 50 && moved.size() < inArea, "tells something: " + moved.size());
        final FilteredReader reader = new FilteredReader(new ListReader(events, SENSOR, atOnce),
            changes("first", "20ms:0.3s", "1,10,21,20", "x", true, "refractory:2ms"));
        assertEquals(RandomEvents.texts(moved), RandomEvents.texts(reader.readAll()));
        assertEquals(Optional.of(new SensorSize(20, 21)), reader.size());
        assertEquals(List.of("origin:first,time:20ms:300ms", "crop:1,10,21,20", "flip:x,transpose", "refractory:2ms"),
            reader.filters().stream().map(CountingFilter::describe).toList());
        assertEquals(inArea - moved.size(), reader.filters().getLast().removed());
        assertEquals(moved.size(), reader.filters().getLast().passed());
    }

    @Test
    void shouldChangeNothingWhereNothingIsAskedFor() throws IOException {
        final EventBatch events = RandomEvents.of(6, 100, 40, 30, true);
        final ListReader inner = new ListReader(events, SENSOR, 9);
        try (FilteredReader reader = new FilteredReader(inner, EventChanges.NONE)) {
            assertEquals(RandomEvents.texts(events), RandomEvents.texts(reader.readAll()));
            assertEquals(SENSOR, reader.size());
            assertEquals(List.of(), reader.filters());
        }
        assertTrue(inner.isClosed());
    }

    @Test
    void shouldMoveTheTimesOfFramesWithTheEvents() throws IOException {
        final EventBatch events = new EventBatch();
        events.add(40, EventWord.of(1, 1, 1));
        final class WithFrames extends WrappedReader implements FrameTimes {
            WithFrames() {
                super(new ListReader(events));
            }

            @Override
            public boolean read(final EventBatch into) throws IOException {
                return reader.read(into);
            }

            @Override
            public FrameTimes frameTimes() {
                return this;
            }

            @Override
            public int frames() {
                return 2;
            }

            @Override
            public long frameMicros(final int index) {
                return 50 + 10L * index;
            }
        }

        assertArrayEquals(new long[] {10, 20},
            FrameTimes.of(new FilteredReader(new WithFrames(), changes("first", "", "", "", false, ""))));
        assertArrayEquals(new long[] {48, 58},
            FrameTimes.of(new FilteredReader(new WithFrames(), changes("2", "", "", "", false, ""))));
        assertArrayEquals(new long[] {50, 60}, FrameTimes.of(new FilteredReader(new WithFrames(), EventChanges.NONE)));
        assertArrayEquals(new long[0], FrameTimes.of(new FilteredReader(new ListReader(events), EventChanges.NONE)));
    }

    @Test
    void shouldFlipWithinTheSize() throws IOException {
        final EventBatch one = new EventBatch();
        one.add(7, EventWord.of(3, 5, 1));
        final List<String> flipped = new ArrayList<>();
        for (final String flip : List.of("x", "y", "xy")) {
            flipped.addAll(RandomEvents.texts(new FilteredReader(new ListReader(one, SENSOR, 1),
                changes("", "", "", flip, false, "")).readAll()));
        }
        final FilteredReader transposed =
            new FilteredReader(new ListReader(one), changes("5", "", "", "", true, ""));
        flipped.addAll(RandomEvents.texts(transposed.readAll()));
        assertEquals(List.of("origin:5us", "transpose"),
            transposed.filters().stream().map(CountingFilter::describe).toList());
        assertEquals(List.of("7 36 5 1", "7 3 24 1", "7 36 24 1", "2 5 3 1"), flipped);
    }

    @Test
    void shouldLeaveOutWhatLiesOutsideAGivenSize() throws IOException {
        final EventBatch events = RandomEvents.of(7, 1_000, 50, 50, false);
        final FilteredReader reader = new FilteredReader(new ListReader(events), new EventChanges(
            Optional.of(new SensorSize(40, 30)), Origin.RECORDED, TimeWindow.ALL, Optional.empty(),
            Flip.NONE, false, ""));
        final EventBatch left = reader.readAll();
        final long inside = IntStream.range(0, events.size())
            .filter(i -> SENSOR.get().contains(events.x(i), events.y(i))).count();
        assertEquals(inside, left.size());
        assertEquals(events.size() - inside, reader.filters().getFirst().removed());
        assertEquals(SENSOR, reader.size());
    }

    @Test
    void shouldSayWhatIsMissingWhereTheSizeIsNotKnown() {
        final EventBatch events = RandomEvents.of(8, 10, 40, 30, false);
        final String unknown = assertThrows(IllegalArgumentException.class, () -> new FilteredReader(
            new ListReader(events), changes("", "", "", "x", false, ""))).getMessage();
        assertTrue(unknown.contains("--size") && unknown.startsWith("list"), unknown);
        final String outside = assertThrows(IllegalArgumentException.class, () -> new FilteredReader(
            new ListReader(events, SENSOR, 1), changes("", "", "30,0,11,4", "", false, ""))).getMessage();
        assertTrue(outside.contains("40 x 30"), outside);
    }

    /** Events at all places that are 511 pixels apart, more of them than there may be tiles. */
    private static EventBatch scattered() {
        final EventBatch events = new EventBatch();
        for (int i = 0; i < 65 * 65; i++) {
            events.add(i, EventWord.of(i % 65 * 511, i / 65 * 511, 1));
        }
        return events;
    }

    @Test
    void shouldRefuseFiltersWherePixelsLieTooFarApart() {
        final FilteredReader reader =
            new FilteredReader(new ListReader(scattered()), changes("", "", "", "", false, "rate:1G,ba:1ms"));
        final String message =
            assertThrows(FormatException.class, () -> reader.readAll()).getMessage();
        assertTrue(message.startsWith("list: ") && message.contains("--size"), message);
    }

    @Test
    void shouldLimitTheRateHoweverFarApartPixelsLie() throws IOException {
        final EventBatch events = scattered();
        final FilteredReader reader =
            new FilteredReader(new ListReader(events), changes("", "", "", "", false, "rate:1G"));
        assertEquals(events.size(), reader.readAll().size());
    }

    /** Memory for each pixel of the area would be 1 GB for each filter. */
    @Test
    void shouldFilterWhereOneEventLiesFarAway() throws IOException {
        final EventBatch events = new EventBatch();
        events.add(0, EventWord.of(1, 1, 1));
        events.add(20_000, EventWord.of(EventWord.COORDINATE_MASK, EventWord.COORDINATE_MASK, 1));
        events.add(20_001, EventWord.of(EventWord.COORDINATE_MASK - 1, EventWord.COORDINATE_MASK - 1, 1));
        final FilteredReader reader = new FilteredReader(
            new ListReader(events), changes("", "", "", "", false, "refractory:1ms,ba:5ms,hot:1,rate:1M"));
        assertEquals(List.of("20001 32766 32766 1"), RandomEvents.texts(reader.readAll()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1:2:3", "2:1", "1:1", "a:b", "0.5us:"})
    void shouldRefuseWindowsOfTimeThatAreNone(final String text) {
        assertThrows(IllegalArgumentException.class, () -> TimeWindow.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,2,3", "1,2,3,4,5", "0,0,0,1", "-1,0,2,2", "32767,0,2,2", "a,b,c,d", "1, 2,3,4"})
    void shouldRefuseCropsThatAreNone(final String text) {
        assertThrows(IllegalArgumentException.class, () -> Crop.parse(text));
    }
}
