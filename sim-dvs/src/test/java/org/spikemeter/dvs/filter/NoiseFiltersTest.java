package org.spikemeter.dvs.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.spikemeter.dvs.RandomEvents;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.engine.FormatException;

/** Each filter beside its rule written out, which looks at all events before. */
class NoiseFiltersTest {
    private static final int WIDTH = 19;
    private static final int HEIGHT = 13;
    private static final int[] BATCHES = {1, 7, 8192};

    /** The rule of a filter: which events pass. */
    @FunctionalInterface
    private interface Oracle {
        boolean[] passes(EventBatch events);
    }

    /** A filter and its rule. */
    private record Case(String name, Supplier<CountingFilter> filter, Oracle oracle) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static PixelMemory memory() {
        return new PixelMemory("test");
    }

    private static List<Case> cases() {
        return List.of(
            new Case("ba:1ms", () -> new BackgroundActivityFilter(1_000, memory()), events -> nearby(events, 1_000)),
            new Case("ba:20us", () -> new BackgroundActivityFilter(20, memory()), events -> nearby(events, 20)),
            new Case("refractory:1us", () -> new RefractoryFilter(1, memory()), events -> rested(events, 1)),
            new Case("refractory:5ms", () -> new RefractoryFilter(5_000, memory()), events -> rested(events, 5_000)),
            new Case("hot:200:20ms", () -> new HotPixelFilter(200, 20_000, memory()),
                events -> cool(events, 4, 20_000)),
            new Case("hot:200:100ms", () -> new HotPixelFilter(200, 100_000, memory()),
                events -> cool(events, 20, 100_000)),
            new Case("rate:3k:1ms", () -> new RateFilter(3_000, 1_000), events -> thinned(events, 3, 1_000)),
            new Case("rate:5k:10ms", () -> new RateFilter(5_000, 10_000), events -> thinned(events, 50, 10_000)));
    }

    static Stream<Arguments> seeds() {
        return cases().stream().flatMap(filter -> Stream.of(1L, 2L, 3L, 4L).map(seed -> Arguments.of(filter, seed)));
    }

    private static boolean[] nearby(final EventBatch events, final long dt) {
        final boolean[] passes = new boolean[events.size()];
        for (int i = 0; i < passes.length; i++) {
            for (int y = events.y(i) - 1; y <= events.y(i) + 1; y++) {
                for (int x = events.x(i) - 1; x <= events.x(i) + 1; x++) {
                    final int last = last(events, i, x, y);
                    final boolean self = x == events.x(i) && y == events.y(i);
                    passes[i] |= !self && last >= 0 && Math.abs(events.micros(i) - events.micros(last)) < dt;
                }
            }
        }
        return passes;
    }

    /** The last event of a pixel before event {@code i}, or -1. */
    private static int last(final EventBatch events, final int i, final int x, final int y) {
        int last = i - 1;
        while (last >= 0 && (events.x(last) != x || events.y(last) != y)) {
            last--;
        }
        return last;
    }

    private static boolean[] rested(final EventBatch events, final long dt) {
        final boolean[] passes = new boolean[events.size()];
        for (int i = 0; i < passes.length; i++) {
            int last = i - 1;
            while (last >= 0 && !(passes[last] && samePixel(events, last, i))) {
                last--;
            }
            passes[i] = last < 0 || Math.abs(events.micros(i) - events.micros(last)) > dt;
        }
        return passes;
    }

    private static boolean samePixel(final EventBatch events, final int a, final int b) {
        return events.x(a) == events.x(b) && events.y(a) == events.y(b);
    }

    /** Events in the order they come, in groups of one window; one window back joins the group. */
    private static List<List<Integer>> groups(final EventBatch events, final List<Integer> some, final long window) {
        final List<List<Integer>> groups = new ArrayList<>();
        for (final int i : some) {
            final long behind = groups.isEmpty() ? 99
                : window(events, groups.getLast().getFirst(), window) - window(events, i, window);
            if (behind != 0 && behind != 1) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(i);
        }
        return groups;
    }

    private static long window(final EventBatch events, final int i, final long window) {
        return Math.floorDiv(events.micros(i) - events.micros(0), window);
    }

