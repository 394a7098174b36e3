package org.spikemeter.runtime.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.spikemeter.dvs.binning.Fit;
import org.spikemeter.dvs.binning.Repeated;
import org.spikemeter.dvs.filter.Quantities;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.pixel.FirstFrame;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.runtime.pipeline.Waiting;
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

    /** What several events of one address in one step become. */
    static final class RepeatedConverter implements ITypeConverter<Repeated> {
        @Override
        public Repeated convert(final String word) {
            return pick(word, Map.of("clamp", Repeated.CLAMP, "count", Repeated.COUNT));
        }
    }

    /** How a sensor's area comes onto a network's input. */
    static final class FitConverter implements ITypeConverter<Fit> {
        @Override
        public Fit convert(final String word) {
            return pick(word, Map.of("stretch", Fit.STRETCH, "crop", Fit.CROP));
        }
    }

    /** Resolution of grey. */
    static final class GreyConverter implements ITypeConverter<GreyMode> {
        @Override
        public GreyMode convert(final String word) {
            return pick(word, Map.of("float", GreyMode.FLOAT, "8bit", GreyMode.EIGHT_BIT));
        }
    }

    /** A model of the pixel. */
    static final class SensorConverter implements ITypeConverter<SensorOptions.Model> {
        @Override
        public SensorOptions.Model convert(final String word) {
            return pick(word, byWord(SensorOptions.Model.values()));
        }
    }

    /** What v2e's pixel is like. */
    static final class PresetConverter implements ITypeConverter<SensorOptions.Preset> {
        @Override
        public SensorOptions.Preset convert(final String word) {
            return pick(word, byWord(SensorOptions.Preset.values()));
        }
    }

    /** A time span in microseconds: a number, or one with its unit; not negative. */
    static final class MicrosConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(final String word) {
            try {
                final long micros = Quantities.parseMoment(word);
                if (micros >= 0) {
                    return micros;
                }
            } catch (final IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
            throw new TypeConversionException("'" + word + "': expected a time of at least 0");
        }
    }

    /** How stages of a pipeline wait. */
    static final class WaitingConverter implements ITypeConverter<Waiting> {
        @Override
        public Waiting convert(final String word) {
            return pick(word, byWord(Waiting.values()));
        }
    }

    /** A choice as it is written. */
    static String word(final Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <T extends Enum<?>> Map<String, T> byWord(final T[] choices) {
        final Map<String, T> words = new TreeMap<>();
        for (final T choice : choices) {
            words.put(word(choice), choice);
        }
        return words;
    }
}
