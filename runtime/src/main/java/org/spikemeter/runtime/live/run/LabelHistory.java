package org.spikemeter.runtime.live.run;

import org.spikemeter.runtime.live.LiveFrame;

/** The latest changes of the label; the oldest are forgotten. Used by one thread at a time. */
final class LabelHistory {
    private final long[] micros = new long[LiveFrame.MAX_LABEL_CHANGES];
    private final int[] labels = new int[LiveFrame.MAX_LABEL_CHANGES];
    private long changes;

    void add(final long atMicros, final int label) {
        final int at = (int) (changes % labels.length);
        micros[at] = atMicros;
        labels[at] = label;
        changes++;
    }

    /** Adds the changes of another one, which came behind these. */
    void addAll(final LabelHistory later) {
        for (long change = later.first(); change < later.changes; change++) {
            final int at = (int) (change % labels.length);
            add(later.micros[at], later.labels[at]);
        }
    }

    void clear() {
        changes = 0;
    }

    private long first() {
        return Math.max(0, changes - labels.length);
    }

    /** Oldest first. */
    void copyTo(final LiveFrame frame) {
        frame.labelChanges = (int) (changes - first());
        for (int i = 0; i < frame.labelChanges; i++) {
            final int at = (int) ((first() + i) % labels.length);
            frame.labelMicros[i] = micros[at];
            frame.labels[i] = labels[at];
        }
    }
}
