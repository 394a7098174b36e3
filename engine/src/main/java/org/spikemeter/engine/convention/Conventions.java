package org.spikemeter.engine.convention;

import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.log.EventLog;

/** All conventions, and how to count by them. */
public final class Conventions {
    private static final List<Convention> ALL = List.of(new Executed(), new Paper(), new NeuroBench(), new Syops(),
        new Sinabs(), new SpikingJelly(), new Lemaire(), new SpikingJellyLemaire());

    private Conventions() {
    }

    /** All conventions, {@code executed} first. */
    public static List<Convention> all() {
        return ALL;
    }

    /**
     * Counts a run by several conventions in one walk through its log.
     *
     * @return one result for each, in their order
     */
    public static List<ConventionResult> count(final EventLog log, final List<Convention> conventions) {
        final List<Counter> counters = new ArrayList<>();
        for (final Convention convention : conventions) {
            counters.add(convention.over(log));
        }
        new Replay(log).forEach(call -> {
            for (final Counter counter : counters) {
                counter.call(call);
            }
        });
        return counters.stream().map(Counter::result).toList();
    }
}
