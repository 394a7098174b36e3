package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.spikemeter.engine.importer.ImportedNetwork;
import org.spikemeter.engine.importer.NeuronChoice;
import org.spikemeter.engine.importer.nir.NirOptions;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.Reset;
import org.spikemeter.runtime.input.Networks;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options about how a network file is to be understood. */
final class NetworkOptions {
    private static final String SOFT = "soft";
    private static final Map<String, Firing> FIRINGS =
        Map.of("at", Firing.AT_THRESHOLD, "above", Firing.ABOVE_THRESHOLD);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--dt", paramLabel = "SECONDS",
        description = "NIR: length of a step (the file's metadata, else 1e-4).")
    private Double dt;

    @Option(names = "--reset", paramLabel = "NODE=soft|VALUE",
        description = "NIR: what a spike does to a node's potentials; * for all nodes. May be given several times.")
    private Map<String, String> resets = new LinkedHashMap<>();

    @Option(names = "--firing", paramLabel = "NODE=at|above",
        description = "NIR: whether reaching the threshold is a spike (above); * for all nodes.")
    private Map<String, String> firings = new LinkedHashMap<>();

    @Option(names = "--if-gain", paramLabel = "G",
        description = "NIR: what an input of 1 adds to an IF neuron in a step (r * dt or r, whichever is 1).")
    private Double ifGain;

    @Option(names = "--neuron", paramLabel = "SPEC|FILE",
        description = "ONNX: what each Relu becomes, such as plif:tau=2,threshold=0.4; relu for no neurons;"
            + " or a file (.json) by node.")
    private String neuron;

    /** Reads a network; null for the one that comes with the program. */
    ImportedNetwork read(final Path file) throws IOException {
        return read(file, neuron);
    }

    /** Length of a step in s where a graph is written; it is that of the network read only where this is one too. */
    double takeDtForOutput(final Path file) throws IOException {
        final double given = dt == null ? NirOptions.DEFAULT_DT : dt;
        if (!Networks.isNir(file)) {
            dt = null;
        }
        return given;
    }

    /** Reads a network whose rectified units stay, unless neurons were chosen. */
    ImportedNetwork readRectified(final Path file) throws IOException {
        return read(file, neuron == null && Networks.isOnnx(file) ? NeuronChoice.RELU : neuron);
    }

    private ImportedNetwork read(final Path file, final String units) throws IOException {
        final Map<String, Reset> reset = new LinkedHashMap<>();
        resets.forEach((node, value) -> reset.put(node, reset(node, value)));
        final Map<String, Firing> firing = new LinkedHashMap<>();
        firings.forEach((node, value) -> {
            if (!FIRINGS.containsKey(value)) {
                throw wrong("--firing " + node + "=" + value + ": expected at or above");
            }
            firing.put(node, FIRINGS.get(value));
        });
        final NirOptions nir;
        try {
            nir = new NirOptions(optional(dt), reset, firing, optional(ifGain));
        } catch (final IllegalArgumentException e) {
            throw wrong("--dt, --if-gain: " + e.getMessage());
        }
        return Networks.read(file, nir, neurons(units));
    }

    private NeuronChoice neurons(final String units) throws IOException {
        if (units == null) {
            return NeuronChoice.NONE;
        }
        if (units.endsWith(".json")) {
            return NeuronChoice.read(Path.of(units));
        }
        try {
            return units.equals(NeuronChoice.RELU) ? NeuronChoice.RECTIFIED
                : NeuronChoice.all(NeuronChoice.neuron(units));
        } catch (final IllegalArgumentException e) {
            throw wrong("--neuron: " + e.getMessage());
        }
    }

    private static OptionalDouble optional(final Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private Reset reset(final String node, final String value) {
        if (value.equals(SOFT)) {
            return Reset.soft();
        }
        try {
            return Reset.hard(Float.parseFloat(value));
        } catch (final IllegalArgumentException e) {
            throw wrong("--reset " + node + "=" + value + ": expected soft, or a finite potential");
        }
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
