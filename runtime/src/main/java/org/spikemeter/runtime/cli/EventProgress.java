package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.runtime.report.Units;

/** Shows how far a recording has been read, and how many events a second that is. */
final class EventProgress implements EventReader {
    private final EventReader reader;
    private final ProgressLine line;
    private final long startNanos = System.nanoTime();
    private long events;

    private EventProgress(final EventReader reader, final PrintWriter err) {
        this.reader = reader;
        this.line = new ProgressLine(err);
    }

    /** The reader with a bar where there is a terminal, else the reader itself. */
    static EventReader over(final EventReader reader, final PrintWriter err) {
        return ProgressLine.isWanted() ? new EventProgress(reader, err) : reader;
    }

    @Override
    public String name() {
        return reader.name();
    }

    @Override
    public String format() {
        return reader.format();
    }

    @Override
    public Optional<SensorSize> size() {
        return reader.size();
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
    public double progress() {
        return reader.progress();
    }

    @Override
    public List<String> warnings() {
        return reader.warnings();
    }

    @Override
    public List<String> notes() {
        return reader.notes();
    }

    @Override
    public void close() throws IOException {
        line.erase();
        reader.close();
    }
}
