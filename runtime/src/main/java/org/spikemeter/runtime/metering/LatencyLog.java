package org.spikemeter.runtime.metering;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * A histogram log, as the tools of HdrHistogram read it: a line for each meter and interval, with the meter's name as
 * tag. Values are in nanoseconds; the column for people, the highest of a line, is in milliseconds. Flushed after each
 * interval, so that a run that is interrupted leaves a log that can be read up to there.
 */
final class LatencyLog implements AutoCloseable {
    private final Path file;
    private final PrintStream out;
    private final HistogramLogWriter writer;

    /**
     * Creates the file, or replaces it.
     *
     * @param startMillis wall clock when measuring began
     * @throws IOException where it cannot be written
     */
    LatencyLog(final Path file, final String comment, final long startMillis) throws IOException {
        this.file = file;
        this.out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8);
        this.writer = new HistogramLogWriter(out);
        writer.outputComment("[" + comment + "; nanoseconds]");
        writer.outputLogFormatVersion();
        writer.outputStartTime(startMillis);
        writer.setBaseTime(startMillis);
        writer.outputLegend();
        flush();
    }

    void write(final Histogram interval) {
        writer.outputIntervalHistogram(interval);
    }

    /**
     * Ends the lines of an interval.
     *
     * @throws IOException where the disk is full, or fails
     */
    void flush() throws IOException {
        if (out.checkError()) {
            throw new IOException(file + ": the latency log cannot be written");
        }
    }

    @Override
    public void close() {
        out.close();
    }
}
