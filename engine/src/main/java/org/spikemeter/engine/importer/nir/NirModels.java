package org.spikemeter.engine.importer.nir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.neuron.Charge;
import org.spikemeter.engine.neuron.EulerModel;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;

/**
 * Nodes of neurons. Time constants and resistances are float64, so that the float32 that they are computed with come
 * back; what does not come back is told. The inverse of {@link NirNeurons}, which is asked what it would read.
 */
final class NirModels {
    private final double dt;
    private final NirNeurons reader;
    private final List<String> lines;

    NirModels(final double dt, final List<String> lines) {
        this.dt = dt;
        this.reader = new NirNeurons(NirOptions.NONE, dt, new ArrayList<>(), new ArrayList<>());
        this.lines = lines;
    }

    /**
     * Neurons that share their parameters.
     *
     * @param axes shape of the node
     * @throws IllegalArgumentException where NIR cannot say them
     */
    NirNode node(final String name, final NeuronModel model, final int... axes) {
        final boolean soft = model.reset() instanceof Reset.Soft;
        tellFiring(name, soft, model.firing());
        final NirNode node = switch (model) {
            case If _ -> new NirNode("IF").fill("r", 1.0 / dt, axes);
            case Lif lif -> leaky(name, lif, lif.tau(), lif.decayInput(), axes);
            case Plif plif -> leaky(name, plif, tau(plif), plif.decayInput(), axes);
        };
        return noted(node, soft, model.firing()).fill("v_threshold", model.vThreshold(), axes)
            .fill("v_reset", model.reset().restingPotential(), axes);
    }

    private static double tau(final Plif plif) {
        final double tau = 1.0 / plif.k();
        if (!Float.isFinite((float) tau)) {
            throw new IllegalArgumentException("its factor k is " + plif.k() + ", a time constant of " + tau
                + " steps: expected a finite one");
        }
        return tau;
    }

    private NirNode leaky(
        final String name, final NeuronModel model, final double steps, final boolean decayInput, final int... axes) {
        final double tau = seconds(steps);
        final double r = resistance(steps, decayInput);
        final float rest = model.reset().restingPotential();
        final NeuronModel read = reader.lif(new double[] {tau}, new double[] {r}, new double[] {rest},
            new double[] {model.vThreshold()},
            model.reset() instanceof Reset.Hard(float vReset) ? new double[] {vReset} : null, model.firing());
        if (read == null || !sameBits(model.charge(), read.charge())) {
            lines.add(name + (model instanceof Plif ? ": its factor k is written as a time constant"
                : ": its time constant of " + steps + " steps is read a little beside that")
                + ": last bits may differ");
        }
        return new NirNode("LIF").fill("tau", tau, axes).fill("r", r, axes).fill("v_leak", rest, axes);
    }

    /** The seconds that give the steps again, or come nearest. */
    private double seconds(final double steps) {
        final double tau = steps * dt;
        for (final double near : new double[] {tau, Math.nextUp(tau), Math.nextDown(tau)}) {
            if (near / dt == steps) {
                return near;
            }
        }
        return tau;
    }

    /** Where tau is a step, 1 says that the input decays; the next number says that it does not. */
    private static double resistance(final double steps, final boolean decayInput) {
        return decayInput ? 1.0 : Math.max(steps, Math.nextUp(1.0));
    }

    private static boolean sameBits(final Charge a, final Charge b) {
        if (a.form() != b.form() || a.rest() != b.rest()) {
            return false;
        }
        return a.form() == Charge.Form.LEAK ? a.retain() == b.retain()
            : a.divide() == b.divide() && a.rate() == b.rate();
    }

    private void tellFiring(final String name, final boolean soft, final Firing firing) {
        if (soft) {
            lines.add(name + ": soft reset; NIR says reset to v_reset (--reset " + name + "=soft)");
        }
        if (firing == Firing.AT_THRESHOLD) {
            lines.add(name + ": fires at its threshold; NIR fires above it (--firing " + name + "=at)");
        }
    }

    private NirNode noted(final NirNode node, final boolean soft, final Firing firing) {
        return node.note("dt", dt).note("reset", soft ? "soft" : "hard")
            .note("fires_at", firing == Firing.AT_THRESHOLD ? "v >= v_threshold" : "v > v_threshold");
    }

    /** Parameters of each neuron, in NIR's order. */
    private record Values(Shape shape, int... axes) {
        float[] floats(final IntToDoubleFunction byAddress) {
            return NirFile.floats(doubles(byAddress));
        }

