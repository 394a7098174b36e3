package org.spikemeter.engine.neuron;

/**
 * Leaky integrate-and-fire, four forms by {@code decayInput} and reset: see {@link Charge.Form}.
 *
 * @param tau membrane time constant in steps, at least 1; in float64, as it was trained, because {@code 1 - 1/tau} of a
 *     rounded tau is another float32
 * @param decayInput true where the input is divided by tau too
 * @param vThreshold potential at which the neuron fires, finite
 * @param reset what a spike does to the potential
 * @param firing whether reaching the threshold is enough
 */
public record Lif(double tau, boolean decayInput, float vThreshold, Reset reset, Firing firing)
    implements NeuronModel {
    /** Checks the ranges. */
    public Lif {
        NeuronModel.requireFinite("v_threshold", vThreshold);
        NeuronModel.requireFinite("tau", (float) tau);
        if (tau < 1.0) {
            throw new IllegalArgumentException("tau is " + tau + ": expected at least 1 (steps)");
        }
    }

    @Override
    public Charge charge() {
        // SpikingJelly computes 1 - 1/tau in Python's float64 and PyTorch rounds it once.
        return Charge.leaky(true, (float) tau, (float) (1.0 - 1.0 / tau), decayInput, reset);
    }
}
