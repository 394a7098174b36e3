package org.spikemeter.engine.convention;

import java.util.ArrayList;
import java.util.List;

/**
 * Why two conventions differ on one run: terms that add up to the difference, both in accumulates and in
 * multiply-accumulates.
 *
 * @param from the one
 * @param to the other
 * @param lines the terms that are not 0
 */
public record Difference(ConventionResult from, ConventionResult to, List<Line> lines) {
    /**
     * One reason.
     *
     * @param term the reason
     * @param acc accumulates that it adds on the way
     * @param mac multiply-accumulates that it adds on the way
     */
    public record Line(Term term, double acc, double mac) {}

    /** The way from one count to another. */
    public static Difference between(final ConventionResult from, final ConventionResult to) {
        final List<Line> lines = new ArrayList<>();
        for (final Term term : Term.values()) {
            final double acc = to.terms().acc(term) - from.terms().acc(term);
            final double mac = to.terms().mac(term) - from.terms().mac(term);
            if (acc != 0.0 || mac != 0.0) {
                lines.add(new Line(term, acc, mac));
            }
        }
        return new Difference(from, to, List.copyOf(lines));
    }

    /** Accumulates between the two that no line explains: 0, up to the rounding of conventions that count fractions. */
    public double unexplainedAcc() {
        return to.accumulates() - from.accumulates() - lines.stream().mapToDouble(Line::acc).sum();
    }

    /** Multiply-accumulates between the two that no line explains. */
    public double unexplainedMac() {
        return to.multiplies() - from.multiplies() - lines.stream().mapToDouble(Line::mac).sum();
    }
}
