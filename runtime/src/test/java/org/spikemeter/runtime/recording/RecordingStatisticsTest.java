package org.spikemeter.runtime.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

class RecordingStatisticsTest {
    private static final SensorSize SIZE = new SensorSize(64, 48);

    @ParameterizedTest
    @CsvSource({"1, 20000, 0, 50", "2, 20000, -300, 500", "3, 1, 0, 0", "4, 97, 0, 0"})
    void shouldFindWhatALoopFinds(final long seed, final int count, final long leastStep, final long mostStep)
        throws IOException {
        final EventBatch events = Recordings.random(new SplittableRandom(seed), count, SIZE, leastStep, mostStep);
        final RecordingStatistics found =
            RecordingStatistics.of(Recordings.reader(events, Optional.of(new SensorSize(70, 50))));
        long on = 0;
        long first = events.micros(0);
        long last = events.micros(0);
        long backward = 0;
        long furthest = 0;
        for (int i = 0; i < count; i++) {
            on += events.polarity(i);
            first = Math.min(first, events.micros(i));
            last = Math.max(last, events.micros(i));
            if (i > 0 && events.micros(i) < events.micros(i - 1)) {
                backward++;
                furthest = Math.max(furthest, events.micros(i - 1) - events.micros(i));
            }
        }
        assertEquals(count, found.events());
        assertEquals(on, found.on());
        assertEquals(count - on, found.off());
        assertEquals(first, found.firstMicros());
        assertEquals(last, found.lastMicros());
        assertEquals(last - first, found.durationMicros());
        assertEquals(backward, found.backward());
        assertEquals(furthest, found.largestBackwardMicros());
        assertEquals(last == first, Double.isNaN(found.meanRate()));
        if (last > first) {
            assertEquals(count / ((last - first) / 1e6), found.meanRate(), 1e-6 * found.meanRate());
        }
        assertTrue(found.isSizeStated());
        assertEquals(Optional.of(new SensorSize(70, 50)), found.size());
        assertEquals(List.of("memory: forgetful"), found.warnings());
    }

    @Test
    void shouldTakeTheSizeFromTheEventsWhenItIsNotStated() throws IOException {
        final EventBatch events = new EventBatch();
        events.add(3, EventWord.of(10, 20, 1));
        final RecordingStatistics found = RecordingStatistics.of(Recordings.reader(events, Optional.empty()));
        assertFalse(found.isSizeStated());
        assertEquals(Optional.of(new SensorSize(11, 21)), found.size());
    }

    @Test
    void shouldBearNoEventsAndWildTimes() throws IOException {
        final EventBatch events = new EventBatch();
        final RecordingStatistics none = RecordingStatistics.of(Recordings.reader(events, Optional.empty()));
        assertEquals(0, none.events());
        assertEquals(0, none.durationMicros());
        assertEquals(Optional.empty(), none.size());
        events.add(Long.MAX_VALUE, EventWord.of(0, 0, 1));
        events.add(Long.MIN_VALUE, EventWord.of(0, 0, 1));
        final RecordingStatistics wild = RecordingStatistics.of(Recordings.reader(events, Optional.empty()));
        assertEquals(Long.MAX_VALUE, wild.durationMicros());
        assertEquals(1, wild.backward());
        assertEquals(Long.MAX_VALUE, wild.largestBackwardMicros());
    }
}
