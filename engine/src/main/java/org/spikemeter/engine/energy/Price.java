package org.spikemeter.engine.energy;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What one operation costs, by one source or by several that may disagree.
 *
 * @param quotes at least one
 */
public record Price(List<Quote> quotes) {
    /**
     * A price as a source has it.
     *
     * @param picojoules energy of one operation in pJ, finite and at least 0
     * @param nodeNanometres technology node in nm
     * @param bits width of an operand
     * @param boundary what it includes
     * @param source where the number was read
     */
    public record Quote(double picojoules, double nodeNanometres, int bits, Boundary boundary, String source) {
        /** Checks the ranges, and that there is a source. */
        public Quote {
            if (!Double.isFinite(picojoules) || picojoules < 0) {
                throw new IllegalArgumentException("price is " + picojoules
                    + " pJ: expected a finite number, at least 0");
            }
            if (!Double.isFinite(nodeNanometres) || nodeNanometres <= 0 || bits <= 0) {
                throw new IllegalArgumentException("price is of a node of " + nodeNanometres + " nm and of " + bits
                    + " bits: expected positive numbers");
            }
            if (source.isBlank()) {
                throw new IllegalArgumentException("price of " + picojoules + " pJ has no source");
            }
        }
    }

    /** Copies the list. */
    public Price {
        quotes = List.copyOf(quotes);
        if (quotes.isEmpty()) {
            throw new IllegalArgumentException("a price has no quote");
        }
    }

    /** From the lowest quote to the highest. */
    public Interval picojoules() {
        return new Interval(quotes.stream().mapToDouble(Quote::picojoules).min().orElseThrow(),
            quotes.stream().mapToDouble(Quote::picojoules).max().orElseThrow());
    }

    /** All sources. */
    public String source() {
        return quotes.stream().map(Quote::source).distinct().collect(Collectors.joining("; "));
    }
}
