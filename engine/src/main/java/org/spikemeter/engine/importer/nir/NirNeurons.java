package org.spikemeter.engine.importer.nir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.neuron.EulerModel;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Reset;

/**
 * Neurons of NIR. Those whose parameters are the same everywhere, and that IF and LIF can say, become these (they have
 * the fast kernels); all others keep the parameters of each neuron.
 */
final class NirNeurons {
    private static final Set<String> TYPES =
        Set.of("I", "IF", "LI", "LIF", "CubaLI", "CubaLIF", "Threshold");
    private static final double NEAR = 1e-6;

    private final NirOptions options;
    private final double dt;
    private final List<String> assumptions;
    private final List<String> warnings;
    private final Set<String> used = new HashSet<>();

    NirNeurons(
        final NirOptions options, final double dt, final List<String> assumptions, final List<String> warnings) {
        this.options = options;
        this.dt = dt;
        this.assumptions = assumptions;
        this.warnings = warnings;
    }

    static boolean isNeuron(final String type) {
        return TYPES.contains(type);
    }

    /** Refuses options about nodes that are not there, or have no reset. */
    void requireAllUsed(final Path file, final NirGraph graph) throws FormatException {
        final List<String> unknown = new ArrayList<>();
        for (final String name : options.resets().keySet()) {
            if (!name.equals(NirOptions.ALL) && !used.contains(name)) {
                unknown.add(name);
            }
        }
        for (final String name : options.firings().keySet()) {
            if (!name.equals(NirOptions.ALL) && !used.contains(name)) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            throw new FormatException(file + ": no spiking neurons called " + unknown + ", expected one of "
                + used.stream().sorted().toList());
        }
    }

    Layer layer(final String name, final String type, final Hdf5Group node, final Shape shape) throws IOException {
        final boolean fires = type.equals("IF") || type.equals("LIF") || type.equals("CubaLIF")
            || type.equals("Threshold");
        if (fires) {
            used.add(name);
        }
        return switch (type) {
            case "IF" -> integrate(name, type, node, shape, true);
            case "I" -> integrate(name, type, node, shape, false);
            case "LIF" -> leaky(name, type, node, shape, true);
            case "LI" -> leaky(name, type, node, shape, false);
            case "CubaLIF" -> cuba(name, type, node, shape, true);
            case "CubaLI" -> cuba(name, type, node, shape, false);
            default -> threshold(name, type, node, shape);
        };
    }

    /**
     * A parameter of each neuron, by address; an array that broadcasts stands for many. One number, for all neurons,
     * stays one: a large grid costs nothing until its neurons differ.
     */
    double[] perNeuron(final Hdf5Group node, final String field, final Shape shape) throws IOException {
        final double[] numbers = node.numbers(field, shape.size());
        if (numbers.length == 1) {
            return numbers;
        }
        final boolean perChannel = numbers.length == shape.channels() && isChannels(node.shape(field), shape);
        if (numbers.length != shape.size() && !perChannel) {
            throw node.fail("'" + field + "' has the shape " + Arrays.toString(node.shape(field)) + " for neurons of "
                + shape + ": expected one number, one a channel, or one a neuron");
        }
        final double[] values = new double[shape.size()];
        for (int address = 0; address < values.length; address++) {
            values[address] = perChannel && shape.pixels() > 1 ? numbers[address % shape.channels()]
                : numbers[shape.channelFirstIndex(address)];
        }
        return values;
    }

    /** One number as that of each neuron; null stays null. */
    static float[] each(final double[] values, final Shape shape) {
        if (values == null || values.length == shape.size()) {
            return values == null ? null : NirFile.floats(values);
        }
        final float[] each = new float[shape.size()];
        Arrays.fill(each, (float) values[0]);
        return each;
    }

    /** [C, 1, 1], or [C] for a grid: an axis of 1 broadcasts. */
    private static boolean isChannels(final int[] found, final Shape shape) {
        return found[0] == shape.channels() && Arrays.stream(found).skip(1).allMatch(side -> side == 1);
    }

