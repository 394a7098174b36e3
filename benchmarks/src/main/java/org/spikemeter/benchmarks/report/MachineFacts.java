package org.spikemeter.benchmarks.report;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.spikemeter.benchmarks.baseline.CompiledLayer;
import org.spikemeter.engine.kernel.Kernels;
import tools.jackson.databind.json.JsonMapper;

/**
 * What figures depend on, by name, in order.
 *
 * @param facts by name
 */
record MachineFacts(Map<String, String> facts) {
    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";
    private static final String UNKNOWN = "unknown";
    private static final double GIGABYTE = 1 << 30;

    /**
     * Those of this machine and this JVM.
     *
     * @param home the project's folder, for its commit
     */
    static MachineFacts here(final Path home) {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.put("commit", commit(home));
        facts.put("cpu", cpu());
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("load before", String.format(Locale.ROOT, "%.2f",
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("jvm", System.getProperty("java.vendor") + " " + Runtime.version());
        facts.put("heap", String.format(Locale.ROOT, "%.1f GB", Runtime.getRuntime().maxMemory() / GIGABYTE));
        // some properties name folders of this machine, which say nothing about it
        facts.put("flags", ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(flag -> !flag.startsWith("-D") || !flag.contains(File.separator))
            .collect(Collectors.joining(" ")));
        facts.put("kernels", Kernels.of(Kernels.Choice.AUTO).name());
        facts.put("C compiler", CompiledLayer.compiler().flatMap(name -> firstLine(name, "--version"))
            .orElse("none"));
        return new MachineFacts(facts);
    }

    /** Those of a result that was written before. */
    static MachineFacts read(final Path result) {
        final Map<String, String> facts = new LinkedHashMap<>();
        JsonMapper.shared().readTree(result.toFile()).path(BenchReport.MACHINE).properties()
            .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asString()));
        return new MachineFacts(facts);
    }

    private static String commit(final Path home) {
        final Optional<String> commit = firstLine("git", "-C", home.toString(), "rev-parse", "--short", "HEAD");
        final boolean changed =
            firstLine("git", "-C", home.toString(), "status", "--porcelain", "--untracked-files=no").isPresent();
        return commit.map(name -> name + (changed ? " with changes" : "")).orElse(UNKNOWN);
    }

    private static String cpu() {
        if (Files.isReadable(CPU)) {
            try (Stream<String> lines = Files.lines(CPU)) {
                return lines.filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim()).findFirst().orElse(UNKNOWN);
            } catch (final IOException e) {
                return UNKNOWN;
            }
        }
        return firstLine("sysctl", "-n", "machdep.cpu.brand_string").orElse(UNKNOWN);
    }

    /** What a program says; empty where there is no such program, it fails, or it says nothing. */
    private static Optional<String> firstLine(final String... command) {
        try {
            final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            final List<String> lines =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            return process.waitFor() == 0 && !lines.isEmpty() ? Optional.of(lines.getFirst()) : Optional.empty();
        } catch (final IOException e) {
            return Optional.empty();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** One sentence. */
    String summary() {
        return "Measured on " + facts.get("date") + " at commit " + facts.get("commit") + ": " + facts.get("cpu")
            + ", " + facts.get("cores") + " cores, " + facts.get("jvm") + ", " + facts.get("kernels")
            + " kernels; C compiler: " + facts.get("C compiler") + "; load of the machine before the run: "
            + facts.get("load before") + ".";
    }
}
