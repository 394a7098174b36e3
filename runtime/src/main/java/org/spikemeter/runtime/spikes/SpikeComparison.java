package org.spikemeter.runtime.spikes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.simulate.NetworkCompiler;
import org.spikemeter.engine.simulate.Projection;
import org.spikemeter.engine.simulate.Simulator;

/**
 * Compares the spikes of a simulator with a reference, step by step, and tells causes from consequences. A difference
 * is a <em>consequence</em> where an earlier difference could reach the neuron: its own, or that of a source of its, in
 * this step or any before. All others are <em>origins</em>: there, the same input and the same past gave another spike,
 * which rounding can do only where the potential is close to the threshold.
 */
public final class SpikeComparison {
    private final Network network;
    private final SpikeReference reference;
    private final List<Projection> projections;
    private final StepEvents[] spikes;
    private final float[][] before;
    private final float[][] current;
    /** Neurons that an earlier difference could reach. */
    private final BitSet[] reached;
    private final long[] differences;
    private final long[] referenceSpikes;
    private Difference first;
    private long origins;
    private double furthestOrigin;
    private int step;

    /**
     * A neuron that fired in one of the two alone.
     *
     * @param step the step, from 0
     * @param layer index of its layer
     * @param address its address
     * @param fired true where the simulator fired, false where the reference did
     * @param potential its charged potential in the simulator
     * @param threshold its threshold
     */
    public record Difference(int step, int layer, int address, boolean fired, float potential, float threshold) {
        /** How far the potential was from the threshold. */
        public double distance() {
            return Math.abs((double) potential - threshold);
        }
    }

    /** Nothing compared yet. */
    public SpikeComparison(final Network network, final SpikeReference reference) {
        this.network = network;
        this.reference = reference;
        this.projections = NetworkCompiler.compile(network);
        final int size = projections.size();
        this.spikes = new StepEvents[size];
        this.before = new float[size][];
        this.current = new float[size][];
        this.reached = new BitSet[size];
        this.differences = new long[network.layers().size()];
        this.referenceSpikes = new long[network.layers().size()];
        for (int i = 0; i < size; i++) {
            final Shape shape = projections.get(i).output();
            spikes[i] = new StepEvents(shape);
            before[i] = new float[shape.size()];
            current[i] = new float[shape.size()];
            reached[i] = new BitSet(shape.size());
            final NeuronModel neuron = projections.get(i).neuron();
            if (neuron != null) {
                Arrays.fill(before[i], neuron.reset().restingPotential());
            }
        }
    }

    /** Compares the step that the simulator, which records its currents, has just done. */
    public void step(final Simulator simulator) {
        BitSet differing = new BitSet();
        for (int i = 0; i < projections.size(); i++) {
            final Projection projection = projections.get(i);
            final BitSet now = reached[i];
            differing.stream().forEach(address -> Reach.add(projection, address, now));
            if (projection.neuron() == null || !reference.has(projection.outputLayer())) {
                // nothing to compare: whatever could differ is taken to differ
                differing = (BitSet) now.clone();
            } else {
                differing = compare(i, simulator);
                now.or(differing);
            }
            if (projection.neuron() != null) {
                simulator.membrane(network.layers().get(projection.outputLayer()).name(), before[i]);
            }
        }
        step++;
    }

    private BitSet compare(final int index, final Simulator simulator) {
        final Projection projection = projections.get(index);
        final int layer = projection.outputLayer();
        final String name = network.layers().get(layer).name();
        final Shape shape = projection.output();
        simulator.spikes(name, spikes[index]);
        final BitSet differing = new BitSet();
        int event = 0;
        for (int address = 0; address < shape.size(); address++) {
            final boolean fired = event < spikes[index].size() && spikes[index].address(event) == address;
            event += fired ? 1 : 0;
            final boolean expected = reference.fired(layer, step, shape, shape.channelFirstIndex(address));
            referenceSpikes[layer] += expected ? 1 : 0;
            if (fired != expected) {
                differing.set(address);
            }
        }
        if (!differing.isEmpty()) {
            simulator.current(name, current[index]);
            differing.stream().forEach(address -> note(index, address));
        }
        return differing;
    }

    private void note(final int index, final int address) {
        final Projection projection = projections.get(index);
        final NeuronModel neuron = projection.neuron();
        final int layer = projection.outputLayer();
        final boolean expected = reference.fired(
            layer, step, projection.output(), projection.output().channelFirstIndex(address));
        final Difference difference = new Difference(step, layer, address, !expected,
            neuron.charge(before[index][address], current[index][address]), neuron.vThreshold());
        differences[layer]++;
        if (first == null) {
            first = difference;
        }
        if (!reached[index].get(address)) {
            origins++;
            furthestOrigin = Math.max(furthestOrigin, difference.distance());
        }
    }

    /** Number of steps compared. */
    public int steps() {
        return step;
    }

    /** Layers that were compared. */
    public List<Integer> layers() {
        final List<Integer> layers = new ArrayList<>();
        for (int layer = 0; layer < differences.length; layer++) {
            if (network.layers().get(layer) instanceof Layer.Neurons && reference.has(layer)) {
                layers.add(layer);
            }
        }
        return layers;
    }

    /** Spikes that differ, in one layer. */
    public long differences(final int layer) {
        return differences[layer];
    }

    /** Spikes of the reference, in one layer. */
    public long referenceSpikes(final int layer) {
        return referenceSpikes[layer];
    }

    /** Spikes that differ. */
    public long differences() {
        return Arrays.stream(differences).sum();
    }

    /** Spikes of the reference. */
    public long referenceSpikes() {
        return Arrays.stream(referenceSpikes).sum();
    }

    /** Spikes that differ, a spike of the reference; 0 where nothing differs. */
    public double rate() {
        return differences() == 0 ? 0.0 : (double) differences() / Math.max(1, referenceSpikes());
    }

    /** The first difference, by step, then layer, then address; null where there is none. */
    public Difference first() {
        return first;
    }

    /** Differences that no earlier difference can have caused. */
    public long origins() {
        return origins;
    }

    /** Largest distance between potential and threshold among the origins. */
    public double furthestOrigin() {
        return furthestOrigin;
    }
}
