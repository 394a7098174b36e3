package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.spikemeter.runtime.report.InspectReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a network is. */
@Command(name = "inspect", description = "Show a network: layers, shapes, neurons, synapses, dense operations, memory.")
final class InspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NETWORK",
        description = "Network (.json, .nir, .onnx); without it, emotion-plif, which comes with the program.")
    private Path networkFile;

    @Mixin
    private NetworkOptions networkOptions;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        new Targets(spec.commandLine(), Collections.singletonList(networkFile)).add("--json", json.file());
        json.check();
        final InspectReport report =
            new InspectReport(networkOptions.read(networkFile));
        json.publish(spec.commandLine().getOut(), report.lines(), report.json());
        return 0;
    }
}
