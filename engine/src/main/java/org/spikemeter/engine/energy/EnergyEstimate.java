package org.spikemeter.engine.energy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.count.OperationTotals;

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
     * @param price what each costs; null where the model does not know, or where it depends on the size of a memory
     * @param energy what all cost together; empty where it happened and has no price
     * @param sources where the prices were read
     */
    public record Line(
        Operation operation, long count, Price price, Optional<Interval> energy, List<String> sources) {}

    private static final int BITS_A_BYTE = 8;

    /** Copies the list. */
    public EnergyEstimate {
        lines = List.copyOf(lines);
    }

    /** The energy of all layers and steps. */
    public static EnergyEstimate of(final OperationCounts counts, final PriceModel model) {
        return of(OperationTotals.of(counts), counts.entries(), model);
    }

    /**
     * The energy of a part of a run.
     *
     * @param totals what happened in it
     * @param entries the projections, whose memories have a size; their counts play no part
     */
    public static EnergyEstimate of(
        final OperationTotals totals, final List<OperationCounts.Entry> entries, final PriceModel model) {
        final List<Line> lines = new ArrayList<>();
        for (final Operation operation : Operation.values()) {
            if (model.covers(operation)) {
                lines.add(model.isPricedBySize(operation) ? bySize(totals, entries, model, operation)
                    : byPrice(totals.total(operation), model.price(operation), operation));
            }
        }
        return new EnergyEstimate(model, lines);
    }

    private static Line byPrice(final long count, final Price price, final Operation operation) {
        if (price == null) {
            return new Line(operation, count, null, count == 0 ? Optional.of(Interval.ZERO) : Optional.empty(),
                List.of());
        }
        return new Line(operation, count, price, Optional.of(price.picojoules().times(count)),
            List.of(price.source()));
    }

    private static Line bySize(
        final OperationTotals totals, final List<OperationCounts.Entry> entries, final PriceModel model,
        final Operation operation) {
        Interval energy = Interval.ZERO;
        final Set<String> sources = new LinkedHashSet<>();
        for (int entry = 0; entry < totals.entries(); entry++) {
            final long count = totals.get(entry, operation);
            final long bytes = entries.get(entry).memory().of(operation) * model.bits() / BITS_A_BYTE;
            final Interval word = model.memory().word(bytes, model.bits());
            if (count > 0 && word == null) {
                return new Line(operation, totals.total(operation), null, Optional.empty(), List.of());
            }
            if (count > 0) {
                energy = energy.plus(word.times(count));
                sources.add(model.memory().holding(bytes).price().source());
            }
        }
        return new Line(operation, totals.total(operation), null, Optional.of(energy), List.copyOf(sources));
    }

    /** Operations that happened, that the model answers for, and that it has no price of. */
    public List<Operation> unpriced() {
        return lines.stream().filter(line -> line.energy().isEmpty()).map(Line::operation).toList();
    }

    /** The sum; empty where a price is missing. */
    public Optional<Interval> total() {
        Interval total = Interval.ZERO;
        for (final Line line : lines) {
            if (line.energy().isEmpty()) {
                return Optional.empty();
            }
            total = total.plus(line.energy().get());
        }
        return Optional.of(total);
    }

    /** The sum in pJ; empty where a price is missing, and where sources disagree. */
    public OptionalDouble totalPicojoules() {
        final Optional<Interval> total = total();
        return total.isPresent() && total.get().isPoint() ? OptionalDouble.of(total.get().low())
            : OptionalDouble.empty();
    }
}
