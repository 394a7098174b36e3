package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.importer.ImportedNetwork;
import org.spikemeter.engine.importer.NetworkFileWriter;
import org.spikemeter.engine.importer.nir.NirWriter;
import org.spikemeter.engine.io.AtomicFile;
import org.spikemeter.engine.network.Network;
import org.spikemeter.runtime.convert.Conversion;
import org.spikemeter.runtime.input.Input;
import org.spikemeter.runtime.report.ConversionReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A network in another format, or an artificial network as a spiking one. */
@Command(name = "convert-network", description = {
    "Write a network in another format; with --calibrate, an artificial network as a spiking one.",
    "Rectified units become integrate-and-fire neurons with soft reset, by data-based weight normalisation."})
final class ConvertNetworkCommand implements Callable<Integer> {
    private static final String JSON = ".json";
    private static final String NIR = ".nir";
    private static final String LARGEST = "max";
    private static final double ALL = 100.0;
    private static final double USUAL = 99.9;
    private static final int USUAL_SAMPLES = 100;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = "Network (.json, .nir, .onnx).")
    private Path model;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "FILE",
        description = "Where to write it: a network file (.json, the weights beside it as .npz) or a NIR graph (.nir).")
    private Path output;

    @Option(names = "--calibrate", arity = "1..*", paramLabel = "INPUT",
        description = "Convert rectified units: inputs as in 'run', each step of which is a sample.")
    private List<Path> calibration;

    @Option(names = "--evaluate", arity = "1..*", paramLabel = "INPUT",
        description = "Compare both networks on these instead of those of --calibrate.")
    private List<Path> evaluation;

    @Option(names = "--samples", paramLabel = "N",
        description = "Compare both networks on so many samples at most, evenly spaced (100).")
    private Integer maxSamples;

    @Option(names = "--norm", paramLabel = "max|PERCENT",
        description = "The activation that a rate of 1 stands for: the largest, or one that so many percent of those"
            + " above 0 do not exceed (99.9).")
    private String norm;

    @Mixin
    private NetworkOptions networkOptions;

    /** Length of a step in s in a graph that is written. */
    private double dt;

    @Mixin
    private InputOptions inputOptions;

    @Mixin
    private JsonOption json;

    @Mixin
    private SimulationOptions simulation;

    @Override
    public Integer call() throws IOException {
        check();
        dt = isNir() ? networkOptions.takeDtForOutput(model) : 0.0;
        if (calibration == null) {
            final ImportedNetwork imported = networkOptions.read(model);
            imported.warnings().forEach(this::warn);
            write(imported.network());
            return 0;
        }
        final Network artificial = networkOptions.readRectified(model).network();
        final List<StepEvents> calibrating = samples(calibration, artificial);
        final List<StepEvents> evaluating = spread(evaluation == null ? calibrating : samples(evaluation, artificial));
        final Conversion conversion = Conversion.of(artificial, calibrating, percentile(), ProgressBar.over(
            new ListStepSource(artificial.input(), evaluating), spec.commandLine().getErr(), evaluating.size()),
            simulation::context);
        write(conversion.spiking());
        json.publish(spec.commandLine().getOut(), ConversionReport.lines(conversion),
            ConversionReport.json(conversion));
        return 0;
    }

    private void check() throws IOException {
        if (!output.toString().endsWith(JSON) && !isNir()) {
            throw new ParameterException(spec.commandLine(), "--output " + output + ": expected a name that ends in "
                + JSON + " or " + NIR);
        }
        if (calibration == null && (evaluation != null || json.isGiven() || norm != null || maxSamples != null)) {
            throw new ParameterException(spec.commandLine(),
                "--evaluate, --norm, --samples and --json are about --calibrate");
        }
        if (maxSamples != null && maxSamples < 1) {
            throw new ParameterException(spec.commandLine(), "--samples is " + maxSamples + ": expected at least 1");
        }
        percentile();
        json.check();
        AtomicFile.requireWritable(output);
        if (!isNir()) {
            requireOwnWeights();
        }
    }

    /** The weights go beside the network file, under its name: what else is there by this name must stay. */
    private void requireOwnWeights() throws IOException {
        final Path weights = NetworkFileWriter.weights(output);
        AtomicFile.requireWritable(weights);
        final String name = "\"" + weights.getFileName() + "\"";
        if (Files.exists(weights) && !(Files.isRegularFile(output) && Files.readString(output).contains(name))) {
            throw new FormatException(weights + ": exists, and is not the weights of " + output
                + "; expected another name for --output");
        }
        if (json.isFile(output) || json.isFile(weights)) {
            throw new ParameterException(spec.commandLine(), "--json and --output name the same file");
        }
    }

    private double percentile() {
        try {
            final double percent =
                norm == null ? USUAL : norm.equals(LARGEST) ? ALL : Double.parseDouble(norm);
            if (percent > 0 && percent <= ALL) {
                return percent;
            }
        } catch (final NumberFormatException e) {
            // told below
        }
        throw new ParameterException(spec.commandLine(), "--norm is " + norm + ": expected " + LARGEST
            + ", or a number above 0, up to 100");
    }

    private boolean isNir() {
        return output.toString().endsWith(NIR);
    }

    private void warn(final String what) {
        spec.commandLine().getErr().println("warning: " + what);
    }

    private void write(final Network network) throws IOException {
        if (isNir()) {
            NirWriter.write(output, network, dt).forEach(this::warn);
        } else {
            NetworkFileWriter.write(output, network);
        }
    }

    private List<StepEvents> samples(final List<Path> inputs, final Network network) throws IOException {
        final List<StepEvents> all = new ArrayList<>();
        for (final Path path : inputs) {
            try (Input input = inputOptions.open(path, network)) {
                all.addAll(ListStepSource.drain(input.source()));
            }
        }
        if (all.isEmpty()) {
            throw new FormatException(inputs + ": no step, expected at least one sample");
        }
        return all;
    }

    /** So many samples at most, evenly spaced. */
    private List<StepEvents> spread(final List<StepEvents> all) {
        final List<StepEvents> some = new ArrayList<>();
        final int count = Math.min(maxSamples == null ? USUAL_SAMPLES : maxSamples, all.size());
        for (int i = 0; i < count; i++) {
            some.add(all.get((int) ((long) i * all.size() / count)));
        }
        return some;
    }
}
