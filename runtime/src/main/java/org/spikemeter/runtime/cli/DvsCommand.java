package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Video as recordings of events. */
@Command(name = "dvs", description = {
    "Turn video into recordings of events, by a simulated sensor.",
    "Ends with the number of events, their time, the bytes written, and events a second of work."})
final class DvsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "VIDEO",
        description = "Videos, folders of images, .npy of frames [T, H, W].")
    private List<Path> inputs;

    @Mixin
    private OutputOptions output;

    @Mixin
    private SensorOptions sensor;

    @Override
    public Integer call() throws IOException {
        sensor.check();
        return CopyRun.run(spec.commandLine(), output.plan(inputs), sensor::open);
    }
}
