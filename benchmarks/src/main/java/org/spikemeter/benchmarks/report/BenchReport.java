package org.spikemeter.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Results with the facts of their machine, as JSON, as tables for a terminal, and as tables for a page. */
final class BenchReport {
    /** Where the machine's facts are in the JSON. */
    static final String MACHINE = "machine";
    private static final String FORMAT = "spikemeter-bench/1";

    private final MachineFacts facts;
    private final List<Measurement> measurements;

    BenchReport(final MachineFacts facts, final List<Measurement> measurements) {
        this.facts = facts;
        this.measurements = measurements;
    }

    /** All of it. */
    ObjectNode json() {
        final ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("format", FORMAT);
        final ObjectNode machine = json.putObject(MACHINE);
        facts.facts().forEach(machine::put);
        final ArrayNode results = json.putArray("results");
        for (final Measurement measurement : measurements) {
            final ObjectNode result = results.addObject();
            result.put("benchmark", measurement.subject().title());
            final ObjectNode parameters = result.putObject("parameters");
            measurement.parameters().forEach(parameters::put);
            result.put("unit", measurement.unit());
            result.put("median", measurement.median());
            result.put("least", measurement.least());
            result.put("most", measurement.most());
            result.put("iterations", measurement.iterations());
            if (measurement.work() > 0) {
                result.put("rate", measurement.rate());
                result.put("rate_unit", measurement.subject().rateUnit());
            }
        }
        return json;
    }

    /** For a terminal. */
    List<String> text() {
        final List<String> lines = new ArrayList<>();
        facts.facts().forEach((name, value) -> lines.add(String.format("%-12s%s", name, value)));
        tables().forEach((caption, table) -> {
            lines.add("");
            lines.add(caption);
            lines.addAll(table.text());
        });
        return lines;
    }

    private Map<String, ResultTable> tables() {
        final Map<String, ResultTable> tables = new LinkedHashMap<>();
        for (final Subject subject : Subject.values()) {
            final List<Measurement> own = of(subject);
            if (!own.isEmpty()) {
                tables.put(caption(own), PivotTable.of(own, Measurement::median));
            }
            if (own.stream().anyMatch(measurement -> measurement.work() > 0)) {
                tables.put(subject.title() + ": " + subject.rateUnit(), PivotTable.of(own, Measurement::rate));
            }
        }
        return tables;
    }

    private static String caption(final List<Measurement> own) {
        final Measurement first = own.getFirst();
        return first.subject().title() + ": " + first.unit() + ", " + first.subject().invocation()
            + ", median of the iterations";
    }

    private List<Measurement> of(final Subject subject) {
        return measurements.stream().filter(measurement -> measurement.subject() == subject).toList();
    }

    /** The blocks that a page may have, by name: the machine, and times and rates of what was measured. */
    Map<String, List<String>> blocks() {
        final Map<String, List<String>> blocks = new LinkedHashMap<>();
        blocks.put(MACHINE, List.of(facts.summary()));
        for (final Subject subject : Subject.values()) {
            blocks.put(subject.title(), markdown(of(subject), Measurement::median));
            blocks.put(subject.title() + "-rate", markdown(of(subject), Measurement::rate));
        }
        blocks.values().removeIf(List::isEmpty);
        return blocks;
    }

    private static List<String> markdown(final List<Measurement> own, final ToDoubleFunction<Measurement> cell) {
        return own.isEmpty() ? List.of() : PivotTable.of(own, cell).markdown();
    }
}
