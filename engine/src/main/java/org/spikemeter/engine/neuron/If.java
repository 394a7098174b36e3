package org.spikemeter.engine.neuron;

/**
 * Integrate-and-fire: {@code h = v + x}.
 *
 * @param vThreshold potential at which the neuron fires, finite
 * @param reset what a spike does to the potential
 * @param firing whether reaching the threshold is enough
 */
public record If(float vThreshold, Reset reset, Firing firing) implements NeuronModel {
    /** Checks that the threshold is finite. */
    public If {
        NeuronModel.requireFinite("v_threshold", vThreshold);
    }

    @Override
    public Charge charge() {
        return Charge.integrate();
    }
}
