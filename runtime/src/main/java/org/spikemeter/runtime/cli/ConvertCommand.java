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

/** Recordings of events in another format. */
@Command(name = "convert", description = {
    "Write recordings of events in another format.",
    "Ends with the number of events, their time, the bytes written, and events a second of work."})
final class ConvertCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "EVENTS", description = "Recordings.")
    private List<Path> inputs;

    @Mixin
    private OutputOptions output;

    @Mixin
    private EventOptions events;

    @Override
    public Integer call() throws IOException {
        return CopyRun.run(spec.commandLine(), output.plan(inputs), events::open);
    }
}
