package org.spikemeter.engine.simulate;

import java.util.Arrays;
import java.util.List;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.count.LayerCounts;
import org.spikemeter.engine.count.UpdateTally;
import org.spikemeter.engine.integer.IntegerLayer;
import org.spikemeter.engine.integer.IntegerNeurons;
import org.spikemeter.engine.kernel.IntegerFire;
import org.spikemeter.engine.kernel.IntegerSlide;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.network.Layer;

/**
 * What a projection has in integer mode instead of floating point: integer potentials, and the way from events to
 * spikes. Pools, counts and the order of a step are those of {@link ProjectionState}.
 */
final class IntegerState {
    private final IntegerLayer layer;
    private final IntegerNeurons neurons;
    private final IntegerFire fire;
    private final Layer.Relu relu;
    private final EventGrid output;
    private final IntegerInflow[] inflows;
    private final IntegerScratch[] scratch;
    private final int[] membrane;
    private final int[] biasRow;
    private final int rowSize;

    /**
     * @param layer its constants
     * @param projection what it is of
     * @param states the projection's inflows
     * @param threads that share its rows
     */
    IntegerState(
        final IntegerLayer layer, final Projection projection, final InflowState[] states, final EventGrid output,
        final Kernels kernels, final int threads) {
        this.layer = layer;
        this.neurons = layer.neurons();
        this.fire = kernels.integerFire();
        this.relu = projection.relu();
        this.output = output;
        this.inflows = new IntegerInflow[states.length];
        for (int i = 0; i < inflows.length; i++) {
            inflows[i] = new IntegerInflow(layer.inputs().get(i), states[i], kernels);
        }
        this.rowSize = output.shape().width() * output.shape().channels();
        this.membrane = neurons == null ? null : new int[output.shape().size()];
        this.biasRow = new int[rowSize];
        for (int i = 0; layer.bias() != null && i < rowSize; i++) {
            biasRow[i] = layer.bias()[i % layer.bias().length];
        }
        this.scratch = new IntegerScratch[threads];
        for (int i = 0; i < threads; i++) {
            scratch[i] = new IntegerScratch(layer.inputs(), inflows, rowSize);
        }
    }

    /** The equations; null where there are no neurons. */
    IntegerNeurons neurons() {
        return neurons;
    }

    void reset() {
        if (membrane != null) {
            Arrays.fill(membrane, 0);
        }
    }

    /** Rounds the step's events where they have values; after pooling, before the rows. */
    void prepare(final LayerCounts counts) {
        for (final IntegerInflow inflow : inflows) {
            counts.addOverflows(inflow.prepare());
        }
    }

    /** Starts with rows {@code from} to {@code to - 1}. */
    void open(final int from, final int to, final int thread) {
        for (int i = 0; i < inflows.length; i++) {
            inflows[i].open(from, to, scratch[thread], i);
        }
    }

    /** Makes the inputs of the neurons of row {@code y}, the next of those that were opened: the thread's row. */
    void integrate(final int y, final int thread) {
        final IntegerScratch own = scratch[thread];
        System.arraycopy(biasRow, 0, own.row, 0, rowSize);
        for (int i = 0; i < inflows.length; i++) {
            inflows[i].addRow(y, own, i);
        }
    }

    /** True where a row can be fired from its sums: nothing else comes in. */
    boolean firesSums() {
        return neurons != null && inflows.length == 1 && inflows[0].isSliding();
    }

    /** Fires row {@code y}, the next of those that were opened, instead of {@link #integrate}. */
    void fireSums(final int y, final int thread, final UpdateTally tally) {
        final IntegerScratch own = scratch[thread];
        final IntegerSlide slide = inflows[0].slide(y, own, 0);
        fire.fireSums(neurons, slide, inflows[0].shift(), biasRow, own.row, membrane, output, y, tally);
        slide.end(y);
    }

    /** Fires row {@code y}, which was integrated last. */
    void fireRow(final int y, final int thread, final UpdateTally tally) {
        fire.fireRow(neurons, scratch[thread].row, membrane, output, y, tally);
    }

    /** Without neurons: emits the inputs that are not zero, in floating point. */
    void emitRow(final int y, final int thread, final UpdateTally tally) {
        final int first = output.rowStart(y);
        final int[] row = scratch[thread].row;
        int place = first;
        for (int i = 0; i < rowSize; i++) {
            final float sum = layer.current(row[i]);
            final float value = relu == null ? sum : relu.apply(sum);
            if (value != 0.0f) {
                output.keys()[place] = i;
                output.values()[place] = value;
                place++;
            }
        }
        tally.spikes += place - first;
        output.indexRow(y, place);
    }

    /** Writes the inputs of the row in floating point, to where its first neuron's is. */
    void currents(final int thread, final float[] into, final int offset) {
        final int[] row = scratch[thread].row;
        for (int i = 0; i < rowSize; i++) {
            into[offset + i] = layer.current(row[i]);
        }
    }

    /**
     * Marks the neurons of rows {@code from} to {@code to - 1} that are at their level, in numbers that a model in
     * floating point compares rightly, whatever the width.
     */
    void markLevels(final int from, final int to, final float[] into) {
        for (int i = from * rowSize; i < to * rowSize; i++) {
            into[i] = membrane[i] >= neurons.level() ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
        }
    }

    /** Writes all potentials in floating point. */
    void potentials(final float[] into) {
        for (int i = 0; i < membrane.length; i++) {
            into[i] = layer.potential(membrane[i]);
        }
    }

    /** The ways into a projection as integer mode takes them. */
    static List<IntegerLayer.Way> ways(final Projection projection, final boolean[] valued) {
        final IntegerLayer.Way[] ways = new IntegerLayer.Way[valued.length];
        for (int i = 0; i < ways.length; i++) {
            final Inflow inflow = projection.inflows().get(i);
            ways[i] = new IntegerLayer.Way(inflow.table(), inflow.pools(), valued[i]);
        }
        return List.of(ways);
    }
}
