package org.spikemeter.runtime.metering;

import java.util.List;
import java.util.Optional;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.energy.EnergyEstimate;
import org.spikemeter.engine.energy.Interval;
import org.spikemeter.engine.energy.PriceModel;

/**
 * What work costs a second. Every operation is in the batch in which it happens, but for changes of membranes: those of
 * neurons that nothing happens to are counted when somebody asks at the end of a run.
 */
public final class Power {
    private static final double PICO_TO_MICRO = 1e-6;

    private Power() {
    }

    /**
     * Refuses prices of what is not known while a run goes on.
     *
     * @throws IllegalArgumentException naming the model
     */
    public static void requireKnown(final PriceModel model) {
        if (model.covers(Operation.MEMBRANE_CHANGES)) {
            throw new IllegalArgumentException("price model '" + model.name() + "' has '"
                + Operation.MEMBRANE_CHANGES.key() + "' in its scope, which is counted at the end of a run: no power"
                + " while it goes on");
        }
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
