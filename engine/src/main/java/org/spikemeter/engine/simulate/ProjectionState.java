package org.spikemeter.engine.simulate;

import java.util.Arrays;
import java.util.List;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.count.FanOut;
import org.spikemeter.engine.count.LayerCounts;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.UpdateMeter;
import org.spikemeter.engine.kernel.ChargeKernel;
import org.spikemeter.engine.kernel.CsrScatter;
import org.spikemeter.engine.kernel.FireKernel;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.kernel.SynapseKernel;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.neuron.Charge;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.CsrTable;
import org.spikemeter.engine.synapse.Pool;

/**
 * State of one projection, and its step: {@link #begin}, then {@link #pool} for each pool and {@link #integrateAndFire}
 * over all rows (rows may be shared among threads, each with an index of its own), then {@link #end}.
 */
final class ProjectionState {
    private final Projection projection;
    private final Strategy forced;
    private final boolean metered;
    private final SynapseKernel[] kernels = new SynapseKernel[Strategy.values().length];
    private final FireKernel fire;
    private final EventGrid[] pooled;
    private final EventGrid output;
    private final float[] membrane;
    private final float[] currents;
    private final float[] biasRow;
    private final float[] dense;
    private final Scratch[] scratch;
    private final LayerCounts counts = new LayerCounts();
    private final Charge charge;
    private final UpdateMeter meter;
    private final FanOut fanOut;
    private final FanOut pooledFanOut;
    /** Number of pools, from the first, after which events are counted: up to the last that is not linear. */
    private final int countedAfter;

    private EventGrid input;
    private SynapseKernel kernel;
    private boolean denseFilled;
    private int step;

    ProjectionState(
        final Projection projection, final boolean inputValued, final Kernels kernels,
        final Simulator.Context context, final int threads) {
        this.projection = projection;
        this.forced = context.strategy();
        this.metered = context.metered();
        this.fire = kernels.fire();
        for (final Strategy strategy : Strategy.values()) {
            this.kernels[strategy.ordinal()] = kernels.synapse(strategy);
        }
        final List<Pool> pools = projection.pools();
        this.pooled = new EventGrid[pools.size()];
        boolean valued = inputValued;
        int lastMax = 0;
        for (int i = 0; i < pools.size(); i++) {
            valued = pools.get(i).isValued(valued);
            pooled[i] = new EventGrid(pools.get(i).output(), valued);
            lastMax = pools.get(i).isLinear() ? lastMax : i + 1;
        }
        this.countedAfter = lastMax;
        this.fanOut = FanOut.of(pools.subList(lastMax, pools.size()), projection.table());
        this.pooledFanOut = lastMax == pools.size() ? fanOut : FanOut.of(List.of(), projection.table());
        final Shape shape = projection.output();
        final NeuronModel neuron = projection.neuron();
        this.output = new EventGrid(shape, neuron == null);
        this.membrane = neuron == null ? null : new float[shape.size()];
        this.currents = context.recordCurrents() ? new float[shape.size()] : null;
        this.charge = neuron == null ? null : neuron.charge();
        this.meter = neuron == null ? null : new UpdateMeter(projection.table(), projection.bias(), neuron);
        final int rowSize = shape.width() * shape.channels();
        this.biasRow = projection.bias() == null ? null : repeat(projection.bias(), rowSize);
        this.dense = projection.table() instanceof ConvolutionTable && mayRunDense()
            ? new float[projection.table().input().size()] : null;
        this.scratch = new Scratch[threads];
        for (int i = 0; i < threads; i++) {
            scratch[i] = new Scratch(projection, rowSize, meter == null ? 0 : meter.cellsPerRow());
        }
        reset();
    }

    private static float[] repeat(final float[] pattern, final int size) {
        final float[] repeated = new float[size];
        for (int i = 0; i < size; i++) {
            repeated[i] = pattern[i % pattern.length];
        }
        return repeated;
    }

    Projection projection() {
        return projection;
    }

    EventGrid output() {
        return output;
    }

    LayerCounts counts() {
        return counts;
    }

    /** Potentials by address, live; null where there are no neurons. */
    float[] membrane() {
        return membrane;
    }

    /** Input currents of the last step by address, live; null where they are not recorded. */
    float[] currents() {
        return currents;
    }

    boolean isValued() {
        return projection.neuron() == null;
    }

    void reset() {
        if (membrane != null) {
            Arrays.fill(membrane, projection.neuron().reset().restingPotential());
            meter.reset();
        }
        counts.reset();
        output.clear();
        step = -1;
    }

    int pools() {
        return pooled.length;
    }

    int poolRows(final int pool) {
        return pooled[pool].shape().height();
    }

    int rows() {
        return output.shape().height();
    }

    /** A whole step by one thread. */
    void runStep(final EventGrid events) {
        begin(events);
        for (int pool = 0; pool < pooled.length; pool++) {
            pool(pool, 0, poolRows(pool), 0);
        }
        prepare();
        integrateAndFire(0, rows(), 0);
        end();
    }

    /** Takes the events of the next step. They must stay as they are until {@link #end}. */
    void begin(final EventGrid events) {
        input = events;
        step++;
        counts.beginStep();
        for (final Scratch s : scratch) {
            s.tally.clear();
        }
        // every event that comes through a linear pool may have a value of its own
        boolean unit = events.isUnit();
        for (int i = 0; i < pooled.length; i++) {
            unit &= !projection.pools().get(i).isLinear();
            pooled[i].setUnit(unit);
        }
    }

    /** Pools rows {@code from} to {@code to - 1} of pool {@code index}; the pools before it must be done. */
    void pool(final int index, final int from, final int to, final int thread) {
        final EventGrid before = index == 0 ? input : pooled[index - 1];
        final Pool pool = projection.pools().get(index);
        for (int y = from; y < to; y++) {
            pool.poolRow(before, pooled[index], y, scratch[thread].pools[index]);
        }
    }

