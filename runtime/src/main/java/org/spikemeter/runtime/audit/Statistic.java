package org.spikemeter.runtime.audit;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A figure over clips.
 *
 * @param count number of clips
 * @param mean arithmetic mean
 * @param minimum of all clips
 * @param maximum of all clips
 * @param standardError of the mean: sample deviation / sqrt(count); empty for one clip
 */
public record Statistic(int count, double mean, double minimum, double maximum, OptionalDouble standardError) {
    /** The figure of each clip; at least one. */
    public static <T> Statistic of(final List<T> clips, final ToDoubleFunction<T> figure) {
        final double[] values = clips.stream().mapToDouble(figure).toArray();
        double sum = 0.0;
        double minimum = Double.POSITIVE_INFINITY;
        double maximum = Double.NEGATIVE_INFINITY;
        for (final double value : values) {
            sum += value;
            minimum = Math.min(minimum, value);
            maximum = Math.max(maximum, value);
        }
        final double mean = sum / values.length;
        double squares = 0.0;
        for (final double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Statistic(values.length, mean, minimum, maximum, values.length < 2 ? OptionalDouble.empty()
            : OptionalDouble.of(Math.sqrt(squares / (values.length - 1) / values.length)));
    }
}
