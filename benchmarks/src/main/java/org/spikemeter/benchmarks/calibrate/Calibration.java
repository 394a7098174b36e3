package org.spikemeter.benchmarks.calibrate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.spikemeter.benchmarks.KernelBenchmark.Form;
import org.spikemeter.engine.cost.CostPart;
import org.spikemeter.engine.cost.CostTable;
import org.spikemeter.engine.io.AtomicFile;

/** Measures, fits, and writes the table of costs; see {@link CostTable}. */
public final class Calibration {
    private static final String TABLE = "engine/src/main/resources/org/spikemeter/engine/cost/" + CostTable.RESOURCE;
    private static final List<String> KERNELS = List.of(CostTable.VECTOR, CostTable.SCALAR);

    private Calibration() {
    }

    /**
     * Takes some minutes; prints what it finds.
     *
     * @param home the project's folder
     * @param output folder for {@code samples.csv}, all that was measured
     * @param facts one line about the machine
     * @param write whether to replace the table in the sources
     */
    public static void run(final Path home, final Path output, final String facts, final boolean write)
        throws IOException {
        final Map<String, double[]> costs = new LinkedHashMap<>();
        final List<Sample> all = new ArrayList<>();
        final CalibrationRun run = new CalibrationRun(System.out::println);
        for (final String kernels : KERNELS) {
            final List<Sample> samples = run.measure(kernels);
            all.addAll(samples);
            costs.put(kernels, fit(samples));
            print(samples, new Predictions(samples, costs.get(kernels)));
        }
        final String table = table(facts, costs);
        System.out.println();
        System.out.print(table);
        Files.createDirectories(output);
        write(output.resolve("samples.csv"), csv(all, costs));
        if (write) {
            write(home.resolve(TABLE), table);
            System.out.println();
            System.out.println("written to " + TABLE);
        }
    }

    /**
     * Costs of all parts, each loop by itself. Weights that no cache holds take longer to load, by any strategy: a form
     * that has such is held against the costs, but not fitted.
     */
    static double[] fit(final List<Sample> samples) {
        final double[] costs = new double[CostPart.values().length];
        for (final CostPart.Loop loop : CostPart.Loop.values()) {
            final List<Sample> own = samples.stream()
                .filter(sample -> sample.loop() == loop && sample.form() != Form.CHANNELS_1024).toList();
            if (!own.isEmpty()) {
                final double[] fitted = CostFit.fit(own.stream().map(Sample::counts).toList(),
                    own.stream().map(Sample::nanos).toList());
                for (int i = 0; i < costs.length; i++) {
                    costs[i] += fitted[i];
                }
            }
        }
        return costs;
    }

    /** The file. */
    static String table(final String facts, final Map<String, double[]> costs) {
        final StringBuilder text = new StringBuilder(512);
        text.append("# Nanoseconds that each part of a step takes (CostPart says which), for the automatic choice of a")
            .append(" strategy.\n# Made by: benchmarks/bench --calibrate --write\n# ").append(facts).append('\n');
        costs.forEach((kernels, nanos) -> {
            text.append('\n');
            for (final CostPart part : CostPart.values()) {
                if (CostTable.isUsed(part, kernels)) {
                    text.append(CostTable.line(kernels, part, nanos[part.ordinal()])).append('\n');
                }
            }
        });
        return text.toString();
    }

    private static void print(final List<Sample> samples, final Predictions predictions) {
        System.out.println();
        System.out.printf("%-50s %-8s %-8s %5s   microseconds: scatter, gather, dense%n", "step", "chosen", "best",
            "loss");
        int sample = 0;
        for (final Predictions.Choice choice : predictions.choices()) {
            System.out.printf(Locale.ROOT, "%-50s %-8s %-8s %5.2f", choice.step(), choice.chosen(), choice.best(),
                choice.loss());
            while (sample < samples.size() && samples.get(sample).step().equals(choice.step())) {
                System.out.printf(Locale.ROOT, " %10.1f", samples.get(sample).nanos() / 1e3);
                sample++;
            }
            System.out.println();
        }
        System.out.println(predictions.summary());
    }

    private static String csv(final List<Sample> samples, final Map<String, double[]> costs) {
        final StringBuilder text = new StringBuilder("kernels,form,percent,unit,strategy,loop,nanos,predicted\n");
        for (final Sample sample : samples) {
            text.append(String.format(Locale.ROOT, "%s,%s,%s,%s,%s,%s,%.0f,%.0f%n", sample.kernels(), sample.form(),
                sample.percent(), sample.unit(), sample.strategy(), sample.loop(), sample.nanos(),
                sample.predicted(costs.get(sample.kernels()))));
        }
        return text.toString();
    }

    private static void write(final Path file, final String text) throws IOException {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
