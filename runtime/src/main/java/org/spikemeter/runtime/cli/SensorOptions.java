package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.frame.FrameSource;
import org.spikemeter.dvs.frame.FrameSources;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options about a simulated sensor that gives events with times. Null where they were not given. */
final class SensorOptions {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})[xX](\\d{1,6})");
    private static final double USUAL_FPS = 30.0;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--sensor", paramLabel = "paper", defaultValue = "paper",
        description = "Model of the pixel: the paper's frame difference (paper).")
    private String model;

    @Option(names = "--sens", paramLabel = "D",
        description = "Change of grey that makes an event, where white is 1 (0.001).")
    private Float sens;

    @Option(names = "--grey", paramLabel = "float|8bit", converter = Choices.GreyConverter.class,
        description = "Resolution of grey (float).")
    private GreyMode grey;

    @Option(names = "--size", paramLabel = "WxH", description = "Columns and rows of the sensor (the video's).")
    private String size;

    @Option(names = "--fps", paramLabel = "N", description = "Frames a second (30).")
    private Double fps;

    /**
     * Checks what can be known before a video is opened.
     *
     * @throws ParameterException where an option makes no sense
     */
    void check() {
        if (!model.equals("paper")) {
            throw wrong("--sensor is " + model + ": expected paper");
        }
        if (sens != null && !(sens >= 0 && sens <= Float.MAX_VALUE)) {
            throw wrong("--sens is " + sens + ": expected a finite number, at least 0");
        }
        if (fps != null && !(fps > 0 && fps <= 1e6)) {
            throw wrong("--fps is " + fps + ": expected a number above 0, up to 1000000");
        }
        if (size != null) {
            size();
        }
    }

    private SensorSize size() {
        final Matcher sides = SIZE.matcher(size);
        if (!sides.matches()) {
            throw wrong("--size is " + size + ": expected columns and rows, such as 346x260");
        }
        final long width = Long.parseLong(sides.group(1));
        final long height = Long.parseLong(sides.group(2));
        if (!SensorSize.isPossible(width, height)) {
            throw wrong("--size is " + size + ": expected sides of 1 to " + SensorSize.LARGEST.width());
        }
        return new SensorSize((int) width, (int) height);
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /**
     * Opens a video as events.
     *
     * @throws IOException where it is no video, or cannot be read
     */
    EventReader open(final Path video) throws IOException {
        if (!Files.exists(video)) {
            throw new NoSuchFileException(video.toString());
        }
        final FrameSource frames = FrameSources.open(video, grey == null ? GreyMode.FLOAT : grey);
        final SensorSize area = size == null ? new SensorSize(frames.width(), frames.height()) : size();
        return new FrameDifferenceReader(frames, area, sens == null ? FrameDifferenceSensor.DEFAULT_SENS : sens,
            fps == null ? USUAL_FPS : fps);
    }
}
