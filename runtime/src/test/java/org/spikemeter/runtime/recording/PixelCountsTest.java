package org.spikemeter.runtime.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

class PixelCountsTest {
    private static final SensorSize SIZE = new SensorSize(137, 93);

    /** A few pixels have most of the events. */
    private static EventBatch events(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final EventBatch events = Recordings.random(random, 30000, SIZE, 0, 5);
        for (int i = 0; i < 600; i++) {
            events.add(i, EventWord.of(5, 7 + i % 3, i & 1));
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldCountAsATableDoes(final long seed) {
        final EventBatch events = events(seed);
        final PixelCounts counts = new PixelCounts();
        counts.add(events);
        final Map<Integer, Long> words = new TreeMap<>();
        final Map<Integer, Long> pixels = new TreeMap<>();
        for (int i = 0; i < events.size(); i++) {
            words.merge(events.word(i), 1L, Long::sum);
            pixels.merge(events.y(i) * SIZE.width() + events.x(i), 1L, Long::sum);
        }
        for (int y = 0; y < SIZE.height(); y++) {
            for (int x = 0; x < SIZE.width(); x++) {
                for (int polarity = 0; polarity < 2; polarity++) {
                    assertEquals(words.getOrDefault(EventWord.of(x, y, polarity), 0L),
                        counts.events(x, y, polarity), "x " + x + ", y " + y);
                }
            }
        }
        final List<Long> sorted = pixels.values().stream().sorted().toList();
        assertEquals(pixels.size(), counts.active());
        assertEquals(sorted.getLast(), counts.most());
        assertEquals(sorted.get(Math.round(0.5f * (sorted.size() - 1))), counts.quantile(0.5));
        assertEquals(sorted.getFirst(), counts.quantile(0));
        final double mean = sorted.stream().mapToLong(Long::longValue).average().orElseThrow();
        final double variance = sorted.stream().mapToDouble(n -> (n - mean) * (n - mean)).average().orElseThrow();
        final long bound = (long) (mean + 5 * Math.sqrt(variance));
        assertEquals(OptionalLong.of(bound), counts.hotAbove(5));
        final List<PixelCounts.Pixel> hot = new ArrayList<>();
        pixels.forEach((pixel, n) -> {
            if (n > bound) {
                hot.add(new PixelCounts.Pixel(pixel % SIZE.width(), pixel / SIZE.width(), n));
            }
        });
        hot.sort((a, b) -> Long.compare(b.events(), a.events()));
        assertEquals(3, hot.size());
        assertEquals(hot, counts.above(bound));
        assertEquals(Optional.of(SIZE), counts.area());
    }

    @Test
    void shouldKnowTheAreaWithoutCounting() {
        final PixelCounts counts = new PixelCounts();
        assertEquals(Optional.empty(), counts.area());
        final EventBatch events = new EventBatch();
        events.add(0, EventWord.of(639, 2, 1));
        events.add(0, EventWord.of(1, 479, 0));
        counts.include(events);
        assertEquals(Optional.of(new SensorSize(640, 480)), counts.area());
        assertEquals(0, counts.active());
        assertEquals(OptionalLong.empty(), counts.hotAbove(5));
    }

    @Test
    void shouldGiveUpPixelsButNotTheAreaWhenThereAreTooMany() {
        final PixelCounts counts = new PixelCounts();
        final EventBatch events = new EventBatch();
        for (int i = 0; i < 100; i++) {
            for (int column = 0; column < SensorSize.LARGEST.width(); column += 64) {
                events.add(i, EventWord.of(column, i, 1));
            }
        }
        counts.add(events);
        assertTrue(counts.isCounted());
        assertEquals(100 * 512, counts.active());
        events.clear();
        for (int i = 0; i < SensorSize.LARGEST.width(); i++) {
            events.add(i, EventWord.of(i, i, 1));
        }
        events.add(0, EventWord.of(0, 0, 1));
        counts.add(events);
        assertTrue(counts.isCounted(), "2 x 512 tiles and 510 of the diagonal");
        events.clear();
        for (int i = 0; i < SensorSize.LARGEST.width(); i++) {
            events.add(i, EventWord.of(100, i, 1));
            events.add(i, EventWord.of(1000, i, 1));
            events.add(i, EventWord.of(10_000, i, 1));
        }
        counts.add(events);
        assertFalse(counts.isCounted());
        assertEquals(Optional.of(SensorSize.LARGEST), counts.area());
        assertEquals(0, counts.events(0, 0, 1));
        assertEquals(0, counts.active());
        counts.add(events);
        assertFalse(counts.isCounted());
    }

    /** One side may be as long as a word allows, as long as the area is not too large. */
    @Test
    void shouldCountAnAreaThatIsLongAndNarrow() {
        final PixelCounts counts = new PixelCounts();
        final EventBatch events = new EventBatch();
        for (int x = 0; x < SensorSize.LARGEST.width(); x++) {
            events.add(x, EventWord.of(x, x % 250, 0));
        }
        counts.add(events);
        assertTrue(counts.isCounted());
        assertEquals(SensorSize.LARGEST.width(), counts.active());
        assertEquals(1, counts.events(32_767, 32_767 % 250, 0));
    }
}
