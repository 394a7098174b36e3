package org.spikemeter.runtime.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

class RateHistoryTest {
    private static final SensorSize SIZE = new SensorSize(3, 2);

    private static RateHistory history(final EventBatch batch) {
        final RateHistory history = new RateHistory();
        history.add(batch);
        return history;
    }

    /** Steps from short to so long that bins double again and again; with some back in time. */
    @ParameterizedTest
    @CsvSource({"1, 0, 40", "2, 0, 3000", "3, 0, 100000", "4, -50000, 100000", "5, -9000000, 9000000", "6, 0, 0",
        "7, -200000, 10", "8, 0, 100000000000"})
    void shouldCountAsASortedTableDoes(final long seed, final long leastStep, final long mostStep) {
        final EventBatch events =
            Recordings.random(new SplittableRandom(seed), 5000, SIZE, leastStep, mostStep);
        final RateHistory history = history(events);
        final RateHistory.Columns columns = history.columns(RateHistory.BINS);
        final long bin = columns.columnMicros();
        assertEquals(1, Long.bitCount(bin / RateHistory.FINEST_MICROS), "doubled: " + bin);
        final long[] on = new long[columns.size()];
        final long[] off = new long[columns.size()];
        final Map<Long, Long> windows = new TreeMap<>();
        final long window = Math.max(1000, bin);
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < events.size(); i++) {
            final long column = Math.floorDiv(events.micros(i), bin) - Math.floorDiv(columns.startMicros(), bin);
            (events.polarity(i) == 1 ? on : off)[(int) column]++;
            windows.merge(Math.floorDiv(events.micros(i), window), 1L, Long::sum);
            first = Math.min(first, events.micros(i));
            last = Math.max(last, events.micros(i));
        }
        assertEquals(Arrays.toString(on), Arrays.toString(columns.on()));
        assertEquals(Arrays.toString(off), Arrays.toString(columns.off()));
        assertEquals(Math.floorDiv(first, bin) * bin, columns.startMicros());
        assertEquals(Math.floorDiv(last, bin), Math.floorDiv(first, bin) + columns.size() - 1);
        assertTrue(bin == RateHistory.FINEST_MICROS || 2 * (last - first) >= bin * (RateHistory.BINS - 4L),
            "no coarser than need be: " + bin);
        final long most = windows.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        final long at = windows.entrySet().stream().filter(entry -> entry.getValue() == most).findFirst()
            .orElseThrow().getKey();
        assertEquals(new RateHistory.Peak(most, at * window, window), history.peak());
    }

    @Test
    void shouldNotDependOnBatches() {
        final EventBatch events = Recordings.random(new SplittableRandom(9), 4000, SIZE, -5000, 100_000);
        final RateHistory parts = new RateHistory();
        final EventBatch part = new EventBatch();
        for (int i = 0; i < events.size(); i++) {
            part.add(events.micros(i), events.word(i));
            if (i % 7 == 0 || i == events.size() - 1) {
                parts.add(part);
                part.clear();
            }
        }
        final RateHistory.Columns expected = history(events).columns(100);
        final RateHistory.Columns found = parts.columns(100);
        assertEquals(Arrays.toString(expected.on()), Arrays.toString(found.on()));
        assertEquals(Arrays.toString(expected.off()), Arrays.toString(found.off()));
        assertEquals(expected.columnMicros(), found.columnMicros());
    }

    @ParameterizedTest
    @CsvSource({"1", "7", "60", "1000"})
    void shouldGiveNoMoreColumnsThanAskedFor(final int most) {
        final EventBatch events = Recordings.random(new SplittableRandom(10), 3000, SIZE, 0, 1000);
        final RateHistory.Columns columns = history(events).columns(most);
        assertTrue(columns.size() <= most && columns.size() > most / 2, most + ": " + columns.size());
        assertEquals(3000, Arrays.stream(columns.on()).sum() + Arrays.stream(columns.off()).sum());
        assertTrue(columns.most() >= 3000 / most);
    }

    @Test
    void shouldBearAnyTime() {
        final EventBatch events = new EventBatch();
        for (final long time : new long[] {0, Long.MAX_VALUE, 5, Long.MIN_VALUE, -1}) {
            events.add(time, EventWord.of(0, 0, 1));
        }
        final RateHistory.Columns columns = history(events).columns(RateHistory.BINS);
        assertEquals(5, Arrays.stream(columns.on()).sum());
        assertEquals(1, columns.on()[0]);
        assertEquals(1, columns.on()[columns.size() - 1]);
    }

    @Test
    void shouldBeEmptyWithoutEvents() {
        final RateHistory history = history(new EventBatch());
        assertEquals(0, history.columns(10).size());
        assertEquals(0, history.columns(10).most());
        assertEquals(0, history.peak().events());
    }
}
