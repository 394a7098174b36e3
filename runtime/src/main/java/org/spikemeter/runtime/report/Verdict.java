package org.spikemeter.runtime.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.spikemeter.engine.convention.Paper;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.runtime.audit.AnnCounterpart;
import org.spikemeter.runtime.audit.Audit;
import org.spikemeter.runtime.audit.AuditedClip;
import org.spikemeter.runtime.audit.Claim;

/** An audit in plain words. */
final class Verdict {
    private Verdict() {
    }

    /** Some sentences, the first the shortest answer. */
    static List<String> of(final Audit audit) {
        final List<String> sentences = new ArrayList<>();
        final List<Audit.ConventionEnergy> energies = audit.energies();
        final Audit.ConventionEnergy executed = energies.getFirst();
        final Claim claim = audit.claim();
        sentences.add(executed.holds(claim)
            ? "The claim of " + claim.text() + " a clip holds: the operations that were executed cost "
                + Units.energy(executed.energy().mean()) + " at the same prices."
            : String.format(Locale.ROOT, "The claim of %s a clip does not hold: the operations that were executed cost"
                + " %s at the same prices, %.1f times as much.", claim.text(), Units.energy(executed.energy().mean()),
                executed.energy().mean() / claim.picojoules()));
        sentences.add(coverage(energies, claim));
        final List<Audit.LayerDensity> densities = audit.densities();
        final double assumed = audit.over(AuditedClip::inputDensity).mean();
        final List<Audit.LayerDensity> denser = densities.stream()
            .filter(layer -> layer.share().mean() > assumed).toList();
        sentences.add("Its formula takes the density of the input's events, " + Units.percent(assumed)
            + " here, for every layer; measured, " + denser.size() + " of " + densities.size()
            + " layers do more than that of their dense work, the whole network "
            + Units.percent(audit.share().mean()) + ".");
        sentences.add("It leaves out neurons and memory: with neuron updates it is "
            + Units.energy(audit.executed(PriceModels.byName(PriceModels.WITH_NEURONS)).priced())
            + ", with memory traffic too "
            + Units.energy(audit.executed(PriceModels.byName(PriceModels.WITH_MEMORY)).priced()) + ".");
        final AnnCounterpart ann = audit.ann();
        final double annEnergy = ann.macs() * Paper.MAC_PICOJOULES;
        sentences.add(String.format(Locale.ROOT, "The same network as an ANN costs %s: the spiking one %s it"
            + " (%.2f times).", Units.energy(annEnergy),
            executed.energy().mean() < annEnergy ? "beats" : "does not beat",
            executed.energy().mean() / annEnergy));
        return sentences;
    }

    private static String coverage(final List<Audit.ConventionEnergy> energies, final Claim claim) {
        final List<String> holding = names(energies, claim, true);
        final List<String> failing = names(energies, claim, false);
        if (holding.isEmpty()) {
            return "It holds under none of the " + failing.size() + " conventions.";
        }
        if (failing.isEmpty()) {
            return "It holds under all " + holding.size() + " conventions.";
        }
        return "It holds under " + joined(holding) + "; it does not under " + joined(failing) + ".";
    }

    private static List<String> names(
        final List<Audit.ConventionEnergy> energies, final Claim claim, final boolean holds) {
        return energies.stream().filter(energy -> energy.holds(claim) == holds)
            .map(energy -> energy.convention().convention().name()).toList();
    }

    private static String joined(final List<String> names) {
        return names.size() == 1 ? names.getFirst()
            : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }
}
