package org.spikemeter.runtime.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.energy.EnergyEstimate;
import org.spikemeter.engine.energy.Interval;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.readout.Vote;

/** A run for a terminal of 80 columns. */
public final class RunText {
    private RunText() {
    }

    /** The whole report. */
    public static List<String> lines(final RunResult result) {
        final List<String> lines = new ArrayList<>(head(result));
        result.recording().ifPresent(recording -> lines.addAll(1, BinningText.lines(recording)));
        lines.add("label    " + label(result));
        result.density().ifPresent(density -> lines.add("density  " + Units.percent(density.channels())
            + " of the input's addresses have an event, " + Units.percent(density.positions()) + " of its"));
        result.density().ifPresent(density -> lines.add("         positions ("
            + (result.recording().isPresent() ? "all steps" : "first step apart") + "); the paper says "
            + Units.percent(PaperClaim.DENSITY)));
        lines.add("");
        lines.addAll(layers(result));
        lines.add("");
        lines.addAll(energy(result.energy()));
        result.floatRun().ifPresent(floating -> lines.addAll(IntegerText.lines(result, floating)));
        if (!result.conventions().isEmpty()) {
            lines.add("");
            lines.addAll(ConventionsText.lines(result.conventions()));
        }
        lines.add("");
        lines.addAll(PaperClaim.compare(result));
        return lines;
    }

    /** What all windows of an input share. */
    public static List<String> head(final RunResult result) {
        return List.of("input    " + result.input() + ", " + result.steps() + " steps",
            "network  " + result.network().name(), "run      " + result.execution());
    }

    /** One line for one window of several. */
    public static String windowLine(final RunResult result) {
        return "steps " + result.firstStep() + " to " + (result.firstStep() + result.steps() - 1) + ": "
            + label(result) + "; " + Units.grouped(result.counts().total(Operation.SYNAPTIC_ACCUMULATES)) + " ACC, "
            + Units.grouped(result.counts().total(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES)) + " MAC, "
            + total(result.energy());
    }

    /** Rates of all groups. */
    static String rates(final Vote vote) {
        return vote.groups().stream()
            .map(group -> group.label() + " " + Units.decimal(group.rate(), 4)).collect(Collectors.joining(", "));
    }

    private static String label(final RunResult result) {
        if (result.vote().isEmpty()) {
            return "none: the network has no readout";
        }
        final Vote vote = result.vote().get();
        final String winners = vote.isTie() ? "tie: " + String.join(", ", vote.winners()) : vote.winners().getFirst();
        return winners + " (" + rates(vote) + ")" + result.isRight()
            .map(right -> right ? ", right" : ", wrong: it is " + result.expected().orElseThrow()).orElse("");
    }

    private static List<String> layers(final RunResult result) {
        final Network network = result.network();
        final TextTable table =
            new TextTable("synapses", "neurons", ">input events", ">ACC", ">MAC", ">spikes", ">rate");
        for (final OperationCounts.Entry entry : result.counts().entries()) {
            final Object[] row = {network.layers().get(entry.synapticLayer()).name(), "",
                entry.counts().total(Operation.INPUT_EVENTS),
                entry.counts().total(Operation.SYNAPTIC_ACCUMULATES),
                entry.counts().total(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES), "", ""};
            // further ways into the same neurons have no spikes of their own
            if (entry.outputLayer() != OperationCounts.NO_LAYER) {
                final long spikes = entry.counts().total(Operation.SPIKES);
                final double places = (double) network.outputOf(entry.outputLayer()).size() * result.steps();
                row[1] = entry.outputLayer() == entry.synapticLayer() ? ""
                    : network.layers().get(entry.outputLayer()).name();
                row[5] = spikes;
                row[6] = Units.percent(spikes / places);
            }
            table.row(row);
        }
        table.row("total", "", result.counts().total(Operation.INPUT_EVENTS),
            result.counts().total(Operation.SYNAPTIC_ACCUMULATES),
            result.counts().total(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES),
            result.counts().total(Operation.SPIKES), "");
        final List<String> lines = new ArrayList<>(table.lines());
        lines.add(Units.grouped(result.counts().total(Operation.NEURON_UPDATES)) + " neuron updates, "
            + Units.grouped(result.counts().total(Operation.SKIPPED_UPDATES)) + " skipped; "
            + Units.grouped(result.counts().total(Operation.CLOCK_DRIVEN_UPDATES)) + " if clock-driven");
        return lines;
    }

    private static List<String> energy(final EnergyEstimate energy) {
        final PriceModel model = energy.model();
        final List<String> lines = new ArrayList<>();
        lines.add("energy   " + model.name() + ": " + model.description());
        final TextTable table = new TextTable("  operation", ">count", ">price", ">energy");
        for (final EnergyEstimate.Line line : energy.lines()) {
            table.row("  " + line.operation().key(), line.count(), price(line),
                line.energy().map(Units::energy).orElse(""));
        }
        table.row("  total", "", "", total(energy));
        lines.addAll(table.lines());
        energy.lines().stream().flatMap(line -> line.sources().stream()).distinct()
            .forEach(source -> lines.add("  " + source));
        return lines;
    }

    private static String price(final EnergyEstimate.Line line) {
        if (line.price() == null) {
            return line.energy().isPresent() && line.operation().isMemoryTraffic() ? "by size" : "unknown";
        }
        final Interval price = line.price().picojoules();
        return price.isPoint() ? price.low() + " pJ" : price.low() + " to " + price.high() + " pJ";
    }

    /** The total, or why there is none. */
    static String total(final EnergyEstimate energy) {
        return energy.total().map(Units::energy).orElseGet(() -> "none: no price of "
            + energy.unpriced().stream().map(Operation::key).collect(Collectors.joining(", ")));
    }
}
