package org.spikemeter.runtime.audit;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.energy.EnergyEstimate;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.engine.integer.Quantisation;
import org.spikemeter.runtime.run.FloatRun;

/**
 * Clips in integers beside the same in floating point.
 *
 * @param quantisation widths
 * @param notes what integers change beyond rounding
 * @param rows counts of both
 * @param integerEnergy pJ a clip, at {@link #INTEGER_PRICES}
 * @param floatEnergy pJ a clip, at {@link #FLOAT_PRICES}
 * @param overflows integers that saturated
 * @param differing spikes that one of the two has alone
 * @param rate the same, a spike in floating point
 * @param agreeing clips of the same label in both; empty without a readout
 * @param floatRight clips whose label is the true one in floating point; empty where none is known
 */
public record IntegerAudit(
    Quantisation quantisation, List<String> notes, List<Row> rows, Statistic integerEnergy, Statistic floatEnergy,
    Statistic overflows, Statistic differing, Statistic rate, Optional<Integer> agreeing,
    Optional<Integer> floatRight) {
    /** Name of the price model of the integers. */
    public static final String INTEGER_PRICES = PriceModels.INT8_SUMS;
    /** Name of the price model of floating point. */
    public static final String FLOAT_PRICES = PriceModels.DEFAULT;

    /** A count of both. */
    public record Row(String name, Operation operation, Statistic integer, Statistic floating) {}

    /** The comparison; empty where the clips were run in floating point alone. */
    public static Optional<IntegerAudit> of(final Audit audit) {
        final Optional<FloatRun> first = audit.clips().getFirst().floatRun();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        final ToDoubleFunction<AuditedClip> differing = clip -> floating(clip).differing();
        return Optional.of(new IntegerAudit(first.get().quantisation(), first.get().notes(),
            List.of(row(audit, "spikes", Operation.SPIKES), row(audit, "ACC", Operation.SYNAPTIC_ACCUMULATES),
                row(audit, "MAC", Operation.SYNAPTIC_MULTIPLY_ACCUMULATES)),
            audit.over(clip -> energy(clip.counts(), INTEGER_PRICES)),
            audit.over(clip -> energy(floating(clip).counts(), FLOAT_PRICES)),
            audit.over(clip -> clip.counts().overflows()), audit.over(differing),
            audit.over(clip -> differing.applyAsDouble(clip)
                / Math.max(1, floating(clip).counts().total(Operation.SPIKES))),
            first.get().label().map(label -> count(audit, clip -> clip.label())),
            audit.right().map(right -> count(audit, clip -> clip.expected()))));
    }

    @FunctionalInterface
    private interface Label {
        Optional<String> of(AuditedClip clip);
    }

    /** Clips where a label is that of floating point. */
    private static int count(final Audit audit, final Label label) {
        return (int) audit.clips().stream().filter(clip -> label.of(clip).equals(floating(clip).label())).count();
    }

    private static FloatRun floating(final AuditedClip clip) {
        return clip.floatRun().orElseThrow();
    }

    private static Row row(final Audit audit, final String name, final Operation operation) {
        return new Row(name, operation, audit.over(clip -> clip.counts().total(operation)),
            audit.over(clip -> floating(clip).counts().total(operation)));
    }

    private static double energy(final OperationCounts counts, final String prices) {
        return EnergyEstimate.of(counts, PriceModels.byName(prices)).totalPicojoules().orElseThrow();
    }
}
