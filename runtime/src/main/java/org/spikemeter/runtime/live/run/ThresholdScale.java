package org.spikemeter.runtime.live.run;

import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.neuron.Plif;

/** A network with other thresholds. */
final class ThresholdScale {
    private ThresholdScale() {
    }

    /** Why the thresholds of a network cannot be scaled; null where they can. */
    static String refusal(final Network network) {
        if (network.layers().stream().anyMatch(Layer.Euler.class::isInstance)) {
            return "thresholds of neurons of a NIR graph cannot be changed";
        }
        return network.layers().stream().anyMatch(Layer.Neurons.class::isInstance) ? null
            : "the network has no thresholds";
    }

    /** The network with the thresholds of all neurons times a factor. */
    static Network of(final Network network, final double factor) {
        final Network.Builder builder = Network.builder(network.name(), network.input());
        for (int i = 0; i < network.layers().size(); i++) {
            final Layer layer = network.layers().get(i);
            builder.add(layer instanceof Layer.Neurons(final String name, final NeuronModel model)
                ? new Layer.Neurons(name, scaled(model, factor)) : layer, network.edgesOf(i));
        }
        network.voting().ifPresent(builder::voting);
        return builder.build();
    }

    private static NeuronModel scaled(final NeuronModel model, final double factor) {
        final float threshold = (float) (model.vThreshold() * factor);
        return switch (model) {
            case If neuron -> new If(threshold, neuron.reset(), neuron.firing());
            case Lif neuron -> new Lif(neuron.tau(), neuron.decayInput(), threshold, neuron.reset(), neuron.firing());
            case Plif neuron -> new Plif(neuron.w(), neuron.decayInput(), threshold, neuron.reset(), neuron.firing());
        };
    }
}
