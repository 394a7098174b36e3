package org.spikemeter.dvs.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventOrderTest {
    /** The word is the place at which it was added, so that a change of order among equals shows. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "7, 1", "100, 2", "9000, 20", "20000, 2048", "20000, 2049", "20000, 5000000",
        "20000, 2147483647"})
    void shouldSortAndKeepOrderOfEquals(final int count, final int keys) {
        final Random random = new Random(count + keys);
        final EventOrder order = new EventOrder();
        for (int repetition = 0; repetition < 3; repetition++) {
            order.clear();
            final List<int[]> expected = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                final int key = random.nextInt(keys);
                order.add(key, i);
                expected.add(new int[] {key, i});
            }
            expected.sort(Comparator.comparingInt(event -> event[0]));
            order.sort();
            check(expected, order);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 5", "5, 3", "9000, 1"})
    void shouldAddOneForEachKey(final int first, final int second) {
        final EventOrder order = new EventOrder();
        order.addFirst(first, 1);
        final EventOrder other = new EventOrder();
        other.addFirst(second, 2);
        order.addAll(other);
        order.sort();
        final List<int[]> expected = new ArrayList<>();
        for (int key = 0; key < Math.max(first, second); key++) {
            if (key < first) {
                expected.add(new int[] {key, 1});
            }
            if (key < second) {
                expected.add(new int[] {key, 2});
            }
        }
        check(expected, order);
    }

    private static void check(final List<int[]> expected, final EventOrder order) {
        assertEquals(expected.size(), order.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i)[0], order.key(i));
            assertEquals(expected.get(i)[1], order.word(i));
        }
    }
}
