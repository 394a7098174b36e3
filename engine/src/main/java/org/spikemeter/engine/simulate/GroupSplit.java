package org.spikemeter.engine.simulate;

import java.util.ArrayList;
import java.util.List;

/** Splits a row of costs into groups of neighbours. */
final class GroupSplit {
    private GroupSplit() {
    }

    /**
     * The split whose dearest group is cheapest.
     *
     * @param cost at least one
     * @param groups 1 to the number of costs
     * @return the first index of each group, and the number of costs at the end
     */
    static int[] split(final long[] cost, final int groups) {
        long least = 0;
        long most = 0;
        for (final long c : cost) {
            least = Math.max(least, c);
            most += c;
        }
        while (least < most) {
            final long limit = least + (most - least) / 2;
            if (pack(cost, limit, groups).size() <= groups) {
                most = limit;
            } else {
                least = limit + 1;
            }
        }
        final List<Integer> starts = pack(cost, most, groups);
        starts.add(cost.length);
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Groups filled one after the other up to a limit, but never so that fewer costs are left than groups. */
    private static List<Integer> pack(final long[] cost, final long limit, final int groups) {
        final List<Integer> starts = new ArrayList<>(List.of(0));
        long sum = cost[0];
        for (int i = 1; i < cost.length; i++) {
            if (sum + cost[i] > limit || cost.length - i <= groups - starts.size()) {
                starts.add(i);
                sum = 0;
            }
            sum += cost[i];
        }
        return starts;
    }
}
