package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.io.AtomicFile;
import org.spikemeter.runtime.picture.EventMap;
import org.spikemeter.runtime.picture.PictureScale;
import org.spikemeter.runtime.recording.RecordingStatistics;
import org.spikemeter.runtime.report.RecordingReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What recordings of events hold. */
@Command(name = "info", description =
    "Show what recordings of events hold: format, size, time, events, rate, pixels that fire too much.")
final class InfoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "EVENTS", description = "Recordings; of several, a line each.")
    private List<Path> inputs;

    @Mixin
    private EventOptions events;

    @Mixin
    private JsonOption json;

    @Option(names = "--picture", paramLabel = "FILE.png",
        description = "Draw where the events are and, beneath, when: ON blue, OFF orange.")
    private Path picture;

    @Override
    public Integer call() throws IOException {
        if (picture != null && inputs.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--picture shows one recording, found " + inputs.size());
        }
        new Targets(spec.commandLine(), inputs).add("--json", json.file()).add("--picture", picture);
        if (picture != null && !picture.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new ParameterException(spec.commandLine(), "--picture " + picture
                + ": expected a name ending in .png");
        }
        json.check();
        if (picture != null) {
            AtomicFile.requireWritable(picture);
        }
        return inputs.size() == 1 ? one() : many();
    }

    private int one() throws IOException {
        final RecordingStatistics recording = read(inputs.getFirst());
        if (picture != null) {
            draw(recording);
        }
        json.publish(
            spec.commandLine().getOut(), RecordingReport.lines(recording), RecordingReport.json(recording));
        return 0;
    }

    /** Those that cannot be read are told of; the others are shown. */
    private int many() throws IOException {
        final RecordingReport.Listing listing = new RecordingReport.Listing();
        int read = 0;
        int code = 0;
        for (final Path input : inputs) {
            try {
                listing.add(read(input));
                read++;
            } catch (final IOException | UncheckedIOException | IllegalArgumentException e) {
                code = Spikemeter.failed(spec.commandLine().getErr(), e);
            }
        }
        if (read > 0) {
            json.publish(spec.commandLine().getOut(), listing.lines(), listing.json());
        }
        return code;
    }

    private RecordingStatistics read(final Path input) throws IOException {
        final PrintWriter err = spec.commandLine().getErr();
        try (EventReader reader = EventProgress.over(events.open(input), err)) {
            final RecordingStatistics statistics = RecordingStatistics.of(reader);
            statistics.warnings().forEach(warning -> err.println("warning: " + warning));
            return statistics;
        }
    }

    private void draw(final RecordingStatistics recording) throws IOException {
        final SensorSize area = recording.size().orElseThrow(
            () -> new FormatException(recording.name() + ": no events to draw, expected at least one"));
        EventMap.withRate(recording.pixels(), area, PictureScale.usual(area), recording.rate()).writePng(picture);
    }
}
