package org.spikemeter.runtime.report;

import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.convention.ConventionResult;
import org.spikemeter.engine.convention.Paper;

/** Conventions for a terminal: one line each. */
public final class ConventionsText {
    private ConventionsText() {
    }

    /** A table: operations, energy at the prices most papers take, and the convention's own where it has prices. */
    public static List<String> lines(final List<ConventionResult> results) {
        final TextTable table =
            new TextTable("convention", ">ACC", ">MAC", ">0.9 / 4.6 pJ", ">own prices");
        for (final ConventionResult result : results) {
            table.row(result.convention().name(), Math.round(result.accumulates()), Math.round(result.multiplies()),
                Units.energy(arithmetic(result)), own(result));
        }
        return new ArrayList<>(table.lines());
    }

    /** Energy of its operations at 0.9 pJ an ACC and 4.6 pJ a MAC. */
    static double arithmetic(final ConventionResult result) {
        return result.accumulates() * Paper.ACC_PICOJOULES + result.multiplies() * Paper.MAC_PICOJOULES;
    }

    private static String own(final ConventionResult result) {
        for (final String key : List.of(ConventionResult.ENERGY, ConventionResult.COMPUTE_ENERGY)) {
            if (result.figures().containsKey(key)) {
                return Units.energy(result.figure(key));
            }
        }
        return "";
    }
}
