package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.io.PrintWriter;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.runtime.input.Input;

/** Shows how far a source of steps has been read. */
final class ProgressBar implements StepSource {
    private final StepSource source;
    private final ProgressLine line;
    private final int maxSteps;
    private int step;

    private ProgressBar(final StepSource source, final PrintWriter err, final int maxSteps) {
        this.source = source;
        this.line = new ProgressLine(err);
        this.maxSteps = maxSteps;
    }

    /** The source with a bar where there is a terminal, else the source itself. */
    static StepSource over(final StepSource source, final PrintWriter err, final int maxSteps) {
        return ProgressLine.isWanted() ? new ProgressBar(source, err, maxSteps) : source;
    }

    /** Shows that {@code done} of {@code all} things are done, on one line, which is gone when all are. */
    static void count(final int done, final int all, final String things, final PrintWriter err) {
        if (ProgressLine.isWanted()) {
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
            if (more) {
                line.update(this::text);
            } else {
                line.erase();
                step = 0;
            }
        }
    }

    private String text() {
        return maxSteps == Input.UNKNOWN_STEPS ? "step " + step
            : ProgressLine.bar((double) step / maxSteps) + " step " + step + " of " + maxSteps;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
