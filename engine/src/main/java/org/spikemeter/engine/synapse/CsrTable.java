package org.spikemeter.engine.synapse;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.spikemeter.engine.network.Connections;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Shape;

/**
 * A list of synapses for each source (compressed sparse rows). Right for random and pruned connectivity; a convolution
 * in this form repeats its weights for each pixel.
 *
 * <p>A synapse adds to a <em>place</em>: its target, and with a delay of d steps, d grids of targets behind it. Places
 * ascend within a row, so that a row is walked through its targets of one step after those of the step before.
 */
public final class CsrTable implements SynapseTable {
    private final Shape input;
    private final Shape output;
    private final int[] rowStart;
    private final int[] place;
    private final float[] weight;
    /** Null where a row has weights that differ. */
    private final float[] rowWeight;
    private final int maxDelay;
    private final boolean single;

    private CsrTable(
        final Shape input, final Shape output, final int[] rowStart, final int[] place, final float[] weight,
        final int maxDelay) {
        this.input = input;
        this.output = output;
        this.rowStart = rowStart;
        this.place = place;
        this.weight = weight;
        this.rowWeight = rowWeights(rowStart, weight);
        this.maxDelay = maxDelay;
        this.single = IntStream.range(0, rowStart.length).allMatch(source -> rowStart[source] == source);
    }

    /** The one weight of each row; null where one has more. */
    private static float[] rowWeights(final int[] rowStart, final float[] weight) {
        final float[] rowWeight = new float[rowStart.length - 1];
        for (int source = 0; source < rowWeight.length; source++) {
            for (int i = rowStart[source]; i < rowStart[source + 1]; i++) {
                final float first = weight[rowStart[source]];
                if (Float.floatToRawIntBits(weight[i]) != Float.floatToRawIntBits(first)) {
                    return null;
                }
                rowWeight[source] = first;
            }
        }
        return rowWeight;
    }

    /**
     * Compiles connections whose sources are in PyTorch's order (channel, y, x) of a grid.
     *
     * @param input grid of the sources
     * @param connections the synapses
     * @param scale factor of each target, in float64; null for none
     */
    public static CsrTable of(final Shape input, final Connections connections, final double[] scale) {
        final int maxDelay = IntStream.range(0, connections.synapses()).map(connections::delay).max().orElse(0);
        requirePlaces(maxDelay, connections.targets());
        final int[] rowStart = new int[connections.sources() + 1];
        final int[] place = new int[connections.synapses()];
        final float[] weight = new float[connections.synapses()];
        int synapse = 0;
        for (int address = 0; address < input.size(); address++) {
            final int source = input.channelFirstIndex(address);
            for (int i = connections.start(source); i < connections.start(source + 1); i++) {
                place[synapse] = connections.delay(i) * connections.targets() + connections.target(i);
                weight[synapse] = Weights.scaled(connections.weight(i), scale, connections.target(i));
                synapse++;
            }
            rowStart[address + 1] = synapse;
            if (maxDelay > 0) {
                sort(place, weight, rowStart[address], synapse);
            }
        }
        return new CsrTable(input, Shape.flat(connections.targets()), rowStart, place, weight, maxDelay);
    }

    private static void requirePlaces(final int maxDelay, final int targets) {
        final long places = (maxDelay + 1L) * targets;
        if (places > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("delays of up to " + maxDelay + " steps to " + targets
                + " targets need " + places + " sums on their way: expected fewer than 2^31");
        }
    }

    /** Sorts a row by places, which no two synapses share. */
    private static void sort(final int[] place, final float[] weight, final int from, final int to) {
        final long[] synapses = new long[to - from];
        for (int i = 0; i < synapses.length; i++) {
            synapses[i] = (long) place[from + i] << 32 | Float.floatToRawIntBits(weight[from + i]) & 0xFFFFFFFFL;
        }
        Arrays.sort(synapses);
        for (int i = 0; i < synapses.length; i++) {
            place[from + i] = (int) (synapses[i] >>> 32);
            weight[from + i] = Float.intBitsToFloat((int) synapses[i]);
        }
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
        return new CsrTable(
            grid, grid, rowStart, Arrays.copyOf(target, synapse), Arrays.copyOf(weight, synapse), 0);
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
        return new CsrTable(grid, whole, rowStart, target, weight, 0);
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
        return place.length;
    }

    @Override
    public int weights() {
        return place.length;
    }

    @Override
    public long bytes() {
        return 4L * rowStart.length + 8L * place.length;
    }

    /** Longest delay of a synapse, in steps. */
    public int maxDelay() {
        return maxDelay;
    }

    /** True where each source has one synapse, which then has the index of its source. */
    public boolean isSingle() {
        return single;
    }

    /** Target of a synapse. */
    public int target(final int synapse) {
        return maxDelay == 0 ? place[synapse] : place[synapse] % output.size();
    }

    /** First synapse of each source, and one beyond the last; not to be changed. */
    public int[] rowStart() {
        return rowStart;
    }

    /** {@code delay * targets + target} of each synapse; not to be changed. */
    public int[] place() {
        return place;
    }

    /** The weight that all synapses of a source have, by source; null where they differ. Not to be changed. */
    public float[] rowWeight() {
        return rowWeight;
    }

    /** Weight of each synapse; not to be changed. */
    public float[] weight() {
        return weight;
    }
}
