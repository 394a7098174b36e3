package org.spikemeter.runtime.live.run;

import java.util.List;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.energy.Interval;
import org.spikemeter.engine.energy.Price;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.runtime.metering.SynapticPrice;

/**
 * Prices of ACC and MAC.
 *
 * @param name of the price model
 * @param accPicojoules of an ACC; NaN where there is none, or sources disagree
 * @param macPicojoules of a MAC; likewise
 */
record LivePrice(String name, double accPicojoules, double macPicojoules) {
    private static final double PICO_TO_MICRO = 1e-6;

    /** Those of the price models that answer for ACC and MAC and nothing else: what batches count. */
    static List<LivePrice> all() {
        return PriceModels.all().stream().filter(model -> new SynapticPrice(model).leftOut().isEmpty())
            .map(LivePrice::of).toList();
    }

    private static LivePrice of(final PriceModel model) {
        return new LivePrice(model.name(), picojoules(model, Operation.SYNAPTIC_ACCUMULATES),
            picojoules(model, Operation.SYNAPTIC_MULTIPLY_ACCUMULATES));
    }

    private static double picojoules(final PriceModel model, final Operation operation) {
        if (!model.covers(operation)) {
            return 0.0;
        }
        final Price price = model.price(operation);
        final Interval interval = price == null ? null : price.picojoules();
        return interval != null && interval.isPoint() ? interval.low() : Double.NaN;
    }

    /** Power in uW; what does not happen needs no price. */
    double microwatts(final double accASecond, final double macASecond) {
        final double acc = accASecond == 0.0 ? 0.0 : accASecond * accPicojoules;
        final double mac = macASecond == 0.0 ? 0.0 : macASecond * macPicojoules;
        return (acc + mac) * PICO_TO_MICRO;
    }
}
