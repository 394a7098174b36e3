package org.spikemeter.engine.energy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;

/**
 * Energy of a run under one price model: the sum over the operations in its scope of count times price.
 *
 * @param model the prices
 * @param lines one for each operation in the model's scope, in the order of {@link Operation}
 */
public record EnergyEstimate(PriceModel model, List<Line> lines) {
    /**
     * One operation.
     *
     * @param operation what happened
     * @param count how often
     * @param price what each costs; null where the model does not know
     */
    public record Line(Operation operation, long count, Price price) {
        /** Energy in pJ; empty where it happened and there is no price. */
        public OptionalDouble picojoules() {
            if (count == 0) {
                return OptionalDouble.of(0.0);
            }
            return price == null ? OptionalDouble.empty() : OptionalDouble.of(count * price.picojoules());
        }
    }

    /** Copies the list. */
    public EnergyEstimate {
        lines = List.copyOf(lines);
    }

    /** The energy of all layers and steps. */
    public static EnergyEstimate of(final OperationCounts counts, final PriceModel model) {
        final List<Line> lines = new ArrayList<>();
        for (final Operation operation : Operation.values()) {
            if (model.covers(operation)) {
                lines.add(new Line(operation, counts.total(operation), model.price(operation)));
            }
        }
        return new EnergyEstimate(model, lines);
    }

    /** Operations that happened, that the model answers for, and that it has no price of. */
    public List<Operation> unpriced() {
        return lines.stream().filter(line -> line.picojoules().isEmpty()).map(Line::operation).toList();
    }

    /** The sum in pJ; empty where a price is missing. */
    public OptionalDouble totalPicojoules() {
        double total = 0.0;
        for (final Line line : lines) {
            if (line.picojoules().isEmpty()) {
                return OptionalDouble.empty();
            }
            total += line.picojoules().getAsDouble();
        }
        return OptionalDouble.of(total);
    }
}