    private double[] optional(final Hdf5Group node, final String field, final Shape shape, final double otherwise)
        throws IOException {
        return node.has(field) ? perNeuron(node, field, shape) : new double[] {otherwise};
    }

    private static boolean uniform(final double[] values) {
        for (final double value : values) {
            if (value != values[0]) {
                return false;
            }
        }
        return true;
    }

    private static double[] positive(final Hdf5Group node, final String field, final double[] values)
        throws FormatException {
        for (final double value : values) {
            if (!(value > 0)) {
                throw node.fail("'" + field + "' has the value " + value + ", expected positive time constants");
            }
        }
        return values;
    }

    /** vReset of each neuron; null for soft reset. */
    private double[] reset(final String name, final Hdf5Group node, final Shape shape) throws IOException {
        final Reset given = options.reset(name);
        if (given instanceof Reset.Soft) {
            assumptions.add(name + ": soft reset, as given");
            return null;
        }
        if (given instanceof Reset.Hard(float vReset)) {
            assumptions.add(name + ": reset to " + vReset + ", as given");
            return new double[] {vReset};
        }
        if (!node.has("v_reset")) {
            assumptions.add(name + ": reset to 0: the file has no v_reset");
        }
        if (node.has("metadata") && node.group("metadata").isText("reset")
            && node.group("metadata").text("reset").equals("soft")) {
            warnings.add(name + ": was trained with soft reset, by its metadata; NIR says reset to v_reset"
                + " (--reset " + name + "=soft)");
        }
        return optional(node, "v_reset", shape, 0.0);
    }

    private Firing firing(final String name) {
        final Firing given = options.firing(name);
        if (given != null) {
            assumptions.add(name + ": fires " + (given == Firing.AT_THRESHOLD ? "at" : "above")
                + " its threshold, as given");
        }
        return given == null ? Firing.ABOVE_THRESHOLD : given;
    }

    /** The uniform reset for models that have one for a layer; null where neurons differ. */
    private static Reset uniformReset(final double[] reset) {
        return reset == null ? Reset.soft() : uniform(reset) ? Reset.hard((float) reset[0]) : null;
    }

    private Layer integrate(
        final String name, final String type, final Hdf5Group node, final Shape shape, final boolean fires)
        throws IOException {
        final double[] r = perNeuron(node, "r", shape);
        final double[] gain = new double[r.length];
        boolean guessed = false;
        for (int i = 0; i < r.length; i++) {
            if (options.ifGain().isPresent()) {
                gain[i] = options.ifGain().getAsDouble();
            } else {
                gain[i] = fires ? integration(r[i]) : r[i] * dt;
                guessed |= fires && gain[i] != 1.0;
            }
        }
        if (fires) {
            assumptions.add(name + ": an input of 1 adds " + (uniform(gain) ? gain[0] : "r * dt") + " in a step"
                + (options.ifGain().isPresent() ? ", as given" : ""));
        }
        if (guessed) {
            warnings.add(name + ": r is neither 1 nor 1/dt, so its gain is taken as r * dt (--if-gain overrides)");
        }
        if (!fires) {
            return euler(name, type, shape, EulerModel.Membrane.INTEGRATE, null, null, null, gain, null, null, null,
                Firing.ABOVE_THRESHOLD);
        }
        final double[] threshold = perNeuron(node, "v_threshold", shape);
        final double[] reset = reset(name, node, shape);
        final Firing firing = firing(name);
        final Reset layerReset = uniformReset(reset);
        if (layerReset != null && uniform(threshold) && uniform(gain) && gain[0] == 1.0) {
            return new Layer.Neurons(name, new If((float) threshold[0], layerReset, firing));
        }
        return euler(name, type, shape, EulerModel.Membrane.INTEGRATE, null, null, null, gain, null, threshold, reset,
            firing);
    }

    /** What an input of 1 adds to a neuron that fires: 1 where an exporter means that. */
    double integration(final double r) {
        return Math.abs(r * dt - 1.0) <= NEAR || r == 1.0 ? 1.0 : r * dt;
    }

