package org.spikemeter.runtime.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.spikemeter.engine.convention.ConventionResult;
import org.spikemeter.engine.convention.Difference;
import org.spikemeter.engine.convention.Paper;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.runtime.audit.AnnCounterpart;
import org.spikemeter.runtime.audit.Audit;
import org.spikemeter.runtime.audit.AuditedClip;
import org.spikemeter.runtime.audit.Statistic;

/** An audit for a terminal. */
public final class AuditText {
    private static final int WIDTH = 96;

    private AuditText() {
    }

    /** The whole audit; {@code report} names the folder of its page, or is null. */
    public static List<String> lines(final Audit audit, final Path report) {
        final List<String> lines = new ArrayList<>();
        lines.add("network  " + audit.network().name());
        lines.add("clips    " + (audit.clips().size() == 1 ? audit.clips().getFirst().name()
            : audit.clips().size() + " (mean, lowest, highest, standard error)") + ", " + audit.steps()
            + (audit.steps() == 1 ? " step" : " steps")
            + (audit.clips().size() == 1 ? "" : " each"));
        lines.addAll(BinningText.lines(audit));
        audit.right().ifPresent(right -> lines.add("labels   " + right + " of " + audit.clips().size() + " right"));
        lines.add("claim    " + audit.claim().text() + " a clip");
        lines.add("");
        heading(lines, "Verdict");
        for (final String sentence : Verdict.of(audit)) {
            lines.addAll(wrapped(sentence));
        }
        lines.add("");
        heading(lines, "The formula behind the claim, on these clips");
        formula(lines, audit);
        lines.add("");
        heading(lines, "Its assumption, layer by layer");
        densities(lines, audit);
        lines.add("");
        heading(lines, "Energy by convention (0.9 pJ an ACC, 4.6 pJ a MAC, or the convention's own prices: *)");
        conventions(lines, audit);
        lines.add("");
        heading(lines, "Why they differ from what was executed (first clip)");
        differences(lines, audit);
        heading(lines, "What was executed, by price model");
        models(lines, audit);
        lines.add("");
        heading(lines, "What the claim leaves out");
        leftOut(lines, audit);
        lines.add("");
        heading(lines, "The artificial counterpart");
        ann(lines, audit);
        if (audit.clips().getFirst().floatRun().isPresent()) {
            lines.add("");
            heading(lines, "Integers, which all of the above is about, beside floating point");
            lines.addAll(IntegerText.lines(audit));
        }
        if (report != null) {
            lines.add("");
            lines.add("report   " + report.resolve(AuditReport.PAGE));
        }
        return lines;
    }

    private static void heading(final List<String> lines, final String heading) {
        lines.add("== " + heading);
    }

