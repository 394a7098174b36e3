package org.spikemeter.runtime.metering;

import java.util.List;
import java.util.Optional;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.energy.EnergyEstimate;
import org.spikemeter.engine.energy.Interval;
import org.spikemeter.engine.energy.PriceModel;

/** What work costs a second. */
public final class Power {
    private static final double PICO_TO_MICRO = 1e-6;

    private Power() {
    }

    /**
     * Power in uW: an interval where sources of the prices disagree.
     *
     * @param seconds that the work took, above 0
     * @param entries the network's projections, whose memories have a size
     * @return empty where an operation happened that the model answers for and has no price of
     */
    public static Optional<Interval> microwatts(
        final Work work, final double seconds, final List<OperationCounts.Entry> entries, final PriceModel model) {
        return EnergyEstimate.of(work.operations(), entries, model).total()
            .map(picojoules -> picojoules.times(PICO_TO_MICRO / seconds));
    }
}
