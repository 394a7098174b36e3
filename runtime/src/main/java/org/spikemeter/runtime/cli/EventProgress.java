package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.io.PrintWriter;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.WrappedReader;
import org.spikemeter.runtime.report.Units;

/** Shows how far a recording has been read, and how many events a second that is. */
final class EventProgress extends WrappedReader {
    private final ProgressLine line;
    private final long startNanos = System.nanoTime();
    private long events;

    private EventProgress(final EventReader reader, final PrintWriter err) {
        super(reader);
        this.line = new ProgressLine(err);
    }

    /** The reader with a bar where there is a terminal, else the reader itself. */
    static EventReader over(final EventReader reader, final PrintWriter err) {
        return ProgressLine.isWanted() ? new EventProgress(reader, err) : reader;
    }

    @Override
    public boolean read(final EventBatch into) throws IOException {
        boolean more = false;
        try {
            more = reader.read(into);
            return more;
        } finally {
            if (more) {
                events += into.size();
                line.update(this::text);
            } else {
                line.erase();
            }
        }
    }

    private String text() {
        final double part = reader.progress();
        final String bar = Double.isNaN(part) ? "" : ProgressLine.bar(part) + " ";
        return bar + Units.grouped(events) + " events, "
            + Units.eventRate(events * 1e9 / (System.nanoTime() - startNanos));
    }

    @Override
    public void close() throws IOException {
        line.erase();
        reader.close();
    }
}
