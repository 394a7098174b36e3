package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.io.AtomicFile;
import org.spikemeter.runtime.picture.EventMap;
import org.spikemeter.runtime.picture.PictureScale;
import org.spikemeter.runtime.picture.PreviewPicture;
import org.spikemeter.runtime.picture.PreviewVideo;
import org.spikemeter.runtime.recording.SizedRecording;
import org.spikemeter.runtime.report.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A recording of events to look at. */
@Command(name = "preview", description = {
    "Draw a recording of events as video (.mp4) or as one picture (.png): ON blue, OFF orange.",
    "A frame of video shows each pixel's last event in its time; a picture, how many there are."})
final class PreviewCommand implements Callable<Integer> {
    private static final double USUAL_FPS = 30.0;
    private static final double MAX_FPS = 1000.0;
    /** Fewer frames than that are over before one has seen them. */
    private static final int FEW_FRAMES = 30;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "EVENTS", description = "Recording.")
    private Path input;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "FILE", description = "Video or picture.")
    private Path output;

    @Option(names = "--fps", paramLabel = "N", description = "Frames a second of the video (30).")
    private Double fps;

    @Option(names = "--speed", paramLabel = "X", description = "Speed of the video; 0.1 is slow motion (1).")
    private Double speed;

    @Option(names = "--window", paramLabel = "TIME", converter = Choices.MicrosConverter.class,
        description = "Time of events that a frame, or the picture of --at, shows, in us or with its unit (a frame's).")
    private Long windowMicros;

    @Option(names = "--at", paramLabel = "TIME", converter = Choices.MicrosConverter.class,
        description = "Picture of this moment alone, counted from the first event, in us or with its unit.")
    private Long atMicros;

    @Option(names = "--scale", paramLabel = "N",
        description = "Draw each pixel as N x N (so many that the longer side has 480).")
    private Integer scale;

    @Mixin
    private EventOptions events;

    @Override
    public Integer call() throws IOException {
        check();
        if (isVideo()) {
            writeVideo();
        } else {
            writePicture();
        }
        return 0;
    }

    private boolean isVideo() {
        return output.toString().toLowerCase(Locale.ROOT).endsWith(".mp4");
    }

    private void check() throws IOException {
        if (!isVideo() && !output.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw wrong("-o " + output + ": expected a name that ends in .mp4 or .png");
        }
        if (isVideo() && atMicros != null) {
            throw wrong("--at is about a picture (.png)");
        }
        if (!isVideo() && (fps != null || speed != null)) {
            throw wrong("--fps and --speed are about video (.mp4)");
        }
        if (!isVideo() && atMicros == null && windowMicros != null) {
            throw wrong("--window of a picture is about --at; without it, the picture shows all events");
        }
        if (windowMicros != null && windowMicros < 1) {
            throw wrong("--window: expected at least 1us");
        }
        requirePositive("--fps", fps, MAX_FPS);
        requirePositive("--speed", speed, Double.MAX_VALUE);
        if (scale != null && (scale < 1 || scale > PictureScale.MAX_SIDE)) {
            throw wrong("--scale is " + scale + ": expected 1 to " + PictureScale.MAX_SIDE);
        }
        new Targets(spec.commandLine(), List.of(input)).add("-o", output);
        AtomicFile.requireWritable(output);
    }

    private void requirePositive(final String option, final Double value, final double most) {
        if (value != null && !(value > 0 && value <= most)) {
            throw wrong(option + " is " + value + ": expected a number above 0"
                + (most < Double.MAX_VALUE ? ", up to " + most : ""));
        }
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private EventReader open(final Path path) throws IOException {
        return EventProgress.over(events.open(path), spec.commandLine().getErr());
    }

    private int scale(final SensorSize area) {
        return scale == null ? PictureScale.usual(area) : scale;
    }

    private void writeVideo() throws IOException {
        try (SizedRecording recording = SizedRecording.open(input, this::open)) {
            final EventReader reader = recording.reader();
            final SensorSize area = recording.area();
            final PreviewVideo video = new PreviewVideo(reader, area, scale(area), fps == null ? USUAL_FPS : fps,
                speed == null ? 1.0 : speed, windowMicros == null ? 0 : windowMicros);
            video.write(output);
            warn(reader.warnings());
            if (video.lateEvents() > 0) {
                warn(List.of(reader.name() + ": events that came after the frame of their time, not shown: "
                    + Units.grouped(video.lateEvents())));
            }
            spec.commandLine().getOut().println(output + ": " + Units.grouped(video.frames()) + " frames of "
                + video.width() + " x " + video.height() + ", " + Units.grouped(video.events()) + " events"
                + (video.frames() < FEW_FRAMES ? " (a lower --speed makes more frames)" : ""));
        }
    }

    private void writePicture() throws IOException {
        final long window = windowMicros == null ? Math.round(1e6 / USUAL_FPS) : windowMicros;
        final Optional<PreviewPicture.Moment> moment =
            Optional.ofNullable(atMicros).map(at -> new PreviewPicture.Moment(at, window));
        try (EventReader reader = open(input)) {
            final PreviewPicture picture = PreviewPicture.of(reader, moment);
            final int scale = scale(picture.area());
            EventMap.of(picture.counts(), picture.area(), scale).writePng(output);
            warn(reader.warnings());
            spec.commandLine().getOut().println(output + ": " + picture.area().width() * scale + " x "
                + picture.area().height() * scale + ", " + Units.grouped(picture.events()) + " events");
        }
    }

    private void warn(final List<String> warnings) {
        warnings.forEach(warning -> spec.commandLine().getErr().println("warning: " + warning));
    }
}