        double[] doubles(final IntToDoubleFunction byAddress) {
            final double[] values = new double[shape.size()];
            for (int address = 0; address < values.length; address++) {
                values[shape.channelFirstIndex(address)] = byAddress.applyAsDouble(address);
            }
            return values;
        }
    }

    /**
     * Neurons with parameters of their own.
     *
     * @param shape grid of the neurons
     * @param axes shape of the node
     * @throws IllegalArgumentException where NIR cannot say them
     */
    NirNode node(final String name, final EulerModel model, final Shape shape, final int... axes) {
        final Values values = new Values(shape, axes);
        final boolean cuba = model.hasSynapticCurrent();
        if (cuba && model.membrane() != EulerModel.Membrane.LEAK
            || !model.spikes() && model.membrane() == EulerModel.Membrane.PASS) {
            throw new IllegalArgumentException("is " + model.type() + ", " + model.membrane()
                + (cuba ? " with a synaptic current" : " without threshold") + ", which no neuron of NIR is");
        }
        if (model.hasRefractoryPeriod()) {
            throw new IllegalArgumentException("has a refractory period, which no neuron of NIR has");
        }
        final NirNode node = switch (model.membrane()) {
            case PASS -> new NirNode("Threshold").numbers("threshold", values.floats(model::threshold), axes);
            case INTEGRATE -> new NirNode(model.spikes() ? "IF" : "I")
                .numbers("r", integration(name, model, values), axes);
            case LEAK -> cuba ? cuba(model, values) : leaky(name, model, values);
        };
        if (!model.spikes()) {
            return node.note("dt", dt);
        }
        final boolean soft = model.hasState() && !model.resetsHard();
        tellFiring(name, soft, model.firing());
        noted(node, soft, model.firing());
        return model.hasState() ? node.numbers("v_threshold", values.floats(model::threshold), axes)
            .numbers("v_reset", values.floats(model::reset), axes) : node;
    }

    private double[] integration(final String name, final EulerModel model, final Values values) {
        final double[] r = values.doubles(i -> resistance(model.gain(i)));
        final double[] gain = values.doubles(model::gain);
        for (int i = 0; i < r.length; i++) {
            final float read = (float) (model.spikes() ? reader.integration(r[i]) : r[i] * dt);
            if (read != gain[i]) {
                lines.add(name + ": an input of 1 adds " + gain[i] + ", which is read as " + read);
                break;
            }
        }
        return r;
    }

    /** 1 is read as sinabs means it, and so the next number stands for it. */
    private double resistance(final float gain) {
        return gain / dt == 1.0 && gain != 1.0f ? Math.nextUp(1.0) : gain / dt;
    }

    private NirNode leaky(final String name, final EulerModel model, final Values values) {
        final double[] tau = values.doubles(i -> tau(model.rate(i)));
        final double[] r = values.doubles(model::gain);
        final double[] leak = values.doubles(model::leak);
        if (model.spikes()) {
            final NeuronModel read = reader.lif(tau, r, leak, values.doubles(model::threshold),
                model.resetsHard() ? values.doubles(model::reset) : null, model.firing());
            if (read instanceof Lif lif && !(lif.decayInput() && !lif.charge().divide()
                && lif.charge().rate() == model.rate(0))) {
                lines.add(name + ": forward Euler that is read as a LIF of SpikingJelly: last bits may differ");
            }
        }
        return new NirNode(model.spikes() ? "LIF" : "LI").numbers("tau", tau, values.axes())
            .numbers("r", r, values.axes()).numbers("v_leak", leak, values.axes());
    }

    private NirNode cuba(final EulerModel model, final Values values) {
        return new NirNode(model.spikes() ? "CubaLIF" : "CubaLI")
            .numbers("tau_syn", values.doubles(i -> tau(model.synapticRate(i))), values.axes())
            .numbers("tau_mem", values.doubles(i -> tau(model.rate(i))), values.axes())
            .numbers("r", values.floats(model::gain), values.axes())
            .numbers("v_leak", values.floats(model::leak), values.axes())
            .numbers("w_in", values.floats(model::inputWeight), values.axes());
    }

    /** Division gives the rate again: its error is far below a bit of float32. */
    private double tau(final float rate) {
        if (!(rate > 0.0f)) {
            throw new IllegalArgumentException("a neuron leaks by " + rate + " in a step: expected a positive rate");
        }
        return dt / rate;
    }
}
