package org.spikemeter.runtime.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.runtime.recording.EventCopy;
import org.spikemeter.runtime.recording.RecordingOpener;
import org.spikemeter.runtime.report.Units;
import picocli.CommandLine;

/** Writes every input's events as planned: those that fail are told of, the others are done. */
final class CopyRun {
    private static final double NANOS = 1e9;

    private final PrintWriter out;
    private final PrintWriter err;
    private final EventCopy copy;
    private final List<OutputOptions.Job> jobs;
    private final long startNanos = System.nanoTime();
    private int done;
    private long events;
    private long micros;
    private long bytes;

    private CopyRun(final CommandLine command, final OutputOptions.Plan plan, final RecordingOpener opener) {
        this.out = command.getOut();
        this.err = command.getErr();
        this.jobs = plan.jobs();
        this.copy = new EventCopy(input -> EventProgress.over(opener.open(input), err), plan.format());
    }

    /**
     * Does the work.
     *
     * @return 0 where all inputs were written, else 1
     */
    static int run(final CommandLine command, final OutputOptions.Plan plan, final RecordingOpener opener) {
        return new CopyRun(command, plan, opener).run();
    }

    private int run() {
        int code = 0;
        for (int i = 0; i < jobs.size(); i++) {
            try {
                add(jobs.get(i));
            } catch (final IOException | UncheckedIOException | IllegalArgumentException e) {
                code = Spikemeter.failed(err, e);
            }
        }
        if (done > 0) {
            report();
        }
        return code;
    }

    private void add(final OutputOptions.Job job) throws IOException {
        final EventCopy.Copied copied = job.target() == null ? toStandardOutput(job.input())
            : copy.toFile(job.input(), job.target());
        for (final String warning : copied.warnings()) {
            err.println("warning: " + warning);
        }
        for (final String note : copied.notes()) {
            err.println(job.input() + ": " + note);
        }
        if (copied.foundSize().isPresent()) {
            final SensorSize found = copied.foundSize().get();
            err.println("warning: " + job.input() + ": the size of the sensor is not in it, " + found
                + " taken from its events (--size gives it)");
        }
        done++;
        events += copied.events();
        micros += copied.durationMicros();
        bytes += copied.bytes();
    }

    /** What goes there are bytes, not the text that the command's own output takes. */
    private EventCopy.Copied toStandardOutput(final Path input) throws IOException {
        try (FileOutputStream stream = new FileOutputStream(FileDescriptor.out)) {
            return copy.toStream(input, stream, "standard output");
        }
    }

    private void report() {
        final OutputOptions.Job first = jobs.getFirst();
        final String what = jobs.size() > 1
            ? done + " of " + jobs.size() + " recordings in " + first.target().getParent()
            : first.target() == null ? first.input().toString() : first.target().toString();
        final double seconds = (System.nanoTime() - startNanos) / NANOS;
        (first.target() == null ? err : out).println(what + ": " + Units.grouped(events) + " events, "
            + Units.duration(micros) + ", " + Units.bytes(bytes) + ", " + Units.eventRate(events / seconds));
    }
}
