package org.spikemeter.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.generate.BalancedNetwork;
import org.spikemeter.engine.network.Connections;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.neuron.EulerModel;

/** The balanced network as one writes it down first: an object a synapse, in a list a neuron. */
final class NaiveBalancedNetwork {
    private final EulerModel model;
    private final float weight;
    private final List<List<Synapse>> synapses = new ArrayList<>();
    private final float[] v;
    private final int[] held;
    /** Sums on their way, by the step in which they arrive. */
    private final float[][] arriving;
    private long spikes;
    private long synapticEvents;

    private record Synapse(int target, float weight, int delay) {}

    NaiveBalancedNetwork(final BalancedNetwork balanced) {
        final Network network = balanced.network();
        this.model = ((Layer.Euler) network.layers().get(network.indexOf(BalancedNetwork.NEURONS))).model();
        this.weight = (float) balanced.weightMillivolts();
        final int recurrent = network.indexOf(BalancedNetwork.RECURRENT);
        final Connections connections = ((Layer.Sparse) network.layers().get(recurrent)).connections();
        final int edgeDelay = network.edgesOf(network.indexOf(BalancedNetwork.NEURONS)).getLast().delay();
        for (int source = 0; source < connections.sources(); source++) {
            final List<Synapse> own = new ArrayList<>();
            for (int i = connections.start(source); i < connections.start(source + 1); i++) {
                own.add(new Synapse(connections.target(i), connections.weight(i), edgeDelay + connections.delay(i)));
            }
            synapses.add(own);
        }
        this.v = new float[balanced.neurons()];
        this.held = new int[balanced.neurons()];
        this.arriving = new float[balanced.maxDelay() + 1][balanced.neurons()];
        reset();
    }

    void reset() {
        for (int i = 0; i < v.length; i++) {
            v[i] = model.initial(i);
            held[i] = 0;
        }
        for (final float[] sums : arriving) {
            Arrays.fill(sums, 0.0f);
        }
        spikes = 0;
        synapticEvents = 0;
    }

    void step(final int step, final StepEvents external) {
        final float[] x = new float[v.length];
        for (int i = 0; i < external.size(); i++) {
            x[external.address(i)] = external.value(i) * weight;
        }
        final float[] now = arriving[step % arriving.length];
        for (int i = 0; i < v.length; i++) {
            x[i] += now[i];
            now[i] = 0.0f;
        }
        for (int i = 0; i < v.length; i++) {
            if (held[i] > 0) {
                held[i]--;
                continue;
            }
            v[i] = model.charge(i, v[i], x[i]);
            if (model.fires(i, v[i])) {
                v[i] = model.afterSpike(i, v[i]);
                held[i] = model.refractory(i);
                spikes++;
                for (final Synapse synapse : synapses.get(i)) {
                    arriving[(step + synapse.delay()) % arriving.length][synapse.target()] += synapse.weight();
                    synapticEvents++;
                }
            }
        }
    }

    long spikes() {
        return spikes;
    }

    long synapticEvents() {
        return synapticEvents;
    }
}
