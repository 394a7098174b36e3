package org.spikemeter.benchmarks.calibrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.spikemeter.engine.kernel.Strategy;

/** How well costs predict the fastest strategy, on the steps they were fitted to. */
final class Predictions {
    /**
     * A step.
     *
     * @param step which
     * @param chosen by the costs
     * @param best as measured
     * @param loss measured time of the chosen one over that of the best: 1 where nothing is lost
     */
    record Choice(String step, Strategy chosen, Strategy best, double loss) {
    }

    private final List<Choice> choices = new ArrayList<>();

    /**
     * Predicts all steps.
     *
     * @param costs of each part
     */
    Predictions(final List<Sample> samples, final double[] costs) {
        final Map<String, List<Sample>> steps = new LinkedHashMap<>();
        for (final Sample sample : samples) {
            steps.computeIfAbsent(sample.step(), step -> new ArrayList<>()).add(sample);
        }
        steps.forEach((step, ways) -> {
            final Sample chosen = ways.stream().min(Comparator.comparingDouble(way -> way.predicted(costs)))
                .orElseThrow();
            final Sample best = ways.stream().min(Comparator.comparingDouble(Sample::nanos)).orElseThrow();
            choices.add(new Choice(step, chosen.strategy(), best.strategy(), chosen.nanos() / best.nanos()));
        });
    }

    /** Steps, in the order they were measured. */
    List<Choice> choices() {
        return choices;
    }

    /** Median loss. */
    double medianLoss() {
        return choices.stream().mapToDouble(Choice::loss).sorted().toArray()[choices.size() / 2];
    }

    /** The step that loses most. */
    Choice worst() {
        return choices.stream().max(Comparator.comparingDouble(Choice::loss)).orElseThrow();
    }

    /** One line. */
    String summary() {
        return String.format(Locale.ROOT, "%d steps: median loss %.3f, worst %.2f (%s: %s, best %s)", choices.size(),
            medianLoss(), worst().loss(), worst().step(), worst().chosen(), worst().best());
    }
}
