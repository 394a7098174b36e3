package org.spikemeter.engine.synapse;

import java.util.Arrays;
import org.spikemeter.engine.network.Connections;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Shape;

/**
 * A list of synapses for each source (compressed sparse rows), targets ascending. Right for random and pruned
 * connectivity; a convolution in this form repeats its weights for each pixel.
 */
public final class CsrTable implements SynapseTable {
    private final Shape input;
    private final Shape output;
    private final int[] rowStart;
    private final int[] target;
    private final float[] weight;

    private CsrTable(
        final Shape input, final Shape output, final int[] rowStart, final int[] target, final float[] weight) {
        this.input = input;
        this.output = output;
        this.rowStart = rowStart;
        this.target = target;
        this.weight = weight;
    }

    /**
     * Compiles connections whose sources are in PyTorch's order (channel, y, x) of a grid.
     *
     * @param input grid of the sources
     * @param connections the synapses
     * @param scale factor of each target, in float64; null for none
     */
    public static CsrTable of(final Shape input, final Connections connections, final double[] scale) {
        final int[] rowStart = new int[connections.sources() + 1];
        final int[] target = new int[connections.synapses()];
        final float[] weight = new float[connections.synapses()];
        int synapse = 0;
        for (int address = 0; address < input.size(); address++) {
            final int source = input.channelFirstIndex(address);
            for (int i = connections.start(source); i < connections.start(source + 1); i++) {
                target[synapse] = connections.target(i);
                weight[synapse] = Weights.scaled(connections.weight(i), scale, target[synapse]);
                synapse++;
            }
            rowStart[address + 1] = synapse;
        }
        return new CsrTable(input, Shape.flat(connections.targets()), rowStart, target, weight);
    }

    /**
     * Compiles a factor for each value: a synapse where it is not 0.
     *
     * @param grid of the sources and of the targets
     * @param layer the factors
     * @param scale factor of each channel, in float64; null for none
     */
    public static CsrTable of(final Shape grid, final Layer.Scale layer, final double[] scale) {
        final int[] rowStart = new int[grid.size() + 1];
        final int[] target = new int[grid.size()];
        final float[] weight = new float[grid.size()];
        int synapse = 0;
        for (int address = 0; address < grid.size(); address++) {
            final float factor = layer.factor().get(grid.channelFirstIndex(address));
            if (factor != 0.0f) {
                target[synapse] = address;
                weight[synapse] = Weights.scaled(factor, scale, address % grid.channels());
                synapse++;
            }
            rowStart[address + 1] = synapse;
        }
        return new CsrTable(grid, grid, rowStart, Arrays.copyOf(target, synapse), Arrays.copyOf(weight, synapse));
    }

    /**
     * Moves each value to a place of a larger grid.
     *
     * @param grid of the sources
     * @param whole grid of the targets; where it is a vector, it holds grids in PyTorch's order
     * @param first channel of {@code whole} (place, of a vector) that the first channel becomes
     */
    public static CsrTable part(final Shape grid, final Shape whole, final int first) {
        final int[] rowStart = new int[grid.size() + 1];
        final int[] target = new int[grid.size()];
        final float[] weight = new float[grid.size()];
        Arrays.fill(weight, 1.0f);
        for (int address = 0; address < grid.size(); address++) {
            target[address] = first + (whole.pixels() > 1
                ? address / grid.channels() * whole.channels() + address % grid.channels()
                : grid.channelFirstIndex(address));
            rowStart[address + 1] = address + 1;
        }
        return new CsrTable(grid, whole, rowStart, target, weight);
    }

    @Override
    public Shape input() {
        return input;
    }

    @Override
    public Shape output() {
        return output;
    }

    @Override
    public long synapses() {
        return target.length;
    }

    @Override
    public int weights() {
        return target.length;
    }

    @Override
    public long bytes() {
        return 4L * rowStart.length + 8L * target.length;
    }

    /** First synapse of each source, and one beyond the last; not to be changed. */
    public int[] rowStart() {
        return rowStart;
    }

    /** Target of each synapse; not to be changed. */
    public int[] target() {
        return target;
    }

    /** Weight of each synapse; not to be changed. */
    public float[] weight() {
        return weight;
    }
}
