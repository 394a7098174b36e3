package org.spikemeter.benchmarks.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.spikemeter.benchmarks.baseline.CompiledLayer;
import org.spikemeter.benchmarks.calibrate.Calibration;
import org.spikemeter.benchmarks.latency.LatencyRun;
import org.spikemeter.engine.io.AtomicFile;
import org.spikemeter.runtime.pipeline.PipelineException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Runs a set of benchmarks, and writes what it found. */
@Command(name = "bench", sortOptions = false, mixinStandardHelpOptions = true,
    description = "Runs a set of benchmarks, one thread unless a row says more, and writes result.json, result.txt, "
        + "density.svg and JMH's own jmh.json.")
public final class Bench implements Callable<Integer> {
    private static final int WARMUPS = 3;
    private static final double LATENCY_SECONDS = 10;
    private static final double NANOS_A_SECOND = 1e9;
    private static final String RESULT = "result.json";
    private static final String PAGE = "docs/performance.md";
    private static final String PIPELINE_PAGE = "docs/pipeline.md";
    private static final String PICTURE = "docs/density.svg";

    @Parameters(arity = "0..1", paramLabel = "SET", defaultValue = "standard",
        description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private BenchSet set;

    @Option(names = "--minutes", paramLabel = "N",
        description = "About how long it may take; default 2 for quick, 10 for standard.")
    private Double minutes;

    @Option(names = "--only", paramLabel = "REGEX",
        description = "Only subjects that match: layer, network, batch, kernel, neuron, ring, csr, sensor, dvs, video,"
            + " format.")
    private Pattern only;

    @Option(names = {"-o", "--output"}, paramLabel = "DIR", required = true, description = "Where results go.")
    private Path output;

    @Option(names = "--again",
        description = "Run nothing: report what the run before left in the folder of the results.")
    private boolean again;

    @Option(names = "--docs", description = "Put the results into " + PAGE + " and " + PICTURE + ", too.")
    private boolean docs;

    @Option(names = "--calibrate",
        description = "Instead of a set: measure what each strategy takes, fit the costs that the automatic choice goes"
            + " by, and show what their predictions lose; about three minutes.")
    private boolean calibrate;

    @Option(names = "--latency",
        description = "Instead of a set: measure how long decisions take behind a stream, for each way in which stages"
            + " wait; about three minutes. With --docs into " + PIPELINE_PAGE + ".")
    private boolean latency;

    @Option(names = "--write", description = "With --calibrate: replace the table of costs in the sources.")
    private boolean write;

    @Option(names = "--home", hidden = true, required = true)
    private Path home;

    @Spec
    private CommandSpec spec;

    private Bench() {
    }

    /** Starts it; the script {@code benchmarks/bench} does. */
    public static void main(final String... arguments) {
        System.exit(new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, RunnerException, InterruptedException, PipelineException {
        if (write && !calibrate) {
            throw new ParameterException(spec.commandLine(), "--write goes with --calibrate");
        }
        if (calibrate) {
            Calibration.run(home, output, MachineFacts.here(home).summary(), write);
            return 0;
        }
        if (latency) {
            measureLatency();
            return 0;
        }
        final Path jmh = output.resolve("jmh.json");
        if (again) {
            report(MachineFacts.read(output.resolve(RESULT)), Measurement.read(jmh));
            return 0;
        }
        final MachineFacts facts = MachineFacts.here(home);
        Files.createDirectories(output);
        final List<Selection> selections = set.selections(CompiledLayer.compiler().isPresent()).stream()
            .filter(selection -> only == null || only.matcher(selection.subject().title()).find()).toList();
        final List<RunResult> results = new ArrayList<>();
        final int failures = run(selections, results);
        if (results.isEmpty()) {
            System.err.println("bench: nothing was measured");
            return 1;
        }
        ResultFormatFactory.getInstance(ResultFormatType.JSON, jmh.toString()).writeOut(results);
        report(facts, Measurement.read(jmh));
        return failures == 0 ? 0 : 1;
    }

    private void measureLatency() throws IOException, InterruptedException, PipelineException {
        final MachineFacts facts = MachineFacts.here(home);
        Files.createDirectories(output);
        final LatencyReport report =
            new LatencyReport(facts, new LatencyRun(LATENCY_SECONDS, System.out::println).measure());
        for (final Map.Entry<String, String> histogram : report.histograms().entrySet()) {
            write(output.resolve(histogram.getKey()), histogram.getValue());
        }
        write(output.resolve("latency.txt"), String.join("\n", report.text()) + "\n");
        if (docs) {
            fill(PIPELINE_PAGE, report.blocks());
        }
        print(report.text());
    }

    /** Runs each combination in a JVM of its own; the number of those that failed. */
    private int run(final List<Selection> selections, final List<RunResult> results) {
        final double factor = BenchSet.factor(selections, minutes == null ? set.minutes() : minutes);
        final int total = selections.stream().mapToInt(selection -> selection.combinations().size()).sum();
        int failures = 0;
        int started = 0;
        for (final Selection selection : selections) {
            for (final Map<String, String> combination : selection.combinations()) {
                started++;
                final String name = selection.subject().title() + " " + combination;
                // what JMH and its JVMs say matters where something fails
                final ByteArrayOutputStream said = new ByteArrayOutputStream();
                final OutputFormat format = OutputFormatFactory.createFormatInstance(
                    new PrintStream(said, true, StandardCharsets.UTF_8), VerboseMode.NORMAL);
                try {
                    final RunResult result =
                        new Runner(options(selection, combination, factor).build(), format).runSingle();
                    results.add(result);
                    System.out.printf("%d/%d %s: %s %s%n", started, total, name,
                        ResultTable.number(result.getPrimaryResult().getStatistics().getPercentile(50)),
                        result.getPrimaryResult().getScoreUnit());
                } catch (final RunnerException e) {
                    failures++;
                    System.err.printf("%s%n%d/%d %s failed: %s%n", said.toString(StandardCharsets.UTF_8), started,
                        total, name, e.getMessage());
                    if (results.isEmpty()) {
                        // JMH runs elsewhere, or no benchmark can run
                        return failures;
                    }
                }
            }
        }
        return failures;
    }

    private static ChainedOptionsBuilder options(
        final Selection selection, final Map<String, String> combination, final double factor) {
        final ChainedOptionsBuilder options = new OptionsBuilder()
            .include(Pattern.quote(selection.subject().benchmark().getName()) + "\\.")
            .forks(1)
            .warmupIterations(WARMUPS)
            .warmupTime(time(factor * selection.warmupSeconds() / WARMUPS))
            .measurementIterations(selection.iterations())
            .measurementTime(time(factor * selection.seconds() / selection.iterations()))
            .shouldFailOnError(true);
        combination.forEach(options::param);
        return options;
    }

    private static TimeValue time(final double seconds) {
        return TimeValue.nanoseconds((long) (seconds * NANOS_A_SECOND));
    }

    private void report(final MachineFacts facts, final List<Measurement> measurements) throws IOException {
        final BenchReport report = new BenchReport(facts, measurements);
        write(output.resolve(RESULT),
            JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report.json()) + "\n");
        write(output.resolve("result.txt"), String.join("\n", report.text()) + "\n");
        final DensityPlot plot = new DensityPlot(measurements);
        if (plot.isDrawable()) {
            write(output.resolve("density.svg"), plot.svg());
        }
        if (docs) {
            fill(PAGE, report.blocks());
            if (plot.isDrawable()) {
                write(home.resolve(PICTURE), plot.svg());
            }
        }
        print(report.text());
    }

    private void fill(final String page, final Map<String, List<String>> blocks) throws IOException {
        final Path file = home.resolve(page);
        write(file, String.join("\n", ResultPage.fill(Files.readAllLines(file), blocks)) + "\n");
    }

    private void print(final List<String> text) {
        System.out.println();
        text.forEach(System.out::println);
        System.out.println();
        System.out.println("written to " + output);
    }

    private static void write(final Path file, final String text) throws IOException {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
