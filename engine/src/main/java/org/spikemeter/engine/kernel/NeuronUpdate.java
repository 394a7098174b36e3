package org.spikemeter.engine.kernel;

import org.spikemeter.engine.neuron.Charge;
import org.spikemeter.engine.neuron.NeuronModel;

/**
 * What kernels need to update a layer of neurons.
 *
 * @param model threshold, reset and firing rule
 * @param charge the model's equation
 * @param bias what is added to each input sum of a row, last; null for nothing
 */
public record NeuronUpdate(NeuronModel model, Charge charge, float[] bias) {
    /** Takes the equation from the model. */
    public NeuronUpdate(final NeuronModel model, final float[] bias) {
        this(model, model.charge(), bias);
    }

    /** The same without a bias. */
    public NeuronUpdate withoutBias() {
        return new NeuronUpdate(model, charge, null);
    }
}
