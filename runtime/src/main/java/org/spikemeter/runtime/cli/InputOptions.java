package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.spikemeter.dvs.binning.Binning;
import org.spikemeter.dvs.pixel.DvsStepSource;
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

/** Options about what is fed to the network. */
final class InputOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--steps", paramLabel = "N",
        description = "Steps to run at most (frames: 68; .npz and recordings: all there are).")
    private Integer steps;

    @Mixin
    private FrameOptions frameOptions;

    @Option(names = "--bin", paramLabel = "time:T|count:N|parts:N|frames",
        description = "Recording: what makes a step: a time, a number of events, a part of the whole, or what is"
            + " between two of its image frames (parts:68, or as many as --steps).")
    private String bin;

    @Mixin
    private GridOptions gridOptions;

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
        frameOptions.check();
        final Inputs.Kind kind = path == null ? Inputs.Kind.FRAMES
            : eventOptions.hasFormat() ? Inputs.Kind.RECORDING : Inputs.kind(path);
        if (kind == Inputs.Kind.RECORDING) {
            frameOptions.refuse(path, "is a recording of events");
            return Recordings.open(() -> eventOptions.open(path), network, recordingSteps());
        }
        if (bin != null || gridOptions.isAnyGiven() || eventOptions.isAnyGiven()) {
            throw new ParameterException(spec.commandLine(), "--bin, --repeated, --fit, --format, --size,"
                + " --origin, --time, --crop, --flip, --transpose and --filter are about recordings of events; "
                + (path == null ? "the clip of the program" : path) + " is none");
        }
        if (kind == Inputs.Kind.ARRAY) {
            frameOptions.refuse(path, "is fed as it is");
            return Inputs.openArray(path, network, steps == null ? Integer.MAX_VALUE : steps);
        }
        return openFrames(path, network);
    }

    private Recordings.Steps recordingSteps() {
        final int parts = steps == null ? DvsStepSource.DEFAULT_STEPS : steps;
        final Binning binning;
        try {
            binning = bin == null ? new Binning.Parts(parts) : Binning.parse(bin);
        } catch (final IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), "--bin: " + wrong.getMessage(), wrong);
        }
        return new Recordings.Steps(binning, gridOptions.repeated(), gridOptions.fit(),
            steps == null ? Integer.MAX_VALUE : steps, eventOptions.from(), eventOptions.to());
    }

    private Input openFrames(final Path path, final Network network) throws IOException {
        final Inputs.Sensor sensor = frameOptions.sensor();
        final int window = steps == null ? DvsStepSource.DEFAULT_STEPS : steps;
        return path == null
            ? Inputs.openFrames(Embedded.clip(), Embedded.CLIP + " (comes with the program)", network, sensor, window)
            : Inputs.openFrames(path, path.toString(), network, sensor, window);
    }
}
