package org.spikemeter.runtime.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;

/**
 * One line on standard error that says how far something is: only where that is a terminal, only when it takes long
 * enough to wonder, and gone in the end.
 */
final class ProgressLine {
    /** Set by the launcher where standard error is a terminal; Java itself cannot tell. */
    static final String TERMINAL_PROPERTY = "spikemeter.terminal";

    private static final long PATIENCE_NANOS = 500_000_000;
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int BAR_WIDTH = 30;

    private final PrintWriter err;
    private int drawn;
    private long nextDraw = System.nanoTime() + PATIENCE_NANOS;

    ProgressLine(final PrintWriter err) {
        this.err = err;
    }

    /** False where nobody would see it. */
    static boolean isWanted() {
        return Boolean.getBoolean(TERMINAL_PROPERTY);
    }

    /** A bar that is filled in part. */
    static String bar(final double part) {
        final int filled = (int) (BAR_WIDTH * Math.clamp(part, 0.0, 1.0));
        return "[" + "=".repeat(filled) + " ".repeat(BAR_WIDTH - filled) + "]";
    }

    /** Draws it anew, where the last time is long enough ago. */
    void update(final Supplier<String> text) {
        if (System.nanoTime() - nextDraw > 0) {
            final String line = text.get();
            err.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
            err.flush();
            drawn = line.length();
            nextDraw = System.nanoTime() + REDRAW_NANOS;
        }
    }

    /** Takes it away. */
    void erase() {
        if (drawn > 0) {
            err.print("\r" + " ".repeat(drawn) + "\r");
            err.flush();
            drawn = 0;
        }
    }
}
