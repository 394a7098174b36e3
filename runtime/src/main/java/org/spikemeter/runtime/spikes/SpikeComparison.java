package org.spikemeter.runtime.spikes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.simulate.Inflow;
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
    /** What rounding in float32 may move a potential by. */
    private static final double ROUNDING_DISTANCE = 1e-5;

    private final Network network;
    private final SpikeReference reference;
    private final List<Projection> projections;
    private final StepEvents[] spikes;
    private final float[][] before;
    private final float[][] current;
    /** Neurons that an earlier difference could reach. */
    private final BitSet[] reached;
    /** Neurons that differed in this step, and in any. */
    private final BitSet[] differing;
    private final BitSet[] ever;
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
        this.ever = new BitSet[size];
        this.differing = new BitSet[size];
        this.differences = new long[network.layers().size()];
        this.referenceSpikes = new long[network.layers().size()];
        for (int i = 0; i < size; i++) {
            final Shape shape = projections.get(i).output();
            spikes[i] = new StepEvents(shape);
            current[i] = new float[shape.size()];
            reached[i] = new BitSet(shape.size());
            ever[i] = new BitSet(shape.size());
            differing[i] = new BitSet();
            before[i] = initial(projections.get(i));
        }
    }

    /** Potentials before the first step; null where there are no neurons. */
    private static float[] initial(final Projection projection) {
        if (projection.neuron() == null && projection.euler() == null) {
            return null;
        }
        final float[] initial = new float[projection.output().size()];
        for (int i = 0; i < initial.length; i++) {
            initial[i] = projection.euler() != null ? projection.euler().initial(i)
                : projection.neuron().reset().restingPotential();
        }
        return initial;
    }

    /** Compares the step that the simulator, which records its currents, has just done. */
    public void step(final Simulator simulator) {
        for (int i = 0; i < projections.size(); i++) {
            final Projection projection = projections.get(i);
            final BitSet now = reached[i];
            for (final Inflow inflow : projection.inflows()) {
                if (inflow.source() != Inflow.INPUT) {
                    final BitSet from = inflow.delay() == 0 ? differing[inflow.source()] : ever[inflow.source()];
                    from.stream().forEach(address -> Reach.add(inflow, address, now));
                }
            }
            if (!projection.spikes() || !reference.has(projection.outputLayer())) {
                // nothing to compare: whatever could differ is taken to differ
                differing[i] = (BitSet) now.clone();
            } else {
                differing[i] = compare(i, simulator);
                now.or(differing[i]);
            }
            if (before[i] != null) {
                simulator.membrane(network.layers().get(projection.outputLayer()).name(), before[i]);
            }
        }
        for (int i = 0; i < ever.length; i++) {
            ever[i].or(differing[i]);
        }
        step++;
    }

    private BitSet compare(final int index, final Simulator simulator) {
        final Projection projection = projections.get(index);
        final int layer = projection.outputLayer();
        final String name = network.layers().get(layer).name();
        final Shape shape = projection.output();
        simulator.spikes(name, spikes[index]);
        final BitSet found = new BitSet();
        int event = 0;
        for (int address = 0; address < shape.size(); address++) {
            final boolean fired = event < spikes[index].size() && spikes[index].address(event) == address;
            event += fired ? 1 : 0;
            final boolean expected = reference.fired(layer, step, shape, shape.channelFirstIndex(address));
            referenceSpikes[layer] += expected ? 1 : 0;
            if (fired != expected) {
                found.set(address);
            }
        }
        if (!found.isEmpty()) {
            simulator.current(name, current[index]);
            found.stream().forEach(address -> note(index, address));
        }
        return found;
    }

    private void note(final int index, final int address) {
        final Projection projection = projections.get(index);
        final int layer = projection.outputLayer();
        final boolean expected = reference.fired(
            layer, step, projection.output(), projection.output().channelFirstIndex(address));
        final Difference difference = new Difference(step, layer, address, !expected,
            charged(projection, index, address), projection.euler() != null ? projection.euler().threshold(address)
                : projection.neuron().vThreshold());
        differences[layer]++;
        if (first == null) {
            first = difference;
        }
        if (!reached[index].get(address)) {
            origins++;
            furthestOrigin = Math.max(furthestOrigin, difference.distance());
        }
    }

    private float charged(final Projection projection, final int index, final int address) {
        final float v = before[index][address];
        final float x = current[index][address];
        return projection.euler() != null ? projection.euler().charge(address, v, x)
            : projection.neuron().charge(v, x);
    }

    /** Number of steps compared. */
    public int steps() {
        return step;
    }

    /** Layers that were compared. */
    public List<Integer> layers() {
        final List<Integer> layers = new ArrayList<>();
        for (int layer = 0; layer < differences.length; layer++) {
            if (network.layers().get(layer).spikes() && reference.has(layer)) {
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

    /** Why spikes differ. */
    public enum Cause {
        /** None does. */
        NONE,
        /** Each difference began with a potential that rounding can carry over its threshold. */
        ROUNDING,
        /** Some potential was too far from its threshold for that: the networks are not the same. */
        SEMANTICS
    }

    /** Why spikes differ: rounding, where no origin was farther than 1e-5 from its threshold. */
    public Cause cause() {
        return differences() == 0 ? Cause.NONE
            : furthestOrigin <= ROUNDING_DISTANCE ? Cause.ROUNDING : Cause.SEMANTICS;
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
