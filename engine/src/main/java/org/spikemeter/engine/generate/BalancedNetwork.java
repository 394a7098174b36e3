package org.spikemeter.engine.generate;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.network.Connections;
import org.spikemeter.engine.network.Edge;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.neuron.EulerModel;
import org.spikemeter.engine.neuron.Firing;

/**
 * The sparse network of excitatory and inhibitory neurons of N. Brunel, "Dynamics of sparsely connected networks of
 * excitatory and inhibitory spiking neurons", J. Comput. Neurosci. 8, 183-208 (2000), model A, in steps of 0.1 ms.
 *
 * <p>Leaky integrate-and-fire: time constant 20 ms, threshold 20 mV, reset to 10 mV, refractory for 2 ms. The
 * potential decays exactly, {@code v = v + (1 - exp(-dt / tau)) * (0 - v) + x}; a synapse moves it by its weight at
 * once. Each neuron has as many synapses, drawn at random, none twice and none from itself, of weight J where the
 * source is excitatory and -g J where not; and as many external ones of weight J as excitatory ones, whose spikes are
 * Poisson at eta times the rate that holds a neuron without others at its threshold. Neurons start at the reset
 * potential.
 *
 * @param excitatory number of excitatory neurons, which come first
 * @param inhibitory number of inhibitory neurons
 * @param connectivity part of the neurons of either kind that a neuron has synapses from
 * @param weightMillivolts J
 * @param g strength of inhibition
 * @param eta strength of the external drive
 * @param minDelay shortest delay, in steps, at least 1
 * @param maxDelay longest delay; each synapse has its own where it is another
 * @param seed of synapses and input
 */
public record BalancedNetwork(
    int excitatory, int inhibitory, double connectivity, double weightMillivolts, double g, double eta, int minDelay,
    int maxDelay, long seed) {
    /** Name of the layer of neurons. */
    public static final String NEURONS = "neurons";
    /** Name of the layer with the synapses among the neurons. */
    public static final String RECURRENT = "recurrent";
    /** Seconds a step. */
    public static final double STEP_SECONDS = 1e-4;

    private static final double TAU_SECONDS = 20e-3;
    private static final float THRESHOLD_MILLIVOLTS = 20.0f;
    private static final float RESET_MILLIVOLTS = 10.0f;
    private static final int REFRACTORY_STEPS = 20;
    private static final int EXCITATORY = 10_000;
    private static final int INHIBITORY = 2_500;
    private static final double CONNECTIVITY = 0.1;
    private static final double WEIGHT_MILLIVOLTS = 0.1;
    private static final int DELAY_STEPS = 15;

    /** Checks the delays; the rest is checked where it is used. */
    public BalancedNetwork {
        if (minDelay < 1 || maxDelay < minDelay) {
            throw new IllegalArgumentException("delays of " + minDelay + " to " + maxDelay
                + " steps: expected at least 1, ascending");
        }
    }

    /** The paper's network: 12,500 neurons, J = 0.1 mV, delays of 1.5 ms. */
    public static BalancedNetwork of(final double g, final double eta, final long seed) {
        return new BalancedNetwork(EXCITATORY, INHIBITORY, CONNECTIVITY, WEIGHT_MILLIVOLTS, g, eta, DELAY_STEPS,
            DELAY_STEPS, seed);
    }

    /** The same with delays between, each synapse its own. */
    public BalancedNetwork withDelays(final int min, final int max) {
        return new BalancedNetwork(excitatory, inhibitory, connectivity, weightMillivolts, g, eta, min, max, seed);
    }

    /** Number of neurons. */
    public int neurons() {
        return excitatory + inhibitory;
    }

    /**
     * The network: external input, weighted; neurons; their synapses, which lead back to them; and last the spikes
     * again, since a network needs an output.
     */
    public Network network() {
        final float[] external = filled((float) weightMillivolts);
        final boolean alike = minDelay == maxDelay;
        return Network.builder("balanced", Shape.flat(neurons()))
            .add(new Layer.Scale("external", Tensor.of(external, external.length)))
            .add(new Layer.Euler(NEURONS, neuronModel()),
                List.of(Edge.from(0), new Edge(2, alike ? minDelay : 1)))
            .add(new Layer.Sparse(RECURRENT, connections(alike), null))
            .add(new Layer.Concat("spikes"), List.of(Edge.from(1)))
            .build();
    }

    /** The edge takes what all synapses take, at least a step. */
    private Connections connections(final boolean alike) {
        final int shortest = alike ? 0 : minDelay - 1;
        final int longest = alike ? 0 : maxDelay - 1;
        return RandomConnections.among(neurons(), List.of(
            new SourceGroup(0, excitatory, (int) Math.round(connectivity * excitatory), (float) weightMillivolts,
                shortest, longest),
            new SourceGroup(excitatory, neurons(), (int) Math.round(connectivity * inhibitory),
                (float) (-g * weightMillivolts), shortest, longest)), seed);
    }

    private EulerModel neuronModel() {
        final double rate = 1.0 - Math.exp(-STEP_SECONDS / TAU_SECONDS);
        final Map<EulerModel.Parameter, float[]> values = new EnumMap<>(EulerModel.Parameter.class);
        values.put(EulerModel.Parameter.RATE, filled((float) rate));
        values.put(EulerModel.Parameter.GAIN, filled((float) (1.0 / rate)));
        values.put(EulerModel.Parameter.LEAK, filled(0.0f));
        values.put(EulerModel.Parameter.THRESHOLD, filled(THRESHOLD_MILLIVOLTS));
        values.put(EulerModel.Parameter.RESET, filled(RESET_MILLIVOLTS));
        values.put(EulerModel.Parameter.REFRACTORY, filled(REFRACTORY_STEPS));
        return EulerModel.of("LIF", EulerModel.Membrane.LEAK, values, Firing.AT_THRESHOLD);
    }

    private float[] filled(final float value) {
        final float[] values = new float[neurons()];
        Arrays.fill(values, value);
        return values;
    }

    /** External spikes, counted a neuron and a step. */
    public StepSource input(final int steps) {
        // eta * threshold / (J C tau) spikes a second from each of C synapses
        final double mean = eta * THRESHOLD_MILLIVOLTS * STEP_SECONDS / (weightMillivolts * TAU_SECONDS);
        return new PoissonStepSource(Shape.flat(neurons()), mean, steps, seed + 1);
    }

    /** Mean rate of a neuron that a number of spikes in a number of steps comes to. */
    public double rateHertz(final long spikes, final int steps) {
        return spikes / (neurons() * steps * STEP_SECONDS);
    }
}
