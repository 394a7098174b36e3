package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.runtime.input.Input;
import org.spikemeter.runtime.report.VerifyReport;
import org.spikemeter.runtime.spikes.SpikeComparison;
import org.spikemeter.runtime.spikes.SpikeReference;
import org.spikemeter.runtime.spikes.Trace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Every spike beside a reference. */
@Command(name = "verify", description = {
    "Run a network and compare every spike with a reference.",
    "Exit code 1 where more than the tolerance differ."})
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NETWORK", description = "Network (.json, .nir, .onnx).")
    private Path networkFile;

    @Mixin
    private NetworkOptions networkOptions;

    @Parameters(index = "1", arity = "0..1", paramLabel = "INPUT",
        description = "What the reference was made from, as in 'run'; without it, the clip of 'run'.")
    private Path path;

    @Option(names = "--trace", paramLabel = "FILE.csv",
        description = "A trace of one neuron instead: lines of input, potential, spike; the potential within 1e-5.")
    private Path trace;

    @Option(names = "--reference", paramLabel = "FILE.npz",
        description = "Spikes: an array a layer of neurons, by name or in order, packed bits or not.")
    private Path referenceFile;

    @Option(names = "--tolerance", paramLabel = "RATE", defaultValue = "1e-5",
        description = "Differences a reference spike that are let pass (${DEFAULT-VALUE}).")
    private double tolerance;

    @Mixin
    private InputOptions inputOptions;

    @Mixin
    private JsonOption json;

    @Mixin
    private SimulationOptions simulation;

    @Override
    public Integer call() throws IOException {
        if (!(tolerance >= 0)) {
            throw new ParameterException(spec.commandLine(), "--tolerance is " + tolerance + ": expected at least 0");
        }
        new Targets(spec.commandLine(), Arrays.asList(networkFile, path, trace, referenceFile))
            .add("--json", json.file());
        json.check();
        if ((trace == null) == (referenceFile == null)) {
            throw new ParameterException(spec.commandLine(), "expected --reference or --trace, one of the two");
        }
        if (trace != null) {
            return verifyTrace();
        }
        final Network network = networkOptions.read(networkFile).network();
        final SpikeReference reference = SpikeReference.read(referenceFile, network);
        final SpikeComparison comparison = new SpikeComparison(network, reference);
        try (Input input = inputOptions.open(path, network);
            Simulator simulator = new Simulator(simulation.context(network).recordCurrents(true))) {
            final StepSource source =
                ProgressBar.over(input.source(), spec.commandLine().getErr(), input.maxSteps());
            final StepEvents events = new StepEvents(source.shape());
            while (source.next(events)) {
                if (comparison.steps() == reference.steps()) {
                    throw stepsDiffer(input, "more than ", reference);
                }
                simulator.step(events);
                comparison.step(simulator);
            }
            if (comparison.steps() < reference.steps()) {
                throw stepsDiffer(input, comparison.steps() + " steps, not ", reference);
            }
        }
        json.publish(spec.commandLine().getOut(),
            VerifyReport.lines(network, referenceFile.toString(), comparison, tolerance),
            VerifyReport.json(network, referenceFile.toString(), comparison, tolerance));
        return comparison.rate() <= tolerance ? 0 : 1;
    }

    private int verifyTrace() throws IOException {
        final Network network = networkOptions.read(networkFile).network();
        final Trace result = Trace.compare(trace, network);
        json.publish(spec.commandLine().getOut(), VerifyReport.lines(network, trace.toString(), result),
            VerifyReport.json(network, trace.toString(), result));
        return VerifyReport.holds(result) ? 0 : 1;
    }

    private FormatException stepsDiffer(final Input input, final String found, final SpikeReference reference) {
        return new FormatException(input.name() + ": has " + found + "the " + reference.steps() + " steps of "
            + referenceFile);
    }
}
