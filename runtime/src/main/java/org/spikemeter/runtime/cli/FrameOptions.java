package org.spikemeter.runtime.cli;

import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.pixel.FirstFrame;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.runtime.input.Inputs;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options about the paper's sensor, which frames go through; null where they were not given. */
final class FrameOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--sens", paramLabel = "D",
        description = "Sensor: change of grey that makes an event, where white is 1 (0.001).")
    private Float sens;

    @Option(names = "--grey", paramLabel = "float|8bit", converter = Choices.GreyConverter.class,
        description = "Sensor: resolution of grey (float).")
    private GreyMode grey;

    @Option(names = "--first-frame", paramLabel = "float|spikes", converter = Choices.FirstFrameConverter.class,
        description = "Sensor: step 0 carries the first frame as it is (float), or nothing.")
    private FirstFrame firstFrame;

    /** Checks what can be checked without an input. */
    void check() {
        checkSens(spec.commandLine(), sens);
    }

    /** Refuses a threshold that the sensor could not have; null is none. */
    static void checkSens(final CommandLine command, final Float sens) {
        if (sens != null && !(sens >= 0 && sens <= Float.MAX_VALUE)) {
            throw new ParameterException(command, "--sens is " + sens + ": expected a finite number, at least 0");
        }
    }

    /**
     * Refuses the options where there is no sensor.
     *
     * @param what what the input is instead
     */
    void refuse(final Object input, final String what) {
        if (sens != null || grey != null || firstFrame != null) {
            throw new ParameterException(spec.commandLine(), "--sens, --grey and --first-frame are about the sensor; "
                + input + " " + what);
        }
    }

    /** The sensor as it was asked for. */
    Inputs.Sensor sensor() {
        return new Inputs.Sensor(
            sens == null ? FrameDifferenceSensor.DEFAULT_SENS : sens, grey == null ? GreyMode.FLOAT : grey,
            firstFrame == null ? FirstFrame.FLOAT : firstFrame);
    }
}