    private EventGrid delivered() {
        return pooled.length == 0 ? input : pooled[pooled.length - 1];
    }

    /** Counts the step's synaptic operations and picks a strategy; after pooling, before the rows. */
    void prepare() {
        final EventGrid events = delivered();
        if (metered) {
            counts.add(Operation.INPUT_EVENTS, input.size());
            fanOut.count(countedAfter == 0 ? input : pooled[countedAfter - 1], counts);
            counts.add(Operation.POOLED_OPERATIONS, pooledFanOut.total(events));
        }
        if (projection.table() instanceof ConvolutionTable table) {
            final Strategy strategy = forced != null ? forced : choose(table, events);
            kernel = kernels[strategy.ordinal()];
            denseFilled = strategy == Strategy.DENSE;
            if (denseFilled) {
                events.expand(dense);
            }
        }
    }

    private boolean mayRunDense() {
        return forced == null || forced == Strategy.DENSE;
    }

    /** Thresholds found with NetworkBenchmark and KernelBenchmark. */
    private static Strategy choose(final ConvolutionTable table, final EventGrid events) {
        final double density = (double) events.size() / table.input().size();
        return density < StrategyThresholds.SCATTER_BELOW ? Strategy.SCATTER
            : density > StrategyThresholds.DENSE_ABOVE ? Strategy.DENSE : Strategy.GATHER;
    }

    /** Rows {@code from} to {@code to - 1}: sums, charges, fires, resets, and writes what is emitted. */
    void integrateAndFire(final int from, final int to, final int thread) {
        final Scratch own = scratch[thread];
        final int rowSize = output.shape().width() * output.shape().channels();
        for (int y = from; y < to; y++) {
            integrateRow(y, own, rowSize);
            if (currents != null) {
                System.arraycopy(own.row, 0, currents, y * rowSize, rowSize);
            }
            if (membrane == null) {
                emitRow(y, own, rowSize);
            } else {
                fireRow(y, own, rowSize);
            }
        }
    }

    private void integrateRow(final int y, final Scratch own, final int rowSize) {
        final EventGrid events = delivered();
        Arrays.fill(own.row, 0.0f);
        switch (projection.table()) {
            case ConvolutionTable table -> kernel.accumulateRow(table, events, dense, y, own.row, own.ranges);
            case CsrTable table -> CsrScatter.accumulate(table, events, own.row);
        }
        if (biasRow != null) {
            ChargeKernel.addBias(own.row, biasRow, rowSize);
        }
    }

    private void fireRow(final int y, final Scratch own, final int rowSize) {
        final NeuronModel neuron = projection.neuron();
        if (metered) {
            meter.meterRow(delivered(), y, step, membrane, own.reached, own.tally);
        }
        ChargeKernel.charge(charge, membrane, y * rowSize, own.row, rowSize);
        final int place = output.rowStart(y);
        final long fired = fire.fireRow(neuron, own.row, membrane, y * rowSize, rowSize, output.keys(), place);
        output.indexRow(y, place + (int) fired);
        own.tally.spikes += (int) fired;
        own.tally.membraneChanges += fired >>> 32;
    }

    /** Without neurons, what is emitted is the sums that are not zero. */
    private void emitRow(final int y, final Scratch own, final int rowSize) {
        int place = output.rowStart(y);
        for (int i = 0; i < rowSize; i++) {
            if (own.row[i] != 0.0f) {
                output.keys()[place] = i;
                output.values()[place] = own.row[i];
                place++;
            }
        }
        own.tally.spikes += place - output.rowStart(y);
        output.indexRow(y, place);
    }

    /** Closes the step. */
    void end() {
        if (denseFilled) {
            delivered().erase(dense);
            denseFilled = false;
        }
        output.setUnit(membrane != null);
        long spikes = 0;
        long changes = 0;
        long updates = 0;
        long skipped = 0;
        for (final Scratch s : scratch) {
            spikes += s.tally.spikes;
            changes += s.tally.membraneChanges;
            updates += s.tally.updates;
            skipped += s.tally.skipped;
        }
        final long neurons = output.shape().size();
        final long synaptic = counts.get(Operation.SYNAPTIC_ACCUMULATES, step)
            + counts.get(Operation.SYNAPTIC_MULTIPLY_ACCUMULATES, step);
        counts.add(Operation.SPIKES, spikes);
        if (!metered) {
            return;
        }
        counts.add(Operation.EVENT_READS, counts.get(Operation.INPUT_EVENTS, step));
        counts.add(Operation.EVENT_WRITES, spikes);
        counts.add(Operation.WEIGHT_READS, synaptic);
        counts.add(Operation.MEMBRANE_READS, synaptic + updates);
        counts.add(Operation.MEMBRANE_WRITES, synaptic + updates);
        if (membrane == null) {
            counts.add(Operation.BIAS_ADDS, biasRow == null ? 0 : neurons);
            return;
        }
        counts.add(Operation.RESETS, spikes);
        counts.add(Operation.NEURON_UPDATES, updates);
        counts.add(Operation.SKIPPED_UPDATES, skipped);
        counts.add(Operation.CLOCK_DRIVEN_UPDATES, neurons);
        counts.add(Operation.MEMBRANE_CHANGES, step == 0 ? neurons : changes);
        counts.add(Operation.BIAS_ADDS, biasRow == null ? 0 : updates);
        counts.add(Operation.LEAK_MULTIPLIES, updates * charge.multiplies());
        counts.add(Operation.MEMBRANE_ADDS, updates * charge.adds());
        counts.add(Operation.THRESHOLD_COMPARES, updates);
    }
}
