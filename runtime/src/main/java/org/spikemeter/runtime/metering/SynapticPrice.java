package org.spikemeter.runtime.metering;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.energy.Interval;
import org.spikemeter.engine.energy.Price;
import org.spikemeter.engine.energy.PriceModel;

/**
 * What synaptic operations cost while a network runs: ACC and MAC, by a price model. What else the model answers for
 * (neuron updates, memory traffic, which is priced by layer) is not counted by batch: it is in the energy estimate of a
 * run that has ended, and is named here as left out.
 */
public final class SynapticPrice {
    private static final Set<Operation> COVERED =
        Set.of(Operation.SYNAPTIC_ACCUMULATES, Operation.SYNAPTIC_MULTIPLY_ACCUMULATES);
    private static final double PICO_TO_MICRO = 1e-6;

    private final PriceModel model;

    /** Prices of a model. */
    public SynapticPrice(final PriceModel model) {
        this.model = model;
    }

    /** The model. */
    public PriceModel model() {
        return model;
    }

    /** Operations that the model answers for, and that are not in what {@link #microwatts} says; in order. */
    public Set<Operation> leftOut() {
        final Set<Operation> leftOut = new TreeSet<>(model.scope());
        leftOut.removeAll(COVERED);
        return leftOut;
    }

    /**
     * Energy of ACC and MAC a second, in uW: an interval where sources of the prices disagree.
     *
     * @param seconds that the work took, above 0
     * @return empty where an operation happened that the model answers for and has no price of
     */
    public Optional<Interval> microwatts(final Work work, final double seconds) {
        final Optional<Interval> acc = energy(Operation.SYNAPTIC_ACCUMULATES, work.accumulates());
        final Optional<Interval> mac = energy(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES, work.multiplyAccumulates());
        if (acc.isEmpty() || mac.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(acc.get().plus(mac.get()).times(PICO_TO_MICRO / seconds));
    }

    private Optional<Interval> energy(final Operation operation, final long count) {
        final Price price = model.price(operation);
        if (count == 0 || !model.covers(operation)) {
            return Optional.of(new Interval(0.0, 0.0));
        }
        return price == null ? Optional.empty() : Optional.of(price.picojoules().times(count));
    }
}
