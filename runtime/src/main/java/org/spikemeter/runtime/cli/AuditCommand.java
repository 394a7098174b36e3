package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.engine.network.Network;
import org.spikemeter.runtime.audit.Audit;
import org.spikemeter.runtime.audit.AuditedClip;
import org.spikemeter.runtime.audit.Claim;
import org.spikemeter.runtime.audit.ClipAuditor;
import org.spikemeter.runtime.audit.ClipRecording;
import org.spikemeter.runtime.input.Embedded;
import org.spikemeter.runtime.input.Input;
import org.spikemeter.runtime.input.Labels;
import org.spikemeter.runtime.report.AuditJson;
import org.spikemeter.runtime.report.AuditReport;
import org.spikemeter.runtime.report.AuditText;
import org.spikemeter.runtime.report.PaperText;
import org.spikemeter.runtime.run.SideBySide;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A claim, every convention, every price model, a verdict. */
@Command(name = "audit", description = {
    "Hold an energy claim against what clips show: every convention, every price model, a verdict.",
    "Without INPUT, the clip of 'run'."})
final class AuditCommand implements Callable<Integer> {
    private static final String DEFAULT_CLAIM = "0.41mJ";

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "INPUT", description = "Clips, as in 'run', all of as many steps.")
    private List<Path> paths;

    @Mixin
    private ChosenNetwork chosenNetwork;

    @Option(names = "--claim", paramLabel = "ENERGY", defaultValue = DEFAULT_CLAIM,
        description = "What is claimed a clip, with its unit (${DEFAULT-VALUE}, the paper's).")
    private String claimText;

    @Option(names = "--paper", description = "Derive the paper's Table II from its topology alone; runs nothing.")
    private boolean paper;

    @Mixin
    private InputOptions inputOptions;

    @Option(names = "--labels", paramLabel = "FILE.tsv", description = "True labels: clip, tab, label.")
    private Path labels;

    @Option(names = "--energy", paramLabel = "NAME|FILE",
        description = "A price model beside those that come with the program; may be given several times.")
    private List<String> energy;

    @Option(names = "--report", paramLabel = "DIR",
        description = "Write a page (report.html) and its data (.csv, .json) into this folder.")
    private Path report;

    @Mixin
    private JsonOption json;

    @Mixin
    private SimulationOptions simulation;

    @Mixin
    private QuantisationOptions quantisationOptions;

    private volatile ClipRecording first;

    private List<Path> inputFiles() {
        final List<Path> files = new ArrayList<>(paths == null ? List.of() : paths);
        files.add(chosenNetwork.file());
        return files;
    }

    @Override
    public Integer call() throws IOException {
        if (paper) {
            json.publish(spec.commandLine().getOut(), PaperText.lines(), PaperText.json());
            return 0;
        }
        final Claim claim = claim();
        final List<PriceModel> models = new ArrayList<>(PriceModels.all());
        for (final String model : energy == null ? List.<String>of() : energy) {
            final PriceModel added = EnergyOption.model(spec.commandLine(), model);
            if (models.stream().noneMatch(known -> known.name().equals(added.name()))) {
                models.add(added);
            }
        }
        new Targets(spec.commandLine(), inputFiles()).add("--json", json.file());
        json.check();
        if (report != null) {
            AuditReport.requireWritable(report);
        }
        final Network network = chosenNetwork.read();
        final Audit audit = new Audit(network, claim, clips(network), models);
        if (report != null) {
            AuditReport.write(report, audit, first, spec.commandLine().getParseResult().originalArgs());
        }
        json.publish(spec.commandLine().getOut(), AuditText.lines(audit, report), AuditJson.of(audit));
        return 0;
    }

    private Claim claim() {
        try {
            return Claim.of(claimText);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--claim: " + e.getMessage(), e);
        }
    }

    private List<AuditedClip> clips(final Network network) throws IOException {
        final List<Path> inputs = new ArrayList<>();
        if (paths == null) {
            inputs.add(null);
        } else {
            inputs.addAll(paths);
        }
        final List<Optional<String>> expected = new ArrayList<>();
        for (final Path path : inputs) {
            final String clip = path == null ? Embedded.CLIP : path.getFileName().toString();
            expected.add(labels == null ? Optional.empty() : Optional.of(Labels.expected(labels, clip, network)));
        }
        final int atOnce = simulation.clipsAtOnce(inputs.size());
        final ClipAuditor auditor = new ClipAuditor(
            network, () -> simulation.context(network, atOnce), quantisationOptions.quantisation());
        final List<SideBySide.Task<AuditedClip>> tasks = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            final Path input = inputs.get(i);
            final Optional<String> label = expected.get(i);
            final boolean isFirst = i == 0;
            tasks.add(() -> audit(network, auditor, input, label, isFirst, atOnce));
        }
        final List<AuditedClip> clips = new ArrayList<>();
        SideBySide.run(tasks, atOnce, clip -> {
            clips.add(clip);
            clip.recording().ifPresent(binned -> binned.warnings().forEach(
                what -> spec.commandLine().getErr().println("warning: " + what)));
            if (clip.steps() != clips.getFirst().steps()) {
                throw new FormatException(clip.name() + ": has " + clip.steps() + " steps, "
                    + clips.getFirst().name() + " has " + clips.getFirst().steps()
                    + "; expected as many in every clip (--steps cuts them)");
            }
            if (atOnce > 1) {
                ProgressBar.count(clips.size(), inputs.size(), "clips", spec.commandLine().getErr());
            }
        });
        return clips;
    }

    private AuditedClip audit(
        final Network network, final ClipAuditor auditor, final Path path, final Optional<String> expected,
        final boolean isFirst, final int atOnce) throws IOException {
        try (Input input = inputOptions.open(path, network)) {
            // clips side by side would write over each other's bars
            final StepSource source = atOnce > 1 ? input.source()
                : ProgressBar.over(input.source(), spec.commandLine().getErr(), input.maxSteps());
            final AuditedClip clip =
                auditor.audit(input.name(), expected, source, isFirst ? recording -> first = recording : null);
            if (input.isEmpty(clip.steps())) {
                throw new FormatException(input.nothing());
            }
            return input.recording().map(clip::of).orElse(clip);
        }
    }
}
