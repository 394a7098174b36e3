package org.spikemeter.benchmarks.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One benchmark with one value of each parameter.
 *
 * @param subject what was measured
 * @param parameters by name
 * @param median of the iterations, each a mean of its invocations, in {@code unit}
 * @param least shortest iteration
 * @param most longest iteration
 * @param unit of time: us, ms
 * @param iterations number of iterations
 * @param work of one invocation; 0 where it is not known
 */
record Measurement(
    Subject subject, Map<String, String> parameters, double median, double least, double most, String unit,
    int iterations, double work) {
    private static final String WORK = "work";
    private static final String PER_INVOCATION = "/op";

    /**
     * Reads JMH's JSON.
     *
     * @throws IllegalArgumentException where it holds a benchmark that has no table
     */
    static List<Measurement> read(final Path file) {
        final List<Measurement> measurements = new ArrayList<>();
        for (final JsonNode result : JsonMapper.shared().readTree(file.toFile())) {
            measurements.add(of(result));
        }
        return measurements;
    }

    private static Measurement of(final JsonNode result) {
        final String name = result.path("benchmark").asString();
        final Map<String, String> parameters = new LinkedHashMap<>();
        result.path("params").properties().forEach(entry ->
            parameters.put(entry.getKey(), entry.getValue().asString()));
        final JsonNode primary = result.path("primaryMetric");
        final double[] times = samples(primary);
        return new Measurement(Subject.of(name.substring(0, name.lastIndexOf('.'))), parameters, median(times),
            times[0], times[times.length - 1], primary.path("scoreUnit").asString().replace(PER_INVOCATION, ""),
            times.length, work(result.path("secondaryMetrics").path(WORK)));
    }

    /** JMH adds up what the iterations say; each alone says the same. */
    private static double work(final JsonNode metric) {
        return metric.isMissingNode() ? 0.0 : samples(metric)[0];
    }

    /** Those of all forks, ascending. */
    private static double[] samples(final JsonNode metric) {
        final List<Double> samples = new ArrayList<>();
        for (final JsonNode fork : metric.path("rawData")) {
            fork.forEach(sample -> samples.add(sample.asDouble()));
        }
        return samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }

    /** Of ascending numbers. */
    static double median(final double[] ascending) {
        final double[] middle = Arrays.copyOfRange(ascending, (ascending.length - 1) / 2, ascending.length / 2 + 1);
        return Arrays.stream(middle).average().orElseThrow();
    }

    /** The value of the parameter that stands beside others. */
    String column() {
        return parameters.get(subject.column());
    }

    /** The other parameters. */
    Map<String, String> row() {
        final Map<String, String> row = new LinkedHashMap<>(parameters);
        row.remove(subject.column());
        return row;
    }

    /** Work in a second, in the subject's unit; 0 where it is not known. */
    double rate() {
        final double seconds = median * (unit.equals("ms") ? 1e-3 : 1e-6);
        return work / seconds / subject.rateScale();
    }
}
