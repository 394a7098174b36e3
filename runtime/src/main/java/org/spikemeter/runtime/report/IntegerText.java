package org.spikemeter.runtime.report;

import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.readout.Vote;
import org.spikemeter.runtime.audit.Audit;
import org.spikemeter.runtime.audit.IntegerAudit;
import org.spikemeter.runtime.run.FloatRun;

/** Integers beside floating point, for a terminal. */
final class IntegerText {
    private static final String DIFFERING = " have a spike in one of the two alone, ";

    private IntegerText() {
    }

    /** A run in integers beside the same in floating point. */
    static List<String> lines(final RunResult result, final FloatRun floating) {
        final List<String> lines = new ArrayList<>(List.of("", "integers " + floating.quantisation() + ": "
            + Units.grouped(result.counts().overflows()) + " saturated"));
        floating.notes().forEach(note -> lines.add("         " + note));
        final TextTable table = new TextTable("  beside float", ">integer", ">float");
        if (result.vote().isPresent()) {
            final List<Vote.GroupRate> groups = floating.vote().orElseThrow().groups();
            table.row("  label", result.vote().get().label(), floating.vote().orElseThrow().label());
            for (int i = 0; i < groups.size(); i++) {
                table.row("  rate of " + groups.get(i).label(),
                    Units.decimal(result.vote().get().groups().get(i).rate(), 4),
                    Units.decimal(groups.get(i).rate(), 4));
            }
        }
        row(table, "spikes", result.counts(), floating.counts(), Operation.SPIKES);
        row(table, "ACC", result.counts(), floating.counts(), Operation.SYNAPTIC_ACCUMULATES);
        row(table, "MAC", result.counts(), floating.counts(), Operation.SYNAPTIC_MULTIPLY_ACCUMULATES);
        table.row("  energy", RunText.total(result.energy()), RunText.total(floating.energy()));
        table.row("  prices", result.energy().model().name(), floating.energy().model().name());
        lines.addAll(table.lines());
        lines.add("  " + Units.grouped(floating.differing()) + " neurons and steps" + DIFFERING
            + Units.percent(rate(floating)) + " of float's spikes");
        return lines;
    }

    private static void row(
        final TextTable table, final String name, final OperationCounts integer, final OperationCounts floating,
        final Operation operation) {
        table.row("  " + name, integer.total(operation), floating.total(operation));
    }

    /** Spikes that one of the two has alone / spikes in floating point. */
    static double rate(final FloatRun floating) {
        return (double) floating.differing() / Math.max(1, floating.counts().total(Operation.SPIKES));
    }

    /** Clips in integers beside the same in floating point: means. */
    static List<String> lines(final Audit audit) {
        final IntegerAudit integers = IntegerAudit.of(audit).orElseThrow();
        final List<String> lines = new ArrayList<>();
        lines.add(integers.quantisation() + ": " + Units.decimal(integers.overflows().mean(), 1)
            + " saturated a clip");
        lines.addAll(integers.notes());
        final TextTable table = new TextTable("a clip", ">integer", ">float");
        integers.rows().forEach(row -> table.row(row.name(), Math.round(row.integer().mean()),
            Math.round(row.floating().mean())));
        table.row("energy", Units.energy(integers.integerEnergy().mean()),
            Units.energy(integers.floatEnergy().mean()));
        table.row("prices", IntegerAudit.INTEGER_PRICES, IntegerAudit.FLOAT_PRICES);
        lines.addAll(table.lines());
        integers.agreeing().ifPresent(agreeing -> lines.add("labels   " + agreeing + " of " + audit.clips().size()
            + " agree" + integers.floatRight().map(right -> "; in float " + right + " are right").orElse("")));
        lines.add(Units.grouped(Math.round(integers.differing().mean())) + " neurons and steps" + DIFFERING
            + Units.percent(integers.rate().mean()) + " of float's spikes");
        return lines;
    }
}
