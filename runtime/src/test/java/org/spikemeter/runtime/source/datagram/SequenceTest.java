package org.spikemeter.runtime.source.datagram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceTest {
    /** Numbers, then how many are lost, late, and how often they began anew. */
    @ParameterizedTest
    @CsvSource({
        "1 2 3, 0, 0, 0",
        "17 18, 0, 0, 0",
        "1 4 5, 2, 0, 0",
        "1 4 2 5, 1, 1, 0",
        "1 4 3 2 5, 0, 2, 0",
        "2147483646 2147483647 0 1, 0, 0, 0",
        "2147483646 1, 2, 0, 0",
        "0 2147483647, 0, 0, 1",
        "1 2 3 1 2 3, 0, 0, 1",
        "5 5 6, 0, 0, 1",
        "1 100 36, 98, 0, 1",
        "1 100 37, 97, 1, 0",
        "1 16777217, 16777215, 0, 0",
        "1 16777218, 0, 0, 1",
        "100 101 1 2, 0, 0, 1"})
    void shouldCountWhatIsMissingWhenNumbersLeap(
        final String numbers, final long lost, final long late, final long restarts) {
        final DatagramCounts counts = new DatagramCounts();
        final Sequence sequence = new Sequence();
        for (final String number : numbers.split(" ")) {
            sequence.take(Integer.parseInt(number), counts);
        }
        assertEquals(lost, counts.lost(), "lost");
        assertEquals(late, counts.late(), "late");
        assertEquals(restarts, counts.restarts(), "restarts");
    }

    /** Every datagram is either there or lost, across the wrap, whatever is lost and however they overtake. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldAddUpWhenSomeAreLostAndSomeOvertake(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final List<Integer> arrived = new ArrayList<>();
        int number = Integer.MAX_VALUE - 5000;
        long missing = 0;
        for (int i = 0; i < 10_000; i++) {
            if (i > 0 && i < 9_990 && random.nextInt(10) == 0) {
                missing++;
            } else {
                final boolean overtakes = i > 100 && i < 9_900 && random.nextInt(5) == 0;
                arrived.add(arrived.size() - (overtakes ? random.nextInt(20) : 0), number);
            }
            number = Sequence.next(number);
        }
        final DatagramCounts counts = new DatagramCounts();
        final Sequence sequence = new Sequence();
        long behind = 0;
        int newest = arrived.getFirst();
        for (final int each : arrived) {
            sequence.take(each, counts);
            behind += each - newest << 1 < 0 ? 1 : 0;
            newest = each - newest << 1 < 0 ? newest : each;
        }
        assertEquals(missing, counts.lost(), "seed " + seed);
        assertEquals(behind, counts.late(), "seed " + seed);
        assertEquals(0, counts.restarts(), "seed " + seed);
    }
}
