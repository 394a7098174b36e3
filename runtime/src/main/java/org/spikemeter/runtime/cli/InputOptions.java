package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.pixel.DvsStepSource;
import org.spikemeter.dvs.pixel.FirstFrame;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.engine.network.Network;
import org.spikemeter.runtime.input.Embedded;
import org.spikemeter.runtime.input.Input;
import org.spikemeter.runtime.input.Inputs;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options about what is fed to the network. Those of the sensor are null where they were not given. */
final class InputOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--steps", paramLabel = "N",
        description = "Steps to run at most (frames: 68; .npz: all there are).")
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
        if (path != null && Inputs.isArray(path)) {
            if (sens != null || grey != null || firstFrame != null) {
                throw new ParameterException(spec.commandLine(), "--sens, --grey and --first-frame are about the"
                    + " sensor; " + path + " is fed as it is");
            }
            return Inputs.openArray(path, network, steps == null ? Integer.MAX_VALUE : steps);
        }
        final Inputs.Sensor sensor = new Inputs.Sensor(
            sens == null ? FrameDifferenceSensor.DEFAULT_SENS : sens, grey == null ? GreyMode.FLOAT : grey,
            firstFrame == null ? FirstFrame.FLOAT : firstFrame);
        final int window = steps == null ? DvsStepSource.DEFAULT_STEPS : steps;
        return path == null
            ? Inputs.openFrames(Embedded.clip(), Embedded.CLIP + " (comes with the program)", network, sensor, window)
            : Inputs.openFrames(path, path.toString(), network, sensor, window);
    }
}
