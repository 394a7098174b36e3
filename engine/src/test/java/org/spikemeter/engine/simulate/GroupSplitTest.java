package org.spikemeter.engine.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

class GroupSplitTest {
    @Test
    void shouldPutTheDearOnesApart() {
        assertArrayEquals(new int[] {0, 2, 3, 5}, GroupSplit.split(new long[] {1, 1, 9, 2, 2}, 3));
        assertArrayEquals(new int[] {0, 5}, GroupSplit.split(new long[] {1, 1, 9, 2, 2}, 1));
        assertArrayEquals(new int[] {0, 1, 2, 3}, GroupSplit.split(new long[] {0, 0, 0}, 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldFindTheCheapestDearestGroup(final long seed) {
        final Random random = new Random(seed);
        final long[] cost = random.longs(1 + random.nextInt(8), 0, 100).toArray();
        for (int groups = 1; groups <= cost.length; groups++) {
            final int[] starts = GroupSplit.split(cost, groups);
            assertEquals(groups + 1, starts.length);
            long dearest = 0;
            for (int group = 0; group < groups; group++) {
                assertEquals(1, Integer.signum(starts[group + 1] - starts[group]), "group is empty");
                dearest = Math.max(dearest, sum(cost, starts[group], starts[group + 1]));
            }
            assertEquals(cheapest(cost, 0, groups), dearest, "seed " + seed + ", groups " + groups);
        }
    }

    private static long sum(final long[] cost, final int from, final int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += cost[i];
        }
        return sum;
    }

    /** Tries all splits. */
    private static long cheapest(final long[] cost, final int from, final int groups) {
        if (groups == 1) {
            return sum(cost, from, cost.length);
        }
        long best = Long.MAX_VALUE;
        for (int to = from + 1; to <= cost.length - groups + 1; to++) {
            best = Math.min(best, Math.max(sum(cost, from, to), cheapest(cost, to, groups - 1)));
        }
        return best;
    }
}
