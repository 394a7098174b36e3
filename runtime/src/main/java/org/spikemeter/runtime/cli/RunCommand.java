package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.convention.Convention;
import org.spikemeter.engine.convention.Conventions;
import org.spikemeter.engine.energy.EnergyEstimate;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.engine.integer.Quantisation;
import org.spikemeter.engine.io.AtomicFile;
import org.spikemeter.engine.log.EventLogFile;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.PipelinedSimulator;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.engine.simulate.StepRunner;
import org.spikemeter.runtime.input.BinnedRecording;
import org.spikemeter.runtime.input.Embedded;
import org.spikemeter.runtime.input.Input;
import org.spikemeter.runtime.input.Labels;
import org.spikemeter.runtime.report.RunJson;
import org.spikemeter.runtime.report.RunResult;
import org.spikemeter.runtime.report.RunText;
import org.spikemeter.runtime.run.FloatRun;
import org.spikemeter.runtime.run.RunListener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Input, network, label, counts, energy. */
@Command(name = "run", description = {
    "Run a network on a clip: label, exact counts, energy.",
    "Without INPUT, a clip that comes with the program."})
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "INPUT",
        description = "Video, folder of images, .npy of frames [T, H, W], .npz with x [T, C, H, W], or recording of"
            + " events.")
    private Path path;

    @Mixin
    private ChosenNetwork chosenNetwork;

    @Mixin
    private InputOptions inputOptions;

    @Option(names = "--window", description = "Go on through a long clip, one result for every --steps frames.")
    private boolean windowed;

    @Option(names = "--labels", paramLabel = "FILE.tsv", description = "True labels: clip, tab, label.")
    private Path labels;

    @Option(names = "--energy", paramLabel = "NAME|FILE", defaultValue = PriceModels.DEFAULT,
        description = "Price model: a JSON file, or one of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).",
        completionCandidates = EnergyOption.Names.class)
    private String energy;

    @Option(names = "--spikes", paramLabel = "FILE.npz", description = "Write the spikes of all layers.")
    private Path spikesFile;

    @Option(names = "--events-log", paramLabel = "FILE.npz",
        description = "Write input events, spikes and counts, a layer and a step.")
    private Path logFile;

    @Option(names = "--conventions", arity = "0..1", paramLabel = "NAME,...", fallbackValue = ConventionOption.ALL,
        converter = ConventionOption.class,
        description = "Count as others do, too; without names, by all conventions.")
    private List<Convention> conventions;

    @Mixin
    private JsonOption json;

    @Option(names = "--execution", paramLabel = "sequence|pipeline", defaultValue = "sequence",
        converter = Choices.ExecutionConverter.class,
        description = "Layers one after the other, or side by side over rings (sequence).")
    private Choices.Execution execution;

    @Mixin
    private SimulationOptions simulation;

    @Mixin
    private QuantisationOptions quantisationOptions;

    private Network network;
    private PriceModel prices;
    private Optional<String> expected;
    private List<Convention> counted;
    private Quantisation quantisation;
    private RunListener listener;

    @Override
    public Integer call() throws IOException {
        checkOptions();
        network = chosenNetwork.read();
        listener = new RunListener(network, spikesFile != null || logFile != null || !counted.isEmpty()
            || quantisation != null);
        final Simulator.Context context =
            (execution == Choices.Execution.PIPELINE ? simulation.pipeline(network) : simulation.context(network))
                .listener(listener).quantisation(quantisation);
        try (Input input = inputOptions.open(path, network)) {
            if (windowed && input.sensor() == null) {
                throw new ParameterException(spec.commandLine(), "--window is about frames; " + path
                    + (input.recording().isPresent() ? " is a recording of events" : " is fed as it is"));
            }
            expected = labels == null ? Optional.empty() : Optional.of(
                Labels.expected(labels, path == null ? Embedded.CLIP : path.getFileName().toString(), network));
            try (StepRunner runner = execution == Choices.Execution.PIPELINE
                ? new PipelinedSimulator(context) : new Simulator(context)) {
                if (windowed) {
                    runWindows(input, runner);
                } else {
                    runOnce(input, runner);
                }
            }
        }
        return 0;
    }

    private void checkOptions() throws IOException {
        quantisation = quantisationOptions.quantisation();
        final boolean priced = spec.commandLine().getParseResult().hasMatchedOption("--energy");
        prices = EnergyOption.model(spec.commandLine(),
            quantisation == null || priced ? energy : PriceModels.INT8_SUMS);
        counted = conventions == null ? List.of() : conventions;
        if (windowed && (spikesFile != null || logFile != null)) {
            throw new ParameterException(spec.commandLine(),
                "--spikes and --events-log hold one window: leave out --window");
        }
        new Targets(spec.commandLine(), Arrays.asList(path, chosenNetwork.file(), labels)).add("--json", json.file())
            .add("--spikes", spikesFile).add("--events-log", logFile);
        json.check();
        for (final Path file : new Path[] {spikesFile, logFile}) {
            if (file != null) {
                AtomicFile.requireWritable(file);
            }
        }
    }

    private void runOnce(final Input input, final StepRunner runner) throws IOException {
        final RunResult result = run(input, runner, 0);
        if (spikesFile != null) {
            EventLogFile.writeSpikes(spikesFile, listener.log());
        }
        if (logFile != null) {
            EventLogFile.write(logFile, listener.log(), runner.counts());
        }
        json.publish(spec.commandLine().getOut(), RunText.lines(result), RunJson.of(result));
    }

    private void runWindows(final Input input, final StepRunner runner) throws IOException {
        final List<String> text = new ArrayList<>();
        ObjectNode document = null;
        int step = 0;
        do {
            final RunResult result = run(input, runner, step);
            if (document == null) {
                document = RunJson.ofWindows(result);
                text.addAll(RunText.head(result));
            }
            text.add(RunText.windowLine(result));
            RunJson.addToWindows(document, result);
            step += result.steps();
        } while (input.sensor().nextWindow());
        json.publish(spec.commandLine().getOut(), text, document);
    }

    private RunResult run(final Input input, final StepRunner runner, final int firstStep) throws IOException {
        listener.reset();
        final StepSource source = ProgressBar.over(input.source(), spec.commandLine().getErr(), input.maxSteps());
        // two runs want the same input
        final List<StepEvents> kept = quantisation == null ? List.of() : ListStepSource.drain(source);
        final int steps =
            runner.run(quantisation == null ? source : new ListStepSource(network.input(), kept));
        if (input.isEmpty(steps)) {
            throw new FormatException(input.nothing());
        }
        final Optional<BinnedRecording> recording = input.recording();
        recording.ifPresent(binned -> binned.warnings().forEach(this::warn));
        return new RunResult(input.name(), network, runner.describe(), firstStep, steps,
            listener.vote(), expected,
            input.density().map(d -> new RunResult.Density(d.positionDensity(), d.channelDensity())), recording,
            runner.counts(), EnergyEstimate.of(runner.counts(), prices),
            counted.isEmpty() ? List.of() : Conventions.count(listener.log(), counted),
            quantisation == null ? Optional.empty() : Optional.of(
                FloatRun.of(network, simulation.context(network), quantisation, kept, listener.log())));
    }

    private void warn(final String what) {
        spec.commandLine().getErr().println("warning: " + what);
    }
}
