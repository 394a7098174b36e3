package org.spikemeter.engine.neuron;

/**
 * Parametric leaky integrate-and-fire (Fang et al. 2021, "Incorporating Learnable Membrane Time Constant to Enhance
 * Learning of Spiking Neural Networks"): LIF with the learned {@code 1/tau = k = sigmoid(w)}.
 *
 * @param w the learned parameter, finite
 * @param decayInput true where the input is multiplied by k too
 * @param vThreshold potential at which the neuron fires, finite
 * @param reset what a spike does to the potential
 * @param firing whether reaching the threshold is enough
 */
public record Plif(float w, boolean decayInput, float vThreshold, Reset reset, Firing firing)
    implements NeuronModel {
    /** Checks that the numbers are finite. */
    public Plif {
        NeuronModel.requireFinite("v_threshold", vThreshold);
        NeuronModel.requireFinite("w", w);
    }

    /** {@code sigmoid(w)}, computed in float64 and rounded once. */
    public float k() {
        return (float) (1.0 / (1.0 + Math.exp(-(double) w)));
    }

    @Override
    public Charge charge() {
        final float k = k();
        return Charge.leaky(false, k, 1.0f - k, decayInput, reset);
    }
}