    private static boolean[] cool(final EventBatch events, final int limit, final long window) {
        final boolean[] passes = new boolean[events.size()];
        for (int pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
            final List<Integer> own = new ArrayList<>();
            for (int i = 0; i < events.size(); i++) {
                if (events.y(i) * WIDTH + events.x(i) == pixel) {
                    own.add(i);
                }
            }
            final List<List<Integer>> groups = groups(events, own, window);
            for (int g = 0; g < groups.size(); g++) {
                final List<Integer> group = groups.get(g);
                final boolean hotBefore = g > 0 && groups.get(g - 1).size() > limit
                    && window(events, groups.get(g - 1).getFirst(), window) + 1
                    == window(events, group.getFirst(), window);
                for (int k = 0; k < group.size(); k++) {
                    passes[group.get(k)] = !hotBefore && k < limit;
                }
            }
        }
        return passes;
    }

    private static boolean[] thinned(final EventBatch events, final int n, final long window) {
        final boolean[] passes = new boolean[events.size()];
        final List<Integer> all = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            all.add(i);
        }
        int m = 0;
        for (final List<Integer> group : groups(events, all, window)) {
            int let = 0;
            for (int k = 1; k <= group.size(); k++) {
                final boolean steps = m <= n || (long) k * n / m > (long) (k - 1) * n / m;
                passes[group.get(k - 1)] = steps && let < n;
                let += steps ? 1 : 0;
            }
            m = group.size();
        }
        return passes;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldFollowItsRuleWhereverBatchesEnd(final Case filter, final long seed) throws FormatException {
        final EventBatch events = RandomEvents.of(seed, 4_000, WIDTH, HEIGHT, seed % 2 == 0);
        final boolean[] passes = filter.oracle().passes(events);
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (passes[i]) {
                expected.add(RandomEvents.text(events, i));
            }
        }
        assertTrue(expected.size() > 100 && expected.size() < 3_990, "tells something: " + expected.size());
        for (final int size : BATCHES) {
            final CountingFilter tested = filter.filter().get();
            assertEquals(expected, through(tested, events, size), "seed " + seed + ", batches of " + size);
            assertEquals(expected.size(), tested.passed());
            assertEquals(events.size() - expected.size(), tested.removed());
            assertEquals(filter.name(), tested.describe());
        }
    }

    private static List<String> through(final CountingFilter filter, final EventBatch events, final int size)
        throws FormatException {
        final List<String> texts = new ArrayList<>();
        for (int from = 0; from < events.size(); from += size) {
            final EventBatch part = RandomEvents.part(events, from, Math.min(events.size(), from + size));
            filter.apply(part);
            texts.addAll(RandomEvents.texts(part));
        }
        return texts;
    }

    private static List<String> through(final CountingFilter filter, final long... timesAndColumns)
        throws FormatException {
        final EventBatch events = new EventBatch();
        for (int i = 0; i < timesAndColumns.length; i += 2) {
            events.add(timesAndColumns[i], EventWord.of((int) timesAndColumns[i + 1], 0, 1));
        }
        filter.apply(events);
        return RandomEvents.texts(events);
    }

    @Test
    void shouldNotLetAPixelSupportItself() throws FormatException {
        assertEquals(List.of("11 5 0 1"),
            through(new BackgroundActivityFilter(10, memory()), 0, 4, 1, 4, 2, 4, 11, 5, 21, 4, 22, 7));
    }

    @Test
    void shouldRestFromTheLastEventThatPassed() throws FormatException {
        assertEquals(List.of("0 3 0 1", "11 3 0 1", "22 3 0 1"),
            through(new RefractoryFilter(10, memory()), 0, 3, 6, 3, 10, 3, 11, 3, 16, 3, 21, 3, 22, 3));
    }

    @Test
    void shouldMaskAHotPixelUntilItIsQuietForAWindow() throws FormatException {
        final List<String> passed = through(new HotPixelFilter(2, 1_000_000, memory()),
            0, 1, 100_000, 1, 200_000, 1, 300_000, 2, 1_100_000, 1, 1_200_000, 2, 2_100_000, 1);
        assertEquals(List.of("0 1 0 1", "100000 1 0 1", "300000 2 0 1", "1200000 2 0 1", "2100000 1 0 1"), passed);
    }

    @Test
    void shouldThinEvenlyOnceAWindowHasShownTheRate() throws FormatException {
        final long[] events = new long[80];
        for (int i = 0; i < 40; i++) {
            events[2 * i] = i < 20 ? i : 1_000 + i;
            events[2 * i + 1] = i;
        }
        final List<Integer> columns = through(new RateFilter(5_000, 1_000), events).stream()
            .map(text -> Integer.parseInt(text.split(" ")[1])).toList();
        assertEquals(List.of(0, 1, 2, 3, 4, 23, 27, 31, 35, 39), columns);
    }

    /** The largest places and times there are: no exception, and what is far apart is not near. */
    @Test
    void shouldBearExtremes() throws FormatException {
        for (final String spec : List.of("ba:1ms", "refractory:1ms", "hot:1", "rate:1M")) {
            final CountingFilter filter = EventFilters.parse(spec).getFirst();
            final EventBatch events = new EventBatch();
            for (final long time : new long[] {0, Long.MAX_VALUE, -1, Long.MIN_VALUE, Long.MAX_VALUE / 2, 3}) {
                events.add(time, EventWord.of(EventWord.COORDINATE_MASK, 1, 1));
                events.add(time, EventWord.of(0, 1, 0));
            }
            filter.apply(events);
            assertEquals(12, filter.passed() + filter.removed(), spec);
        }
    }

    /** Each event in a tile of its own. */
    private static EventBatch scattered(final int tiles) {
        final EventBatch events = new EventBatch();
        for (int i = 0; i < tiles; i++) {
            events.add(i, EventWord.of(i % 512 * 64, i / 512 * 64, 1));
        }
        return events;
    }

    @Test
    void shouldRefuseMemoryForPixelsThatLieTooFarApart() throws FormatException {
        for (final String spec : List.of("ba:1ms,refractory:1ms", "hot:1k")) {
            final List<CountingFilter> filters = EventFilters.parse(spec, "a.txt");
            final EventBatch events = scattered(PixelMemory.MAX_TILES / 2);
            for (final CountingFilter filter : filters) {
                filter.apply(RandomEvents.part(events, 0, events.size()));
            }
            final EventBatch more = new EventBatch();
            more.add(0, EventWord.of(EventWord.COORDINATE_MASK, EventWord.COORDINATE_MASK, 1));
            final String message =
                assertThrows(FormatException.class, () -> filters.getFirst().apply(more), spec).getMessage();
            assertTrue(message.startsWith("a.txt: ") && message.contains("--size"), message);
        }
    }

    /** Where tiles of memory meet, neighbours are in several of them. */
    @ParameterizedTest
    @MethodSource("seeds")
    void shouldNotDependOnWhereTilesEnd(final Case filter, final long seed) throws FormatException {
        final EventBatch events = RandomEvents.of(seed, 2_000, WIDTH, HEIGHT, true);
        final EventBatch moved = new EventBatch();
        for (int i = 0; i < events.size(); i++) {
            moved.add(events.micros(i), EventWord.of(events.x(i) + 120, events.y(i) + 58, events.polarity(i)));
        }
        final boolean[] passes = filter.oracle().passes(events);
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < passes.length; i++) {
            if (passes[i]) {
                expected.add(RandomEvents.text(moved, i));
            }
        }
        assertEquals(expected, through(filter.filter().get(), moved, 8192), "seed " + seed);
    }

    @ParameterizedTest
    @CsvSource({"1999, 1000", "1001, 1000", "333333, 10", "1000001, 7", "2000, 1000", "999999999, 1"})
    void shouldPassTheRateOverManyWindows(final long rate, final long window) throws FormatException {
        final int a = (int) (rate * window / 1_000_000) + 2;
        final int windows = 2_000;
        final EventBatch events = new EventBatch();
        for (int i = 0; i < windows * a; i++) {
            events.add(i / a * window, EventWord.of(1, 1, 1));
        }
        final CountingFilter filter = new RateFilter(rate, window);
        filter.apply(events);
        assertEquals(rate * window * windows / 1_000_000, filter.passed());
    }
}
