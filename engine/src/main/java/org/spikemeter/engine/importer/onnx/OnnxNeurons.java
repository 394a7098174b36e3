package org.spikemeter.engine.importer.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;

/**
 * Finds IF, LIF and PLIF neurons that a model of a single step spells out as operators, with its states as further
 * inputs and outputs. Each value between state and new state is written as a polynomial ({@link NeuronForm}), so it
 * does not matter in which order an exporter has put its operators.
 */
final class OnnxNeurons {
    private static final Set<String> COMPARISONS = Set.of("GreaterOrEqual", "Greater", "Less", "LessOrEqual");
    private static final Set<String> ELEMENTWISE = Set.of("GreaterOrEqual", "Greater", "Less", "LessOrEqual", "Not",
        "Cast", "Where", "Identity", "Add", "Sub", "Mul", "Div", "Neg");
    private static final int MAX_DEPTH = 1000;
    private static final int MAX_ULPS = 64;

    private final OnnxConstants constants;
    private final Map<String, OnnxNode> producers = new HashMap<>();
    private final Set<String> states;
    private final Map<String, NeuronForm> forms = new HashMap<>();
    private final Map<String, Boolean> dependent = new HashMap<>();
    /** By the output of the comparison that makes its spikes. */
    private final Map<String, Neuron> neurons = new HashMap<>();

    /**
     * A neuron that was found.
     *
     * @param model the engine's
     * @param state name of the model's input that is its potential
     * @param input name of the value that it integrates
     */
    record Neuron(NeuronModel model, String state, String input) {}

    /**
     * Finds them all.
     *
     * @param nodes of the model, constants folded
     * @param states names of the inputs that are states
     * @param outputs names of the model's outputs
     * @throws FormatException naming the state that no known neuron has
     */
    OnnxNeurons(
        final List<OnnxNode> nodes, final OnnxConstants constants, final Set<String> states,
        final List<String> outputs) throws FormatException {
        this.constants = constants;
        this.states = states;
        nodes.forEach(node -> node.proto().getOutputList().forEach(output -> producers.put(output, node)));
        for (final String output : outputs) {
            if (depends(output, 0) && producers.containsKey(output)) {
                add(producers.get(output), output);
            }
        }
    }

    private void add(final OnnxNode node, final String output) throws FormatException {
        try {
            final NeuronForm after = form(output, 0);
            if (after.isSpike()) {
                return;
            }
            final Neuron neuron = neuron(after);
            if (neurons.put(after.spike(), neuron) != null) {
                throw new NeuronForm.Unfit("has two states");
            }
        } catch (final NeuronForm.Unfit e) {
            throw node.fail("gives the state '" + output + "' of a neuron that " + e.getMessage()
                + "; expected IF, LIF or PLIF with hard or soft reset");
        }
    }

    /** States that some neuron has. */
    Set<String> found() {
        return Set.copyOf(neurons.values().stream().map(Neuron::state).toList());
    }

    /** The neuron whose comparison a node is; null where it is none. */
    Neuron at(final OnnxNode node) {
        return neurons.get(node.output());
    }

    /** The comparison whose spikes a value is; null where it is something else. */
    String spikesOf(final String value) throws FormatException {
        if (!depends(value, 0)) {
            return null;
        }
        try {
            final NeuronForm form = form(value, 0);
            return form.isSpike() && neurons.containsKey(form.spike()) ? form.spike() : null;
        } catch (final NeuronForm.Unfit e) {
            return null;
        }
    }

    /** True for what elementwise operators make of a state. */
    boolean isInside(final String value) {
        return depends(value, 0);
    }

    private boolean depends(final String value, final int depth) {
        if (states.contains(value)) {
            return true;
        }
        final OnnxNode node = producers.get(value);
        if (node == null || depth > MAX_DEPTH || !ELEMENTWISE.contains(node.type())) {
            return false;
        }
        final Boolean known = dependent.putIfAbsent(value, false);
        if (known != null) {
            return known;
        }
        final boolean depends = node.inputs().stream().anyMatch(input -> depends(input, depth + 1));
        dependent.put(value, depends);
        return depends;
    }

    private NeuronForm form(final String value, final int depth) throws NeuronForm.Unfit, FormatException {
        if (depth > MAX_DEPTH) {
            throw new NeuronForm.Unfit("has more than " + MAX_DEPTH + " operators");
        }
        if (constants.has(value)) {
            return constant(value);
        }
        if (states.contains(value)) {
            return NeuronForm.state(value);
        }
        if (!depends(value, 0)) {
            return NeuronForm.input(value);
        }
        if (!forms.containsKey(value)) {
            forms.put(value, form(producers.get(value), value, depth + 1));
        }
        return forms.get(value);
    }

    private NeuronForm constant(final String name) throws NeuronForm.Unfit {
        final double[] values = constants.get(name).values();
        for (final double each : values) {
            if (each != values[0]) {
                throw new NeuronForm.Unfit("has the constant '" + name + "' that differs within the layer");
            }
        }
        if (values.length == 0) {
            throw new NeuronForm.Unfit("has the constant '" + name + "' without a number");
        }
        return NeuronForm.constant(values[0]);
    }