    private Layer leaky(
        final String name, final String type, final Hdf5Group node, final Shape shape, final boolean fires)
        throws IOException {
        final double[] tau = positive(node, "tau", perNeuron(node, "tau", shape));
        final double[] r = perNeuron(node, "r", shape);
        final double[] leak = perNeuron(node, "v_leak", shape);
        if (!fires) {
            return euler(name, type, shape, EulerModel.Membrane.LEAK, null, null, rates(name, tau), r, leak, null,
                null, Firing.ABOVE_THRESHOLD);
        }
        final double[] threshold = perNeuron(node, "v_threshold", shape);
        final double[] reset = reset(name, node, shape);
        final Firing firing = firing(name);
        final NeuronModel model = lif(tau, r, leak, threshold, reset, firing);
        return model != null ? new Layer.Neurons(name, model)
            : euler(name, type, shape, EulerModel.Membrane.LEAK, null, null, rates(name, tau), r, leak, threshold,
                reset, firing);
    }

    /** A LIF of the engine, where it says the same; null where it does not. */
    NeuronModel lif(
        final double[] tau, final double[] r, final double[] leak, final double[] threshold, final double[] reset,
        final Firing firing) {
        final Reset layerReset = uniformReset(reset);
        if (layerReset == null || !uniform(tau) || !uniform(r) || !uniform(leak) || !uniform(threshold)
            || (float) leak[0] != layerReset.restingPotential()) {
            return null;
        }
        final double steps = snapped(tau[0] / dt);
        if (steps < 1.0) {
            return null;
        }
        if (r[0] == 1.0) {
            return new Lif(steps, true, (float) threshold[0], layerReset, firing);
        }
        return Math.abs(r[0] / steps - 1.0) <= NEAR
            ? new Lif(steps, false, (float) threshold[0], layerReset, firing) : null;
    }

    /** Time constants in float32 seconds give steps a little beside whole numbers, which they stand for. */
    private static double snapped(final double steps) {
        return Math.abs(steps - Math.rint(steps)) <= NEAR * steps ? Math.rint(steps) : steps;
    }

    private double[] rates(final String name, final double[] tau) {
        final double[] rates = new double[tau.length];
        boolean fast = false;
        for (int i = 0; i < rates.length; i++) {
            rates[i] = dt / tau[i];
            fast |= rates[i] > 1.0;
        }
        if (fast) {
            warnings.add(name + ": a time constant is shorter than a step of " + dt
                + " s: forward Euler overshoots (--dt)");
        }
        return rates;
    }

    private Layer cuba(
        final String name, final String type, final Hdf5Group node, final Shape shape, final boolean fires)
        throws IOException {
        final double[] tauSyn = positive(node, "tau_syn", perNeuron(node, "tau_syn", shape));
        final double[] tauMem = positive(node, "tau_mem", perNeuron(node, "tau_mem", shape));
        final double[] r = perNeuron(node, "r", shape);
        final double[] leak = perNeuron(node, "v_leak", shape);
        final double[] weight = optional(node, "w_in", shape, 1.0);
        return euler(name, type, shape, EulerModel.Membrane.LEAK, rates(name, tauSyn), weight, rates(name, tauMem), r,
            leak, fires ? perNeuron(node, "v_threshold", shape) : null, fires ? reset(name, node, shape) : null,
            fires ? firing(name) : Firing.ABOVE_THRESHOLD);
    }

    private Layer threshold(final String name, final String type, final Hdf5Group node, final Shape shape)
        throws IOException {
        return euler(name, type, shape, EulerModel.Membrane.PASS, null, null, null, null, null,
            perNeuron(node, "threshold", shape), null, firing(name));
    }

    private static Layer euler(
        final String name, final String type, final Shape shape, final EulerModel.Membrane membrane,
        final double[] synapticRate, final double[] inputWeight, final double[] rate, final double[] gain,
        final double[] leak, final double[] threshold, final double[] reset, final Firing firing) {
        return new Layer.Euler(name, new EulerModel(type, membrane, each(synapticRate, shape),
            each(inputWeight, shape), each(rate, shape), each(gain, shape), each(leak, shape), each(threshold, shape),
            each(reset, shape), firing));
    }
}
