package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.io.PrintWriter;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.runtime.input.Input;

/**
 * Shows how far a source has been read: on standard error, only where that is a terminal, and only when it takes long
 * enough to wonder.
 */
final class ProgressBar implements StepSource {
    /** Set by the launcher where standard error is a terminal; Java itself cannot tell. */
    static final String TERMINAL_PROPERTY = "spikemeter.terminal";

    private static final long PATIENCE_NANOS = 500_000_000;
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int WIDTH = 30;

    private final StepSource source;
    private final PrintWriter err;
    private final int maxSteps;
    private int step;
    private int drawn;
    private long nextDraw = System.nanoTime() + PATIENCE_NANOS;

    private ProgressBar(final StepSource source, final PrintWriter err, final int maxSteps) {
        this.source = source;
        this.err = err;
        this.maxSteps = maxSteps;
    }

    /** The source with a bar where there is a terminal, else the source itself. */
    static StepSource over(final StepSource source, final PrintWriter err, final int maxSteps) {
        return Boolean.getBoolean(TERMINAL_PROPERTY) ? new ProgressBar(source, err, maxSteps) : source;
    }

    /** Shows that {@code done} of {@code all} things are done, on one line, which is gone when all are. */
    static void count(final int done, final int all, final String things, final PrintWriter err) {
        if (Boolean.getBoolean(TERMINAL_PROPERTY)) {
            final String line = done + " of " + all + " " + things;
            err.print("\r" + (done < all ? line : " ".repeat(line.length()) + "\r"));
            err.flush();
        }
    }

    @Override
    public Shape shape() {
        return source.shape();
    }

    @Override
    public boolean next(final StepEvents into) throws IOException {
        boolean more = false;
        try {
            more = source.next(into);
            return more;
        } finally {
            step++;
            if (!more) {
                erase();
                step = 0;
            } else if (System.nanoTime() - nextDraw > 0) {
                draw();
                nextDraw = System.nanoTime() + REDRAW_NANOS;
            }
        }
    }

    private void draw() {
        final String line = maxSteps == Input.UNKNOWN_STEPS ? "step " + step : bar() + " step " + step + " of "
            + maxSteps;
        err.print("\r" + line);
        err.flush();
        drawn = Math.max(drawn, line.length());
    }

    private String bar() {
        final int filled = (int) ((long) WIDTH * Math.min(step, maxSteps) / maxSteps);
        return "[" + "=".repeat(filled) + " ".repeat(WIDTH - filled) + "]";
    }

    private void erase() {
        if (drawn > 0) {
            err.print("\r" + " ".repeat(drawn) + "\r");
            err.flush();
            drawn = 0;
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
