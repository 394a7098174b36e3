package org.spikemeter.runtime.cli;

import org.spikemeter.engine.integer.Quantisation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of integer mode. */
final class QuantisationOptions {
    private static final String INT = "int";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--weights", paramLabel = "float|int8",
        description = "Width of weights: int2 to int8 run the network in integers, and in float beside (float).")
    private String weights = "float";

    @Option(names = "--membrane", paramLabel = "int16|int24|int32",
        description = "Width of membranes, which saturate; with --weights (int16).")
    private String membrane;

    /** The widths; null for floating point. */
    Quantisation quantisation() {
        if (weights.equals("float")) {
            if (membrane != null) {
                throw wrong("--membrane is about integers: expected --weights int8 with it");
            }
            return null;
        }
        try {
            return new Quantisation(bits("--weights", weights),
                membrane == null ? Short.SIZE : bits("--membrane", membrane));
        } catch (final IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private int bits(final String option, final String type) {
        if (!type.matches(INT + "[0-9]{1,2}")) {
            throw wrong(option + " is '" + type + "': expected a type such as int8");
        }
        return Integer.parseInt(type.substring(INT.length()));
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
