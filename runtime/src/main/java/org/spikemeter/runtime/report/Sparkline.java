package org.spikemeter.runtime.report;

import org.spikemeter.runtime.recording.RateHistory;

/** A rate over time as one line of text: a block a column, as high as the column's share of the highest one. */
final class Sparkline {
    /** Nothing at all is a space, so that the lowest block means something. */
    private static final String BLOCKS = " ▁▂▃▄▅▆▇█";

    private Sparkline() {
    }

    static String of(final RateHistory.Columns columns) {
        final long most = columns.most();
        final int highest = BLOCKS.length() - 1;
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            final long events = columns.on()[i] + columns.off()[i];
            line.append(BLOCKS.charAt((int) Math.ceil((double) events / Math.max(1, most) * highest)));
        }
        return line.toString();
    }
}