    private static List<String> wrapped(final String text) {
        final List<String> lines = new ArrayList<>();
        final StringBuilder line = new StringBuilder();
        for (final String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static void formula(final List<String> lines, final Audit audit) {
        final ConventionResult paper = audit.clips().getFirst().convention("paper");
        final AnnCounterpart ann = audit.ann();
        final Statistic density = audit.over(AuditedClip::inputDensity);
        lines.add("first frame  " + Units.grouped(ann.snnFirstLayer()) + " MAC x 4.6 pJ");
        lines.add("all the rest " + Units.percent(density.mean()) + " x " + Units.grouped(ann.spikingDense())
            + " ACC x 0.9 pJ");
        lines.add("             " + Units.energy(audit.over(clip ->
            clip.convention("paper").figure(ConventionResult.ENERGY)).mean())
            + "; with the paper's " + Units.percent(PaperClaim.DENSITY) + ": " + Units.energy(
            ann.snnFirstLayer() * Paper.MAC_PICOJOULES
                + PaperClaim.DENSITY * ann.spikingDense() * Paper.ACC_PICOJOULES));
        lines.add("             " + paper.convention().source());
    }

    private static void densities(final List<String> lines, final Audit audit) {
        final String assumed = Units.percent(audit.over(AuditedClip::inputDensity).mean());
        final TextTable table =
            new TextTable("layer", "events from", ">density", ">assumed", ">work done", ">dense work");
        for (final Audit.LayerDensity layer : audit.densities()) {
            table.row(layer.name(), layer.source(), Units.percent(layer.density().mean()), assumed,
                Units.percent(layer.share().mean()), layer.dense());
        }
        lines.addAll(table.lines());
        lines.add("density: events / addresses before any pool; work done: operations executed / dense operations");
    }

    private static void conventions(final List<String> lines, final Audit audit) {
        final boolean many = audit.clips().size() > 1;
        final TextTable table = many
            ? new TextTable("convention", ">ACC", ">MAC", ">energy", ">lowest", ">highest", ">std error", ">claim")
            : new TextTable("convention", ">ACC", ">MAC", ">energy", ">claim");
        for (final Audit.ConventionEnergy energy : audit.energies()) {
            final String name = energy.convention().convention().name();
            final Long acc = Math.round(audit.over(clip -> clip.convention(name).accumulates()).mean());
            final Long mac = Math.round(audit.over(clip -> clip.convention(name).multiplies()).mean());
            final String mean = Units.energy(energy.energy().mean()) + (energy.ownPrices() ? "*" : " ");
            if (many) {
                table.row(name, acc, mac, mean, Units.energy(energy.energy().minimum()),
                    Units.energy(energy.energy().maximum()),
                    Units.energy(energy.energy().standardError().orElse(0.0)),
                    energy.covered() + " of " + audit.clips().size());
            } else {
                table.row(name, acc, mac, mean, energy.covered() == 1 ? "holds" : "no");
            }
        }
        lines.addAll(table.lines());
        lines.add("");
        heading(lines, "ACC and MAC of each convention by price model (none: a MAC has no price there)");
        matrix(lines, audit);
    }

    private static void matrix(final List<String> lines, final Audit audit) {
        final List<String> names = AuditJson.names(audit);
        final List<String> heads = new ArrayList<>(List.of("price model"));
        names.forEach(name -> heads.add(">" + name));
        final TextTable table = new TextTable(heads.toArray(String[]::new));
        for (final PriceModel model : audit.models()) {
            final List<Object> row = new ArrayList<>(List.of(model.name()));
            names.forEach(name -> row.add(audit.energy(name, model).map(Units::energy).orElse("none")));
            table.row(row.toArray());
        }
        lines.addAll(table.lines());
    }

    private static void differences(final List<String> lines, final Audit audit) {
        final ConventionResult executed = audit.clips().getFirst().conventions().getFirst();
        for (final ConventionResult other : audit.clips().getFirst().conventions()) {
            if (other == executed || other.convention().name().equals("spikingjellyLemaire")) {
                continue;
            }
            final TextTable table = new TextTable("  term", ">ACC", ">MAC");
            table.row("  executed", executed.accumulates(), executed.multiplies());
            for (final Difference.Line line : Difference.between(executed, other).lines()) {
                table.row("  " + line.term().title(), line.acc(), line.mac());
            }
            table.row("  " + other.convention().name(), other.accumulates(), other.multiplies());
            lines.add(other.convention().name() + ": " + other.convention().definition());
            lines.addAll(table.lines());
            lines.add("");
        }
    }

    private static void models(final List<String> lines, final Audit audit) {
        final TextTable table = new TextTable("price model", ">energy", "boundary", "without a price, so no total");
        for (final PriceModel model : audit.models()) {
            final Audit.ModelEnergy energy = audit.executed(model);
            table.row(model.name(), energy.total().map(Units::energy).orElse("none"),
                model.boundary().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                energy.unpriced().isEmpty() ? "" : energy.unpriced().stream().map(Operation::key)
                    .collect(Collectors.joining(", ")) + "; the rest " + Units.energy(energy.priced()));
        }
        lines.addAll(table.lines());
    }

    private static void leftOut(final List<String> lines, final Audit audit) {
        final TextTable table = new TextTable("", ">a clip", ">energy", "priced as");
        for (final Audit.LeftOut item : audit.leftOut()) {
            table.row(item.what(), Math.round(item.count().mean()), Units.energy(item.energy()), item.price());
        }
        lines.addAll(table.lines());
    }

    private static void ann(final List<String> lines, final Audit audit) {
        final AnnCounterpart ann = audit.ann();
        final PriceModel int8 = PriceModels.byName(PriceModels.INT8);
        final double mac8 = int8.price(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES).picojoules().low();
        final double acc8 = int8.price(Operation.SYNAPTIC_ACCUMULATES).picojoules().low();
        final String share = Units.percent(audit.share().mean());
        lines.add("ANN, " + ann.steps() + " frames as channels, ReLU: " + Units.grouped(ann.macs()) + " MAC, "
            + Units.energy(ann.macs() * Paper.MAC_PICOJOULES));
        lines.add("quantised to " + ann.bits() + " bits (says as much as " + ann.steps() + " spikes), at int8 prices: "
            + Units.energy(ann.macs() * mac8));
        final TextTable table = new TextTable("break-even", ">work", ">measured");
        table.row("float32, ANN", percent(ann.breakEven(Paper.MAC_PICOJOULES, Paper.ACC_PICOJOULES,
            Paper.MAC_PICOJOULES)), share);
        table.row("int8, quantised", percent(ann.breakEven(mac8, acc8, mac8)), share);
        table.row("float32, quant.", percent(ann.breakEven(mac8, Paper.ACC_PICOJOULES, Paper.MAC_PICOJOULES)), share);
        lines.addAll(table.lines());
        lines.add("work: the part of the dense operations at which the spiking network costs as much");
        lines.add(String.format(Locale.ROOT, "%.2f operations a synapse and inference; published break-even: 0.15 to"
            + " 1.38 (Dampfhoffer et al. 2022),", audit.operationsPerSynapse().mean()));
        lines.add("spike rates below 5.7 % at T = 5 (Yan, Bai, Wong, arXiv 2409.08290)");
    }

    private static String percent(final double share) {
        return share <= 0 ? "never" : Units.percent(share);
    }
}
