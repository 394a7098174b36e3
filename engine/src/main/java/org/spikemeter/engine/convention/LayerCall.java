package org.spikemeter.engine.convention;

import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Shape;

/**
 * One call of one layer: what a framework's hook would see, and what was executed. Reused from step to step; arrays are
 * live.
 */
public final class LayerCall {
    /** Index of the layer. */
    final int index;
    /** The layer. */
    final Layer layer;
    /** Grid of its input. */
    final Shape inputShape;
    /** Grid of its output. */
    final Shape outputShape;
    /** Pairs of a source and an existing target; 0 where the layer has no synapses. */
    final long synapses;
    /** As {@link #synapses}, with the taps that lie in the padding; no bias. */
    final long denseOperations;
    /** Elements in the windows of the average pools since the synapses before. */
    int averagedElements = 1;

    /** The step. */
    int step;
    /** ACC that were executed in the name of this layer. */
    long executedAcc;
    /** MAC that were executed in the name of this layer. */
    long executedMac;
    /** Of a synaptic layer: pairs behind all pools. */
    Pairs pairs = Pairs.NONE;
    /** Of a synaptic layer: pairs before the pools, of the events that are executed. */
    Pairs pairsBeforePools = Pairs.NONE;
    /** Of neurons: potentials before the step. */
    float[] membrane;
    /** Of neurons: the input current. */
    float[] current;
    /** Of neurons: where they fired. */
    EventGrid spikes;
    /** Of neurons: how many fired. */
    int spikeCount;
    /** Of neurons: how many have another potential after the step than before. */
    int membraneChanges;

    private EventGrid inputEvents;
    private float[] inputValues;
    private float[] outputValues;
    private Facts input;
    private Facts output;

    LayerCall(
        final int index, final Layer layer, final Shape inputShape, final Shape outputShape, final long synapses,
        final long denseOperations) {
        this.index = index;
        this.layer = layer;
        this.inputShape = inputShape;
        this.outputShape = outputShape;
        this.synapses = synapses;
        this.denseOperations = denseOperations;
    }

    void begin(final int newStep, final EventGrid events, final float[] values) {
        step = newStep;
        inputEvents = events;
        inputValues = values;
        outputValues = null;
        input = null;
        output = null;
        executedAcc = 0;
        executedMac = 0;
    }

    void outputIs(final float[] values) {
        outputValues = values;
    }

    /** Facts about the input. */
    Facts input() {
        if (input == null) {
            input = inputEvents != null ? Facts.of(inputEvents) : Facts.of(inputValues);
        }
        return input;
    }

    /** Facts about the output of a synaptic layer: the sums with its own bias. */
    Facts output() {
        if (output == null) {
            output = Facts.of(outputValues);
        }
        return output;
    }

    /** True for layers with weights between neurons. */
    boolean isSynaptic() {
        return layer instanceof Layer.Conv2d || layer instanceof Layer.Linear || layer instanceof Layer.Sparse;
    }

    /** True where a synaptic layer has a bias of its own. */
    boolean hasBias() {
        return switch (layer) {
            case Layer.Conv2d conv -> conv.bias() != null;
            case Layer.Linear linear -> linear.bias() != null;
            case Layer.Sparse sparse -> sparse.bias() != null;
            default -> false;
        };
    }
}
