package org.spikemeter.dvs.binning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.ListReader;
import org.spikemeter.dvs.RandomEvents;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;

class EventStepSourceTest {
    private static final SensorSize SENSOR = new SensorSize(37, 23);
    private static final Shape INPUT = new Shape(16, 11, 2);
    private static final int[] BATCHES = {1, 7, 8192};
    private static final long[] FRAMES = {110_000, 113_000, 113_001, 160_000, 161_000, 300_000};

    static Stream<Arguments> cases() {
        return Stream.of("time:10ms", "time:1ms", "time:3us", "count:1", "count:100", "count:8192", "parts:1",
                "parts:16", "parts:333", "frames")
            .flatMap(binning -> Stream.of(1L, 2L, 3L, 4L).map(seed -> Arguments.of(binning, seed)));
    }

    private static EventStepSource.Context context(
        final EventBatch events, final int atOnce, final Binning binning, final Shape input) {
        final EventStepSource.Context context = new EventStepSource.Context().input(input).binning(binning)
            .reader(new ListReader(events, Optional.of(SENSOR), atOnce)).frames(FRAMES);
        if (binning instanceof Binning.Parts) {
            long latest = Long.MIN_VALUE;
            for (int i = 0; i < events.size(); i++) {
                latest = Math.max(latest, events.micros(i));
            }
            context.from(OptionalLong.of(events.micros(0))).to(OptionalLong.of(latest));
        }
        return context;
    }

    /** What steps should be, and what should be counted. */
    private static final class Expected {
        private final List<Map<Integer, Integer>> steps = new ArrayList<>();
        private long events;
        private long merged;
        private long late;
        private long leftOut;

        /** The step that each event asks for; it gets that one, or a later one that is under way. */
        Expected(final EventBatch events, final Binning binning, final Fit fit) {
            long latest = events.micros(0);
            for (int i = 0; i < events.size(); i++) {
                latest = Math.max(latest, events.micros(i));
            }
            int step = -1;
            for (int i = 0; i < events.size(); i++) {
                final long wanted = wanted(binning, events, i, latest);
                if (binning instanceof Binning.Frames && wanted >= FRAMES.length - 1) {
                    break;
                }
                if (wanted < 0 && step < 0) {
                    leftOut++;
                    continue;
                }
                late += wanted < step ? 1 : 0;
                step = (int) Math.max(step, wanted);
                while (steps.size() <= step) {
                    steps.add(new TreeMap<>());
                }
                add(steps.get(step), events, i, fit);
            }
            while (binning instanceof Binning.Parts parts && steps.size() < parts.parts()
                || binning instanceof Binning.Frames && steps.size() < FRAMES.length - 1) {
                steps.add(new TreeMap<>());
            }
        }

        private static long wanted(
            final Binning binning, final EventBatch events, final int i, final long latest) {
            final long time = events.micros(i) - events.micros(0);
            return switch (binning) {
                case Binning.Time(final long micros) -> Math.floorDiv(time, micros);
                case Binning.Count(final long count) -> i / count;
                case Binning.Parts(final int parts) -> Math.min(parts - 1,
                    Math.floorDiv(time, Math.max(1, (latest - events.micros(0)) / parts)));
                case Binning.Frames() ->
                    java.util.Arrays.stream(FRAMES).filter(frame -> frame <= events.micros(i)).count() - 1;
            };
        }

        private void add(final Map<Integer, Integer> step, final EventBatch batch, final int i, final Fit fit) {
            // 37 x 23 onto 11 x 16: the middle 15 of 37 columns (23 * 11 / 16), all rows
            final int left = fit == Fit.CROP ? 11 : 0;
            final int width = fit == Fit.CROP ? 15 : SENSOR.width();
            if (batch.x(i) < left || batch.x(i) >= left + width) {
                leftOut++;
                return;
            }
            final int x = (batch.x(i) - left) * INPUT.width() / width;
            final int y = batch.y(i) * INPUT.height() / SENSOR.height();
            final int address = (y * INPUT.width() + x) * 2 + (batch.polarity(i) == 1 ? 0 : 1);
            events++;
            merged += step.merge(address, 1, Integer::sum) > 1 ? 1 : 0;
        }
    }

