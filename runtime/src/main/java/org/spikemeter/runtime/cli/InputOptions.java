package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.spikemeter.dvs.binning.Binning;
import org.spikemeter.dvs.binning.Fit;
import org.spikemeter.dvs.binning.Repeated;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.pixel.DvsStepSource;
import org.spikemeter.dvs.pixel.FirstFrame;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.engine.network.Network;
import org.spikemeter.runtime.input.Embedded;
import org.spikemeter.runtime.input.Input;
import org.spikemeter.runtime.input.Inputs;
import org.spikemeter.runtime.input.Recordings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options about what is fed to the network. Those of the sensor are null where they were not given. */
final class InputOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--steps", paramLabel = "N",
        description = "Steps to run at most (frames: 68; .npz and recordings: all there are).")
    private Integer steps;

    @Option(names = "--sens", paramLabel = "D",
        description = "Sensor: change of grey that makes an event, where white is 1 (0.001).")
    private Float sens;

    @Option(names = "--grey", paramLabel = "float|8bit", converter = Choices.GreyConverter.class,
        description = "Sensor: resolution of grey (float).")
    private GreyMode grey;

    @Option(names = "--first-frame", paramLabel = "float|spikes", converter = Choices.FirstFrameConverter.class,
        description = "Sensor: step 0 carries the first frame as it is (float), or nothing.")
    private FirstFrame firstFrame;

    @Option(names = "--bin", paramLabel = "time:T|count:N|parts:N|frames",
        description = "Recording: what makes a step: a time, a number of events, a part of the whole, or what is"
            + " between two of its image frames (parts:68, or as many as --steps).")
    private String bin;

    @Option(names = "--repeated", paramLabel = "clamp|count", converter = Choices.RepeatedConverter.class,
        description = "Recording: several events of one pixel and polarity in a step are one of value 1 (clamp), or of"
            + " their number, which multiplies.")
    private Repeated repeated;

    @Option(names = "--fit", paramLabel = "stretch|crop", converter = Choices.FitConverter.class,
        description = "Recording: the whole sensor is scaled to the network's input (stretch), or its middle part of"
            + " the same proportions.")
    private Fit fit;

    @Mixin
    private EventOptions eventOptions;

    /**
     * Opens the input.
     *
     * @param path null for the clip that comes with the program
     * @throws ParameterException where options do not go with the input
     */
    Input open(final Path path, final Network network) throws IOException {
        if (steps != null && steps < 1) {
            throw new ParameterException(spec.commandLine(), "--steps is " + steps + ": expected at least 1");
        }
        if (sens != null && !(sens >= 0 && sens <= Float.MAX_VALUE)) {
            throw new ParameterException(spec.commandLine(), "--sens is " + sens
                + ": expected a finite number, at least 0");
        }
        final Inputs.Kind kind = path == null ? Inputs.Kind.FRAMES
            : eventOptions.hasFormat() ? Inputs.Kind.RECORDING : Inputs.kind(path);
        if (kind == Inputs.Kind.RECORDING) {
            refuseSensor(path, "is a recording of events");
            return Recordings.open(() -> eventOptions.open(path), network, recordingSteps());
        }
        if (bin != null || repeated != null || fit != null || eventOptions.isAnyGiven()) {
            throw new ParameterException(spec.commandLine(), "--bin, --repeated, --fit, --format, --size,"
                + " --origin, --time, --crop, --flip, --transpose and --filter are about recordings of events; "
                + (path == null ? "the clip of the program" : path) + " is none");
        }
        if (kind == Inputs.Kind.ARRAY) {
            refuseSensor(path, "is fed as it is");
            return Inputs.openArray(path, network, steps == null ? Integer.MAX_VALUE : steps);
        }
        return openFrames(path, network);
    }

    private void refuseSensor(final Path path, final String what) {
        if (sens != null || grey != null || firstFrame != null) {
            throw new ParameterException(spec.commandLine(), "--sens, --grey and --first-frame are about the sensor; "
                + path + " " + what);
        }
    }

    private Recordings.Steps recordingSteps() {
        final int parts = steps == null ? DvsStepSource.DEFAULT_STEPS : steps;
        final Binning binning;
        try {
            binning = bin == null ? new Binning.Parts(parts) : Binning.parse(bin);
        } catch (final IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), "--bin: " + wrong.getMessage(), wrong);
        }
        return new Recordings.Steps(binning, repeated == null ? Repeated.CLAMP : repeated,
            fit == null ? Fit.STRETCH : fit, steps == null ? Integer.MAX_VALUE : steps, eventOptions.from(),
            eventOptions.to());
    }

    private Input openFrames(final Path path, final Network network) throws IOException {
        final Inputs.Sensor sensor = new Inputs.Sensor(
            sens == null ? FrameDifferenceSensor.DEFAULT_SENS : sens, grey == null ? GreyMode.FLOAT : grey,
            firstFrame == null ? FirstFrame.FLOAT : firstFrame);
        final int window = steps == null ? DvsStepSource.DEFAULT_STEPS : steps;
        return path == null
            ? Inputs.openFrames(Embedded.clip(), Embedded.CLIP + " (comes with the program)", network, sensor, window)
            : Inputs.openFrames(path, path.toString(), network, sensor, window);
    }
}
