package org.spikemeter.engine.simulate;

import java.util.ArrayList;
import java.util.List;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.CsrTable;
import org.spikemeter.engine.synapse.Pool;
import org.spikemeter.engine.synapse.SynapseTable;

/**
 * Turns layers into projections. Batch norm behind synapses is folded into them, in float64, rounded once; batch norm
 * or neurons without synapses before them get one synapse a neuron.
 */
public final class NetworkCompiler {
    private final Network network;
    private final List<Projection> projections = new ArrayList<>();
    private final List<Pool> pools = new ArrayList<>();
    private Layer synapses;
    private int synapticLayer = -1;
    private Shape grid;
    private double[] scale;
    private double[] shift;

    private NetworkCompiler(final Network network) {
        this.network = network;
    }

    /**
     * Compiles a network.
     *
     * @throws IllegalArgumentException naming the layer, where a folded weight is beyond float32 or a table too large
     */
    public static List<Projection> compile(final Network network) {
        return new NetworkCompiler(network).compile();
    }

    private List<Projection> compile() {
        for (int i = 0; i < network.layers().size(); i++) {
            final Layer layer = network.layers().get(i);
            switch (layer) {
                case Layer.Conv2d conv -> open(conv, i, conv.bias());
                case Layer.Linear linear -> open(linear, i, linear.bias());
                case Layer.Sparse sparse -> open(sparse, i, sparse.bias());
                case Layer.BatchNorm norm -> {
                    if (synapticLayer < 0) {
                        open(norm, i, null);
                    }
                    fold(norm);
                }
                case Layer.Pool2d pool -> {
                    if (synapticLayer >= 0) {
                        close(null, i - 1);
                    }
                    pools.add(new Pool(network.inputOf(i), pool));
                }
                case Layer.Flatten _ -> { }
                case Layer.Neurons neurons -> {
                    if (synapticLayer < 0) {
                        open(neurons, i, null);
                    }
                    close(neurons.model(), i);
                }
            }
        }
        if (synapticLayer < 0 && (!pools.isEmpty() || projections.isEmpty())) {
            open(network.layers().getLast(), network.layers().size() - 1, null);
        }
        if (synapticLayer >= 0) {
            close(null, network.layers().size() - 1);
        }
        return List.copyOf(projections);
    }

    private void open(final Layer layer, final int index, final Tensor bias) {
        if (synapticLayer >= 0) {
            close(null, index - 1);
        }
        synapses = layer;
        synapticLayer = index;
        grid = pools.isEmpty() ? network.inputOf(index) : pools.getLast().output();
        scale = null;
        shift = null;
        if (bias != null) {
            shift = new double[bias.size()];
            for (int c = 0; c < shift.length; c++) {
                shift[c] = bias.get(c);
            }
        }
    }

    private void fold(final Layer.BatchNorm norm) {
        final int channels = norm.weight().size();
        final double[] scaleBefore = scale;
        final double[] shiftBefore = shift;
        scale = new double[channels];
        shift = new double[channels];
        for (int c = 0; c < channels; c++) {
            scale[c] = norm.scale(c) * (scaleBefore == null ? 1.0 : scaleBefore[c]);
            shift[c] = norm.shift(c) + norm.scale(c) * (shiftBefore == null ? 0.0 : shiftBefore[c]);
        }
    }

    private void close(final NeuronModel neuron, final int outputLayer) {
        try {
            final SynapseTable table = switch (synapses) {
                case Layer.Conv2d conv -> ConvolutionTable.of(grid, conv, scale);
                case Layer.Linear linear -> ConvolutionTable.of(grid, linear, scale);
                case Layer.Sparse sparse -> CsrTable.of(grid, sparse.connections(), scale);
                case Layer.BatchNorm _, Layer.Pool2d _, Layer.Flatten _, Layer.Neurons _ ->
                    ConvolutionTable.oneToOne(grid, scale);
            };
            projections.add(new Projection(pools, table, bias(), neuron, synapticLayer, outputLayer));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("layer '" + synapses.name() + "': " + e.getMessage(), e);
        }
        pools.clear();
        synapticLayer = -1;
    }

    private float[] bias() {
        if (shift == null) {
            return null;
        }
        final float[] bias = new float[shift.length];
        for (int c = 0; c < bias.length; c++) {
            bias[c] = (float) shift[c];
            if (!Float.isFinite(bias[c])) {
                throw new IllegalArgumentException("bias " + shift[c] + " of channel " + c + " is beyond float32");
            }
        }
        return bias;
    }
}
