package org.spikemeter.dvs.binning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;

class StreamBinnerTest {
    private static final SensorSize SENSOR = new SensorSize(7, 5);
    private static final Shape INPUT = new Shape(5, 7, 2);

    /** Steps as maps from address to value. */
    private static final class Steps implements StepReceiver {
        private final List<TreeMap<Integer, Float>> steps = new ArrayList<>();
        private final List<Long> arrivals = new ArrayList<>();

        @Override
        public void onStep(final StepEvents step, final long arrivalNanos) {
            final TreeMap<Integer, Float> map = new TreeMap<>();
            for (int i = 0; i < step.size(); i++) {
                map.put(step.address(i), step.value(i));
            }
            steps.add(map);
            arrivals.add(arrivalNanos);
        }

        @Override
        public void onSilence(final long number) {
            for (long i = 0; i < number; i++) {
                steps.add(new TreeMap<>());
                arrivals.add(0L);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 9, (1L << 62) + 1, -(1L << 62) - 1})
    void shouldLeaveOutAnEventWhenItsTimeIsNearTheEndOfTheNumbers(final long micros) {
        for (final boolean isFirst : new boolean[] {true, false}) {
            final StreamBinner binner =
                new StreamBinner(new Binning.Time(10), SENSOR, INPUT, Repeated.COUNT, Fit.STRETCH);
            final Steps found = new Steps();
            final EventBatch batch = new EventBatch();
            batch.add(isFirst ? micros : 100, EventWord.of(1, 1, 1));
            batch.add(isFirst ? 100 : micros, EventWord.of(1, 1, 1));
            batch.add(105, EventWord.of(1, 1, 1));
            binner.add(batch, 0, found);
            binner.advance(micros, found);
            binner.finish(found);
            assertEquals(1, found.steps.size());
            assertEquals(2, binner.events());
            assertEquals(1, binner.leftOut());
            assertEquals(0, binner.leaps());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 7", "3, 64", "4, 1000"})
    void shouldAgreeWithOracleWhenTimesAscend(final long seed, final int batchSize) {
        final SplittableRandom random = new SplittableRandom(seed);
        final StreamBinner binner =
            new StreamBinner(new Binning.Time(10), SENSOR, INPUT, Repeated.COUNT, Fit.STRETCH);
        final Steps found = new Steps();
        final List<TreeMap<Integer, Float>> expected = new ArrayList<>();
        final EventBatch batch = new EventBatch(batchSize);
        long time = 1000;
        for (int i = 0; i < 5000; i++) {
            time += random.nextInt(40) == 0 ? random.nextInt(200) : random.nextInt(3);
            final int x = random.nextInt(7);
            final int y = random.nextInt(5);
            final int polarity = random.nextInt(2);
            if (i == 0) {
                time = 1000;
            }
            batch.add(time, EventWord.of(x, y, polarity));
            while (expected.size() <= (time - 1000) / 10) {
                expected.add(new TreeMap<>());
            }
            expected.get((int) ((time - 1000) / 10)).merge((y * 7 + x) * 2 + 1 - polarity, 1.0f, Float::sum);
            if (batch.size() == batchSize) {
                binner.add(batch, i, found);
                batch.clear();
            }
        }
        binner.add(batch, 5000, found);
        binner.finish(found);
        assertEquals(expected, found.steps, "seed " + seed);
        assertEquals(5000, binner.events());
    }

    @Test
    void shouldEndStepsWhenTimePassesWithoutEvents() {
        final StreamBinner binner = new StreamBinner(new Binning.Time(10), SENSOR, INPUT, Repeated.CLAMP, Fit.STRETCH);
        final Steps found = new Steps();
        binner.advance(500, found);
        assertEquals(0, found.steps.size());
        final EventBatch batch = new EventBatch();
        batch.add(100, EventWord.of(0, 0, 1));
        binner.add(batch, 77, found);
        binner.advance(109, found);
        assertEquals(0, found.steps.size());
        binner.advance(110, found);
        assertEquals(1, found.steps.size());
        assertEquals(77, found.arrivals.getFirst());
        binner.advance(145, found);
        assertEquals(4, found.steps.size());
        batch.clear();
        batch.add(146, EventWord.of(1, 0, 0));
        binner.add(batch, 78, found);
        binner.finish(found);
        assertEquals(List.of(1, 0, 0, 0, 1), found.steps.stream().map(TreeMap::size).toList());
    }

    @Test
    void shouldTakeALongSilenceForALeapWhenTold() {
        final StreamBinner binner = new StreamBinner(new Binning.Time(10), SENSOR, INPUT, Repeated.CLAMP, Fit.STRETCH);
        binner.setMaxSilenceMicros(100);
        final Steps found = new Steps();
        final EventBatch batch = new EventBatch();
        batch.add(0, EventWord.of(0, 0, 1));
        batch.add(110, EventWord.of(1, 0, 1));
        binner.add(batch, 1, found);
        assertEquals(11, found.steps.size(), "100 us behind the end of the step");
        assertEquals(0, binner.leaps());
        batch.clear();
        batch.add(221, EventWord.of(2, 0, 1));
        batch.add(221 + 32_000_000, EventWord.of(3, 0, 1));
        binner.add(batch, 2, found);
        binner.advance(64_000_000, found);
        binner.finish(found);
        assertEquals(3, binner.leaps());
        assertEquals(14, found.steps.size());
    }

    @Test
    void shouldBeginAnewWhenTimeLeaps() {
        final StreamBinner binner = new StreamBinner(new Binning.Time(10), SENSOR, INPUT, Repeated.CLAMP, Fit.STRETCH);
        final Steps found = new Steps();
        final EventBatch batch = new EventBatch();
        batch.add(0, EventWord.of(0, 0, 1));
        batch.add(Long.MAX_VALUE - 5, EventWord.of(1, 0, 1));
        batch.add(Long.MIN_VALUE, EventWord.of(1, 0, 1));
        batch.add(StreamBinner.TIME_LIMIT, EventWord.of(1, 0, 1));
        batch.add(-5_000_000, EventWord.of(2, 0, 1));
        batch.add(-5_000_003, EventWord.of(3, 0, 1));
        batch.add(-4_999_980, EventWord.of(9, 0, 1));
        batch.add(-4_999_980, EventWord.of(4, 0, 1));
        binner.add(batch, 1, found);
        binner.finish(found);
        assertEquals(List.of(1, 1, 2, 0, 1), found.steps.stream().map(TreeMap::size).toList());
        assertEquals(2, binner.leaps());
        assertEquals(1, binner.late());
        assertEquals(3, binner.leftOut());
    }

    @Test
    void shouldLeapWhenMoreTimePassesThanASilenceHas() {
        final StreamBinner binner = new StreamBinner(new Binning.Time(10), SENSOR, INPUT, Repeated.CLAMP, Fit.STRETCH);
        final Steps found = new Steps();
        final EventBatch batch = new EventBatch();
        batch.add(0, EventWord.of(0, 0, 1));
        binner.add(batch, 1, found);
        binner.advance(Long.MAX_VALUE, found);
        assertEquals(0, found.steps.size(), "no time");
        binner.advance(3_000_000_000_000L, found);
        assertEquals(1, found.steps.size());
        assertEquals(1, binner.leaps());
        batch.clear();
        batch.add(3_000_000_000_015L, EventWord.of(1, 0, 1));
        binner.add(batch, 2, found);
        binner.finish(found);
        assertEquals(List.of(1, 0, 1), found.steps.stream().map(TreeMap::size).toList());
    }

    @Test
    void shouldHaveNoSilenceWhereTimeIsSkipped() {
        final StreamBinner binner = new StreamBinner(new Binning.Time(10), SENSOR, INPUT, Repeated.CLAMP, Fit.STRETCH);
        final Steps found = new Steps();
        final EventBatch batch = new EventBatch();
        binner.skip(found);
        batch.add(3, EventWord.of(0, 0, 1));
        binner.add(batch, 1, found);
        binner.skip(found);
        batch.clear();
        batch.add(5007, EventWord.of(1, 0, 1));
        batch.add(5016, EventWord.of(2, 0, 1));
        batch.add(5017, EventWord.of(3, 0, 1));
        binner.add(batch, 2, found);
        binner.finish(found);
        assertEquals(List.of(1, 2, 1), found.steps.stream().map(TreeMap::size).toList());
        assertEquals(1, binner.leaps());
    }

    @ParameterizedTest
    @CsvSource({"time:10, 9223372036854775807", "time:10, -9223372036854775808", "count:2, 9223372036854775807",
        "count:2, -9223372036854775808", "time:2000000000000, 9223372036854775807"})
    void shouldLeaveOutEventsWhoseTimeIsNone(final String binning, final long time) {
        final StreamBinner binner = new StreamBinner(binning(binning), SENSOR, INPUT, Repeated.CLAMP, Fit.STRETCH);
        final Steps found = new Steps();
        final EventBatch batch = new EventBatch();
        batch.add(time, EventWord.of(0, 0, 1));
        batch.add(5, EventWord.of(1, 0, 1));
        batch.add(time, EventWord.of(2, 0, 1));
        batch.add(6, EventWord.of(3, 0, 1));
        binner.add(batch, 1, found);
        binner.finish(found);
        assertEquals(List.of(2), found.steps.stream().map(TreeMap::size).toList());
        assertEquals(2, binner.leftOut());
        assertEquals(2, binner.events());
    }

    private static Binning binning(final String text) {
        final long value = Long.parseLong(text.substring(text.indexOf(':') + 1));
        return text.startsWith("time") ? new Binning.Time(value) : new Binning.Count(value);
    }

    @Test
    void shouldEndStepWhenItHasItsNumberOfEvents() {
        final StreamBinner binner = new StreamBinner(new Binning.Count(3), SENSOR, INPUT, Repeated.COUNT, Fit.STRETCH);
        final Steps found = new Steps();
        final EventBatch batch = new EventBatch();
        for (int i = 0; i < 8; i++) {
            batch.add(-i * 10_000_000L, EventWord.of(0, 0, 1));
        }
        binner.add(batch, 1, found);
        assertEquals(List.of(3.0f, 3.0f), found.steps.stream().map(step -> step.get(0)).toList());
        binner.finish(found);
        assertEquals(2.0f, found.steps.getLast().get(0));
    }

    @Test
    void shouldRefuseBinningWhenItNeedsTheEnd() {
        assertEquals("parts:4: a stream has no end that is known, expected time:T or count:N",
            assertThrows(IllegalArgumentException.class, () -> new StreamBinner(new Binning.Parts(4), SENSOR, INPUT,
                Repeated.CLAMP, Fit.STRETCH)).getMessage());
    }
}