    private static List<Map<Integer, Integer>> drain(final EventStepSource source) throws IOException {
        final List<Map<Integer, Integer>> steps = new ArrayList<>();
        final StepEvents events = new StepEvents(source.shape());
        while (source.next(events)) {
            final Map<Integer, Integer> step = new TreeMap<>();
            for (int i = 0; i < events.size(); i++) {
                step.put(events.address(i), (int) events.value(i));
            }
            steps.add(step);
        }
        return steps;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldFollowTheRuleWhereverBatchesEnd(final String text, final long seed) throws IOException {
        final Binning binning = Binning.parse(text);
        final EventBatch events = RandomEvents.of(seed, 3_000, SENSOR.width(), SENSOR.height(), seed % 2 == 0);
        for (final Fit fit : Fit.values()) {
            final Expected expected = new Expected(events, binning, fit);
            for (final int atOnce : BATCHES) {
                final EventStepSource source = new EventStepSource(
                    context(events, atOnce, binning, INPUT).repeated(Repeated.COUNT).fit(fit));
                assertEquals(expected.steps, drain(source), text + " seed " + seed + " batches of " + atOnce);
                assertEquals(expected.steps.size(), source.steps());
                assertEquals(expected.events, source.events());
                assertEquals(expected.merged, source.merged());
                assertEquals(expected.late, source.late());
                assertEquals(expected.leftOut, source.leftOut());
                assertEquals((double) (expected.events - expected.merged) / expected.steps.size() / INPUT.size(),
                    source.density().channelDensity(), 1e-12);
            }
        }
    }

    @Test
    void shouldClampToOneUnlessCountsAreAskedFor() throws IOException {
        final EventBatch events = RandomEvents.of(9, 2_000, SENSOR.width(), SENSOR.height(), false);
        final EventStepSource source =
            new EventStepSource(context(events, 8192, Binning.parse("parts:4"), INPUT));
        final StepEvents step = new StepEvents(INPUT);
        while (source.next(step)) {
            assertTrue(step.isUnit());
        }
        assertTrue(source.merged() > 100, "tells something");
        final List<Map<Integer, Integer>> clamped = drain(
            new EventStepSource(context(events, 8192, Binning.parse("parts:4"), INPUT)));
        final List<Map<Integer, Integer>> counted = drain(new EventStepSource(
            context(events, 8192, Binning.parse("parts:4"), INPUT).repeated(Repeated.COUNT)));
        for (int i = 0; i < counted.size(); i++) {
            assertEquals(counted.get(i).keySet(), clamped.get(i).keySet());
        }
    }

    private static EventBatch at(final long... times) {
        final EventBatch events = new EventBatch();
        for (int i = 0; i < times.length; i++) {
            events.add(times[i], EventWord.of(i, 0, 1));
        }
        return events;
    }

    private static List<Integer> sizes(final EventStepSource.Context context) throws IOException {
        return drain(new EventStepSource(context)).stream().map(Map::size).toList();
    }

    private static EventStepSource.Context wide(final EventBatch events, final String binning) {
        return context(events, 8192, Binning.parse(binning), new Shape(23, 37, 2));
    }

    @Test
    void shouldBeginAndEndWhereItIsTold() throws IOException {
        final EventBatch events = at(25, 31, 58);
        assertEquals(List.of(2, 0, 0, 1), sizes(wide(events, "time:10us")));
        assertEquals(List.of(0, 0, 1, 1, 0, 1), sizes(wide(events, "time:10us").from(OptionalLong.of(0))));
        assertEquals(List.of(1, 1, 0, 1, 0),
            sizes(wide(events, "time:10us").from(OptionalLong.of(20)).to(OptionalLong.of(61))));
        assertEquals(List.of(1, 0, 1), sizes(wide(events, "time:10us").from(OptionalLong.of(30))));
        assertEquals(List.of(0, 0, 1), sizes(wide(events, "time:10us").from(OptionalLong.of(0)).maxSteps(3)));
    }

    @Test
    void shouldGiveNoStepWhereThereIsNoEvent() throws IOException {
        final EventBatch none = new EventBatch();
        assertEquals(List.of(), sizes(wide(none, "time:10us")));
        assertEquals(List.of(), sizes(wide(none, "count:3")));
        assertEquals(List.of(0, 0),
            sizes(wide(none, "time:10us").from(OptionalLong.of(0)).to(OptionalLong.of(20))));
        assertEquals(new RecordingSpan(0, 0, 0), RecordingSpan.of(new ListReader(none)));
    }

    /** Fewer microseconds than parts: as many steps as were asked for, none longer than it must be. */
    @Test
    void shouldGiveAllPartsWhereTimeIsShort() throws IOException {
        assertEquals(List.of(1, 0, 1, 0, 0), sizes(new EventStepSource.Context().input(new Shape(4, 4, 2))
            .binning(Binning.parse("parts:5")).reader(new ListReader(at(7, 9)))
            .from(OptionalLong.of(7)).to(OptionalLong.of(9))));
    }

    @Test
    void shouldMeasureTimesThatGoBackward() throws IOException {
        assertEquals(new RecordingSpan(4, 5, 12), RecordingSpan.of(new ListReader(at(5, 12, -3, 9))));
    }

    @Test
    void shouldSpreadTheEventsOfASmallSensor() throws IOException {
        final EventBatch events = new EventBatch();
        events.add(0, EventWord.of(36, 22, 1));
        events.add(0, EventWord.of(36, 22, 0));
        events.add(0, EventWord.of(1, 0, 0));
        final Shape large = new Shape(46, 74, 2);
        assertEquals(List.of(new TreeMap<>(Map.of((44 * 74 + 72) * 2, 1, (44 * 74 + 72) * 2 + 1, 1, 2 * 2 + 1, 1))),
            drain(new EventStepSource(context(events, 1, Binning.parse("count:3"), large))));
    }

    @Test
    void shouldNotMakeStepsWithoutEndOfADamagedTime() throws IOException {
        for (final long damaged : new long[] {20_000_000, Long.MAX_VALUE}) {
            final EventStepSource source = new EventStepSource(wide(at(-5, 3, damaged, 7), "time:10us"));
            final String message = assertThrows(FormatException.class, () -> drain(source)).getMessage();
            assertTrue(message.startsWith("list: ") && message.contains(Long.toString(damaged)), message);
            assertEquals(List.of(2, 0, 0), sizes(wide(at(-5, 3, damaged), "time:10us").maxSteps(3)));
        }
        assertEquals(List.of(2, 1),
            sizes(wide(at(Long.MIN_VALUE, Long.MAX_VALUE, 0), "count:2")));
    }

    @Test
    void shouldNameAnEventOutsideWhereTheSizeIsNotKnown() throws IOException {
        final EventStepSource source = new EventStepSource(new EventStepSource.Context()
            .input(new Shape(4, 4, 2)).binning(Binning.parse("time:1s")).reader(new ListReader(at(1, 2, 3, 4, 5))));
        final String message = assertThrows(FormatException.class, () -> drain(source)).getMessage();
        assertTrue(message.contains("5 us is at x 4, y 0") && message.contains("--size"), message);
    }

    @Test
    void shouldRefuseWhatMakesNoSteps() {
        final EventBatch events = at(1, 2);
        assertThrows(IllegalArgumentException.class, () -> new EventStepSource(
            wide(events, "frames").frames((long[]) null)));
        assertThrows(FormatException.class, () -> new EventStepSource(wide(events, "frames").frames(5)));
        assertThrows(FormatException.class, () -> new EventStepSource(wide(events, "frames").frames(5, 5)));
        assertThrows(IllegalArgumentException.class, () -> new EventStepSource(wide(events, "parts:2")
            .to(OptionalLong.empty())));
        assertThrows(IllegalArgumentException.class, () -> new EventStepSource(wide(events, "time:1us")
            .input(new Shape(4, 4, 1))));
    }

    /** The first event may be damaged, too: far before the end that is asked for. */
    @Test
    void shouldNameTheRecordingWhereItsFirstEventMakesTooManySteps() {
        for (final long first : new long[] {-1_000_000_000_000_000_000L, Long.MIN_VALUE}) {
            final String message = assertThrows(FormatException.class,
                () -> sizes(wide(at(first, 5), "time:100us").to(OptionalLong.of(1_000)))).getMessage();
            assertTrue(message.startsWith("list: ") && message.contains(Long.toString(first)), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "time", "time:", "time:5", "time:0ms", "count:0", "count:x", "parts:0", "parts:3G",
        "parts:1.5", "frames:2", "fames"})
    void shouldRefuseBinningsThatAreNone(final String text) {
        final String message = assertThrows(IllegalArgumentException.class, () -> Binning.parse(text)).getMessage();
        assertTrue(message.startsWith("'" + text + "': "), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"time:10ms", "count:5k", "parts:16", "frames"})
    void shouldSayABinningAsItIsTyped(final String text) {
        assertEquals(text, Binning.parse(text).toString());
    }

    @Test
    void shouldAllocateNothingPerStepOnceWarm() throws IOException {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final EventBatch events = RandomEvents.of(11, 60_000, SENSOR.width(), SENSOR.height(), true);
        final EventStepSource source = new EventStepSource(context(events, 8192, Binning.parse("count:50"), INPUT));
        final StepEvents step = new StepEvents(INPUT);
        for (int i = 0; i < 200; i++) {
            assertTrue(source.next(step));
        }
        threads.getCurrentThreadAllocatedBytes();
        final long before = threads.getCurrentThreadAllocatedBytes();
        int steps = 0;
        while (steps < 900 && source.next(step)) {
            steps++;
        }
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertEquals(900, steps);
        assertTrue(allocated < 900, allocated + " bytes in 900 steps");
    }
}