    private NeuronForm form(final OnnxNode node, final String value, final int depth)
        throws NeuronForm.Unfit, FormatException {
        if (COMPARISONS.contains(node.type())) {
            final NeuronForm spike = NeuronForm.spike(value);
            return asksForSpikes(node) ? spike : NeuronForm.constant(1.0).plus(spike.times(-1.0));
        }
        final NeuronForm a = form(node.input(0), depth);
        return switch (node.type()) {
            case "Identity" -> a;
            case "Cast" -> {
                if (!a.isConstant() && a.spike() == null && !OnnxConstants.isReal(node.integer("to", 0))) {
                    throw new NeuronForm.Unfit("is cut to whole numbers");
                }
                yield a;
            }
            case "Neg" -> a.times(-1.0);
            case "Not" -> NeuronForm.constant(1.0).plus(a.times(-1.0));
            case "Add" -> a.plus(form(node.input(1), depth));
            case "Sub" -> a.plus(form(node.input(1), depth).times(-1.0));
            case "Mul" -> a.times(form(node.input(1), depth))
                .withLogit(constants.logit(node.input(a.isConstant() ? 0 : 1)));
            case "Div" -> a.dividedBy(form(node.input(1), depth));
            default -> {
                // Where: b + a * (then - b)
                final NeuronForm otherwise = form(node.input(2), depth);
                yield otherwise.plus(a.times(form(node.input(1), depth).plus(otherwise.times(-1.0))));
            }
        };
    }

    /** Potential minus threshold, times some factor, that a comparison sees. */
    private NeuronForm difference(final OnnxNode comparison) throws NeuronForm.Unfit, FormatException {
        return form(comparison.input(0), 0).plus(form(comparison.input(1), 0).times(-1.0));
    }

    /** True where a comparison asks whether the neuron fired, false where it asks whether it did not. */
    private boolean asksForSpikes(final OnnxNode comparison) throws NeuronForm.Unfit, FormatException {
        final NeuronForm difference = difference(comparison);
        final double direction = difference.v() == 0 ? difference.x() : difference.v();
        return comparison.type().startsWith("Greater") == direction > 0;
    }

    private Neuron neuron(final NeuronForm after) throws NeuronForm.Unfit, FormatException {
        if (after.spike() == null || after.state() == null || after.input() == null || after.x() == 0) {
            throw new NeuronForm.Unfit("does not join a state, an input and a comparison");
        }
        final OnnxNode comparison = producers.get(after.spike());
        final NeuronForm difference = difference(comparison);
        final double scale = difference.x() / after.x();
        if (difference.spike() != null || !after.state().equals(difference.state())
            || !after.input().equals(difference.input()) || scale == 0
            || !NeuronForm.near(difference.v(), after.v() * scale)) {
            throw new NeuronForm.Unfit("fires by something else than its potential");
        }
        final float threshold = (float) (after.one() - difference.one() / scale);
        // equality is a spike where the question for spikes includes it, or the question for none does not
        final boolean at = comparison.type().endsWith("OrEqual") == asksForSpikes(comparison);
        final Reset reset = reset(after, threshold);
        return new Neuron(model(after, threshold, reset, at ? Firing.AT_THRESHOLD : Firing.ABOVE_THRESHOLD),
            after.state(), after.input());
    }

    private static Reset reset(final NeuronForm after, final float threshold) throws NeuronForm.Unfit {
        if (NeuronForm.near(after.sv(), -after.v()) && NeuronForm.near(after.sx(), -after.x())) {
            return Reset.hard((float) (after.s() + after.one()));
        }
        if (after.sv() == 0 && after.sx() == 0 && NeuronForm.near(after.s(), -threshold)) {
            return Reset.soft();
        }
        throw new NeuronForm.Unfit("resets neither to a potential nor by its threshold " + threshold);
    }

    /** Charges with {@code v * h.v + x * h.x + h.one}. */
    private static NeuronModel model(
        final NeuronForm h, final float threshold, final Reset reset, final Firing firing) throws NeuronForm.Unfit {
        final double k = 1.0 - h.v();
        final double rest = reset.restingPotential();
        final boolean integrates = NeuronForm.near(k, 0.0) && NeuronForm.near(h.x(), 1.0);
        final boolean decayInput = NeuronForm.near(h.x(), k);
        if (!NeuronForm.near(h.one(), integrates ? 0.0 : k * rest) || !integrates && !decayInput
            && !NeuronForm.near(h.x(), 1.0) || !integrates && !(k > 0 && k <= 1)) {
            throw new NeuronForm.Unfit("charges as " + h.v() + " * v + " + h.x() + " * x + " + h.one());
        }
        if (integrates) {
            return new If(threshold, reset, firing);
        }
        // a sigmoid or a divisor is the leak only where it comes to the same: v * sigmoid(w) keeps what another loses
        if (h.logit() != null && NeuronForm.near(k(h.logit()), k)) {
            return new Plif(h.logit(), decayInput, threshold, reset, firing);
        }
        if (k == 1.0 || NeuronForm.near(1.0 / h.divisor(), k)) {
            return new Lif(k == 1.0 ? 1.0 : h.divisor(), decayInput, threshold, reset, firing);
        }
        // v * (1 - 1/tau) was computed when the model was written; the same tau gives the same factor
        return !decayInput && rest == 0.0 ? new Lif(1.0 / k, false, threshold, reset, firing)
            : new Plif(weight(k), decayInput, threshold, reset, firing);
    }

    /** The w whose sigmoid is nearest to k in float32. */
    private static float weight(final double k) {
        final float wanted = (float) k;
        final float first = (float) -Math.log(1.0 / k - 1.0);
        float best = first;
        float below = first;
        float above = first;
        for (int ulp = 0; ulp < MAX_ULPS; ulp++) {
            best = nearer(nearer(best, below, wanted), above, wanted);
            below = Math.nextDown(below);
            above = Math.nextUp(above);
        }
        return best;
    }

    private static float nearer(final float best, final float other, final float wanted) {
        return Math.abs(k(other) - wanted) < Math.abs(k(best) - wanted) ? other : best;
    }

    private static float k(final float w) {
        return new Plif(w, true, 1.0f, Reset.soft(), Firing.AT_THRESHOLD).k();
    }
}
