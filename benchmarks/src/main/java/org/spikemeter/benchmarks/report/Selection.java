package org.spikemeter.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Some of a subject's benchmarks: each combination of the values of its parameters.
 *
 * @param subject what
 * @param warmupSeconds time to warm up
 * @param seconds time to measure
 * @param iterations how many iterations that time is cut into
 * @param parameters all of them, with the values to take
 */
record Selection(
    Subject subject, double warmupSeconds, double seconds, int iterations, Map<String, List<String>> parameters) {
    /** Without parameters yet. */
    static Selection of(
        final Subject subject, final double warmupSeconds, final double seconds, final int iterations) {
        return new Selection(subject, warmupSeconds, seconds, iterations, Map.of());
    }

    /** With the values of one more parameter. */
    Selection with(final String parameter, final String... values) {
        final Map<String, List<String>> more = new LinkedHashMap<>(parameters);
        more.put(parameter, List.of(values));
        return new Selection(subject, warmupSeconds, seconds, iterations, more);
    }

    /** With the values of one more parameter, by the enum that has them. */
    Selection with(final String parameter, final Enum<?>... values) {
        final String[] names = new String[values.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = values[i].name();
        }
        return with(parameter, names);
    }

    /** One value of each parameter, for each combination; the last parameter changes fastest. */
    List<Map<String, String>> combinations() {
        List<Map<String, String>> combinations = List.of(Map.of());
        for (final Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            final List<Map<String, String>> longer = new ArrayList<>();
            for (final Map<String, String> combination : combinations) {
                for (final String value : parameter.getValue()) {
                    final Map<String, String> more = new LinkedHashMap<>(combination);
                    more.put(parameter.getKey(), value);
                    longer.add(more);
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    /** Time of one combination, without what its set-up takes. */
    double totalSeconds() {
        return warmupSeconds + seconds;
    }
}
