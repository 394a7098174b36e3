package org.spikemeter.runtime.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.pixel.FirstFrame;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.simulate.Simulator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Options that take one of a few words. */
final class Choices {
    private Choices() {
    }

    private static <T> T pick(final String word, final Map<String, T> choices) {
        final T choice = choices.get(word.toLowerCase(Locale.ROOT));
        if (choice == null) {
            throw new TypeConversionException("'" + word + "' is not one of "
                + String.join(", ", new TreeMap<>(choices).keySet()));
        }
        return choice;
    }

    /** A strategy, or null for auto. */
    static final class StrategyConverter implements ITypeConverter<Strategy> {
        @Override
        public Strategy convert(final String word) {
            return pick(word, Map.of("auto", Optional.<Strategy>empty(), "scatter", Optional.of(Strategy.SCATTER),
                "gather", Optional.of(Strategy.GATHER), "dense", Optional.of(Strategy.DENSE))).orElse(null);
        }
    }

    /** A number of threads, or {@link #AUTO}. */
    static final class ThreadsConverter implements ITypeConverter<Integer> {
        /** Leaves it to the program. */
        static final int AUTO = 0;

        @Override
        public Integer convert(final String word) {
            if (word.equalsIgnoreCase("auto")) {
                return AUTO;
            }
            try {
                final int threads = Integer.parseInt(word);
                if (threads >= 1 && threads <= Simulator.Context.MAX_THREADS) {
                    return threads;
                }
            } catch (final NumberFormatException e) {
                // said below
            }
            throw new TypeConversionException("'" + word + "': expected 1 to " + Simulator.Context.MAX_THREADS
                + ", or auto");
        }
    }

    /** Kernels. */
    static final class KernelsConverter implements ITypeConverter<Kernels.Choice> {
        @Override
        public Kernels.Choice convert(final String word) {
            return pick(word, Map.of("auto", Kernels.Choice.AUTO, "scalar", Kernels.Choice.SCALAR,
                "vector", Kernels.Choice.VECTOR));
        }
    }

    /** How layers share the time. */
    enum Execution {
        /** Layer after layer. */
        SEQUENCE,
        /** Layers side by side, over rings. */
        PIPELINE
    }

    /** How layers share the time. */
    static final class ExecutionConverter implements ITypeConverter<Execution> {
        @Override
        public Execution convert(final String word) {
            return pick(word, Map.of("sequence", Execution.SEQUENCE, "pipeline", Execution.PIPELINE));
        }
    }

    /** What step 0 carries. */
    static final class FirstFrameConverter implements ITypeConverter<FirstFrame> {
        @Override
        public FirstFrame convert(final String word) {
            return pick(word, Map.of("float", FirstFrame.FLOAT, "spikes", FirstFrame.SPIKES));
        }
    }

    /** Resolution of grey. */
    static final class GreyConverter implements ITypeConverter<GreyMode> {
        @Override
        public GreyMode convert(final String word) {
            return pick(word, Map.of("float", GreyMode.FLOAT, "8bit", GreyMode.EIGHT_BIT));
        }
    }

    /** A time span in microseconds; of a number without a unit, seconds. */
    static final class MicrosConverter implements ITypeConverter<Long> {
        private static final Pattern SPAN = Pattern.compile("([0-9.]+(?:[eE][-+]?[0-9]+)?) *(us|ms|s|min|)");
        private static final Map<String, Double> UNITS =
            Map.of("us", 1.0, "ms", 1e3, "s", 1e6, "", 1e6, "min", 60e6);

        @Override
        public Long convert(final String word) {
            final Matcher span = SPAN.matcher(word.strip());
            if (span.matches()) {
                try {
                    final double micros = Double.parseDouble(span.group(1)) * UNITS.get(span.group(2));
                    if (micros <= Long.MAX_VALUE / 4) {
                        return Math.round(micros);
                    }
                } catch (final NumberFormatException e) {
                    // said below
                }
            }
            throw new TypeConversionException("'" + word
                + "' is no time span, such as 0.5 (seconds), 10ms, 250us or 2min");
        }
    }
}
