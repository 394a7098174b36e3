package org.spikemeter.engine.integer;

import org.spikemeter.engine.neuron.Charge;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Reset;

/**
 * Neurons whose potential {@code v} is an integer, counted from the reset potential. In each step, with the integer
 * input {@code x}: {@code h = v + x}, or {@code h = v - (v >> shift) + x} where they leak (the shift keeps the sign and
 * rounds down); {@code h} saturates at the membrane's width; they fire where {@code h >= level}; then {@code v} is 0
 * after hard reset, {@code h - threshold} after soft reset, {@code h} where they did not fire.
 *
 * @param leaks whether they leak
 * @param shift of the leak, 0 to {@link #MAX_SHIFT}; 0 forgets the potential
 * @param threshold above the reset potential
 * @param level from where they fire: the threshold, or one above it
 * @param soft whether reset is soft
 * @param low smallest potential
 * @param high largest potential
 */
public record IntegerNeurons(boolean leaks, int shift, int threshold, int level, boolean soft, int low, int high) {
    /** A leak that is slower than this is as good as none. */
    public static final int MAX_SHIFT = 30;

    static IntegerNeurons of(final NeuronModel model, final double unit, final Quantisation quantisation) {
        final int threshold =
            (int) Math.rint((model.vThreshold() - (double) model.reset().restingPotential()) / unit);
        final boolean soft = model.reset() instanceof Reset.Soft;
        if (soft && threshold < 0) {
            throw new IllegalArgumentException("soft reset below a threshold of " + model.vThreshold()
                + " has no integer mode: expected a threshold of at least 0");
        }
        return new IntegerNeurons(model.charge().form() != Charge.Form.INTEGRATE, shift(model), threshold,
            model.firing() == Firing.AT_THRESHOLD ? threshold : threshold + 1, soft,
            -quantisation.largestMembrane() - 1, quantisation.largestMembrane());
    }

    /** The part of the potential that leaks in a step, in floating point: {@code 1/tau}, {@code k}; 0 without leak. */
    static double leak(final NeuronModel model) {
        final Charge charge = model.charge();
        return charge.form() == Charge.Form.INTEGRATE ? 0.0 : charge.divide() ? 1.0 / charge.rate() : charge.rate();
    }

    static int shift(final NeuronModel model) {
        final double leak = leak(model);
        return leak == 0.0 ? 0
            : (int) Math.clamp(Math.rint(-Math.log(leak) / Math.log(2.0)), 0, MAX_SHIFT);
    }

    /** True where a neuron may be at its level after a reset. */
    public boolean staysAtLevel() {
        return soft || level <= 0;
    }

    /** A model whose drive and reset are these, in integer units; for counting who is updated. */
    public NeuronModel inUnits() {
        final Reset reset = soft ? Reset.soft() : Reset.hard(0.0f);
        return leaks ? new Lif(Math.scalb(1.0, shift), false, level, reset, Firing.AT_THRESHOLD)
            : new If(level, reset, Firing.AT_THRESHOLD);
    }
}
