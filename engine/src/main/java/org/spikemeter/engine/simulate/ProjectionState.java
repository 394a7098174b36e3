package org.spikemeter.engine.simulate;

import java.util.Arrays;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.PixelBits;
import org.spikemeter.engine.count.LayerCounts;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.count.UpdateMeter;
import org.spikemeter.engine.integer.IntegerLayer;
import org.spikemeter.engine.kernel.ChargeKernel;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.NeuronKernel;
import org.spikemeter.engine.kernel.NeuronUpdate;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.neuron.Charge;
import org.spikemeter.engine.neuron.EulerModel;
import org.spikemeter.engine.neuron.NeuronModel;

/**
 * State of one projection, and its step: {@link #begin} for each inflow, then {@link #pool} for each pool and
 * {@link #integrateAndFire} over all rows (rows may be shared among threads, each with an index of its own), then
 * {@link #end}.
 */
final class ProjectionState {
    private final Projection projection;
    private final boolean metered;
    private final NeuronKernel neuronKernel;
    private final NeuronUpdate neurons;
    /** For sums that have their bias already. */
    private final NeuronUpdate unbiased;
    private final InflowState[] inflows;
    /** Inflow and pool of each pool, one after the other. */
    private final int[] poolInflow;
    private final int[] poolIndex;
    private final EventGrid output;
    private final float[] membrane;
    /** Of integer neurons, for those who ask; the marks of {@link #membrane} stay as they are. */
    private final float[] potentials;
    /** Null where neurons share their parameters, or there are none. */
    private final EulerNeurons euler;
    private final float[] currents;
    private final float[] biasRow;
    private final Scratch[] scratch;
    private final LayerCounts counts;
    private final Charge charge;
    private final UpdateMeter meter;
    /** What works instead of the kernels in floating point; null where those do. */
    private final IntegerState integer;
    /** What works instead of the general way where it can. */
    private final NeuronRows neuronRows;
    private final RowShares shares;
    private int step;
    /** The last step that ended; the one before {@link #step} while that is under way. */
    private int ended;

    ProjectionState(
        final Projection projection, final boolean movesOnly, final boolean[] inputValued, final Kernels kernels,
        final Simulator.Context context, final IntegerLayer integerLayer, final int threads) {
        this.projection = projection;
        this.metered = context.metered();
        this.counts = new LayerCounts(context.countedSteps());
        this.neuronKernel = kernels.neurons();
        this.inflows = new InflowState[projection.inflows().size()];
        int pools = 0;
        for (int i = 0; i < inflows.length; i++) {
            inflows[i] = new InflowState(projection.inflows().get(i), inputValued[i], kernels,
                integerLayer == null ? context.strategy() : Strategy.GATHER,
                i == 0 ? counts : new LayerCounts(context.countedSteps()), movesOnly, threads);
            pools += inflows[i].pools();
        }
        this.poolInflow = new int[pools];
        this.poolIndex = new int[pools];
        int next = 0;
        for (int i = 0; i < inflows.length; i++) {
            for (int pool = 0; pool < inflows[i].pools(); pool++) {
                poolInflow[next] = i;
                poolIndex[next] = pool;
                next++;
            }
        }
        this.shares = RowShares.of(projection.table(), threads);
        final Shape shape = projection.output();
        final NeuronModel neuron = projection.neuron();
        this.output = new EventGrid(shape, !projection.spikes());
        this.membrane = neuron == null && projection.euler() == null ? null : new float[shape.size()];
        this.potentials = membrane == null || integerLayer == null ? null : new float[shape.size()];
        this.euler = projection.euler() == null ? null : new EulerNeurons(projection.euler(), membrane);
        this.currents = context.recordCurrents() ? new float[shape.size()] : null;
        this.charge = neuron == null ? null : neuron.charge();
        // what several inflows reach, or synapses with delays, is updated in every step, and so are neurons whose
        // silence has no closed form
        this.meter = neuron == null || inflows.length > 1 || inflows[0].hasDelays() ? null
            : integerLayer == null ? new UpdateMeter(projection.table(), projection.bias(), neuron)
            : new UpdateMeter(projection.table(), integerLayer.biasInUnits(), integerLayer.neurons().inUnits());
        this.integer = integerLayer == null ? null
            : new IntegerState(integerLayer, projection, inflows, output, kernels, threads);
        final int rowSize = shape.width() * shape.channels();
        this.biasRow = projection.bias() == null ? null : repeat(projection.bias(), rowSize);
        this.neurons = neuron == null ? null : new NeuronUpdate(neuron, biasRow);
        this.unbiased = neuron == null ? null : neurons.withoutBias();
        final boolean rows = neuron != null && integer == null && currents == null && inflows.length == 1
            && inflows[0].isConvolution();
        this.neuronRows = !rows ? null : new NeuronRows(inflows[0], neuronKernel, neurons, projection.bias(), membrane,
            output, metered ? meter : null);
        this.scratch = new Scratch[threads];
        for (int i = 0; i < threads; i++) {
            scratch[i] = new Scratch(projection, inflows, rowSize, meter == null ? 0 : meter.cellsPerRow());
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

    /** Counts of the first inflow and of the neurons. */
    LayerCounts counts() {
        return counts;
    }

    InflowState inflow(final int index) {
        return inflows[index];
    }

    int inflows() {
        return inflows.length;
    }

    /** Brings potentials and counts to the end of the last step: some neurons were left alone until someone asks. */
    void settle() {
        if (neuronRows == null || ended < 0) {
            return;
        }
        neuronRows.settle(ended, scratch[0]);
        for (final Scratch s : scratch) {
            for (int i = s.tally.firstLate; metered && i <= ended; i++) {
                counts.add(Operation.MEMBRANE_CHANGES, i, s.tally.lateChanges[i]);
            }
            s.tally.clearLate(ended);
        }
    }

    /** Potentials by address, live until the next call; null where there are no neurons. */
    float[] membrane() {
        settle();
        if (integer != null && membrane != null) {
            integer.potentials(potentials);
            return potentials;
        }
        return membrane;
    }

    /** Input currents of the last step by address, live; null where they are not recorded. */
    float[] currents() {
        return currents;
    }

    boolean isValued() {
        return !projection.spikes();
    }

    void reset() {
        if (neuronRows != null) {
            neuronRows.reset();
        }
        for (final Scratch s : scratch) {
            s.tally.clearLate(step);
        }
        if (projection.neuron() != null) {
            Arrays.fill(membrane, projection.neuron().reset().restingPotential());
        }
        if (euler != null) {
            euler.reset();
        }
        if (meter != null) {
            meter.reset();
        }
        if (integer != null) {
            integer.reset();
            markLevels(0, rows());
        }
        for (final InflowState inflow : inflows) {
            inflow.reset();
        }
        output.clear();
        step = -1;
        ended = -1;
    }

    int pools() {
        return poolInflow.length;
    }

    int poolRows(final int pool) {
        return inflows[poolInflow[pool]].poolRows(poolIndex[pool]);
    }

    int rows() {
        return output.shape().height();
    }

    /** First row of each thread's share of the rows, and their number; after {@link #prepare}. */
    int[] rowShares() {
        return shares.of(inflows[0].delivered());
    }

    /** First row of each thread's share of the rows of pool {@code pool}, and their number. */
    int[] poolShares(final int pool) {
        return inflows[poolInflow[pool]].poolShares(poolIndex[pool]);
    }

    /** A whole step of the only inflow, by one thread. */
    void runStep(final EventGrid events) {
        begin();
        begin(0, events);
        for (int pool = 0; pool < pools(); pool++) {
            pool(pool, 0, poolRows(pool), 0);
        }
        prepare();
        integrateAndFire(0, rows(), 0);
        end();
    }

    /** Opens the next step. */
    void begin() {
        step++;
        for (final InflowState inflow : inflows) {
            inflow.counts().beginStep();
        }
        for (final Scratch s : scratch) {
            s.tally.clear();
            s.tally.reserve(step);
        }
    }

    /** Takes the events of an inflow. They must stay as they are until {@link #end}. */
    void begin(final int inflow, final EventGrid events) {
        inflows[inflow].begin(events);
    }

    /** Pools rows {@code from} to {@code to - 1} of pool {@code index}; the pools before it must be done. */
    void pool(final int index, final int from, final int to, final int thread) {
        inflows[poolInflow[index]].pool(poolIndex[index], from, to, scratch[thread].pools[index]);
    }

    /** Counts the step's synaptic operations and picks strategies; after pooling, before the rows. */
    void prepare() {
        for (final InflowState inflow : inflows) {
            inflow.prepare(metered);
        }
        if (integer != null) {
            integer.prepare(counts);
        }
    }

    void integrateAndFire(final int from, final int to, final int thread) {
        final Scratch own = scratch[thread];
        final int rowSize = output.shape().width() * output.shape().channels();
        if (integer != null) {
            integer.open(from, to, thread);
            for (int y = from; y < to; y++) {
                integerRow(y, thread, rowSize);
            }
            return;
        }
        for (int inflow = 0; inflow < inflows.length; inflow++) {
            inflows[inflow].open(from, to, own.slides[inflow]);
        }
        for (int y = from; y < to; y++) {
            if (neuronRows != null) {
                neuronRows.run(y, step, own);
            } else {
                integrate(y, own, rowSize);
                update(y, own, rowSize);
            }
        }
    }

    private void integerRow(final int y, final int thread, final int rowSize) {
        final Scratch own = scratch[thread];
        final boolean fused = currents == null && integer.firesSums();
        if (!fused) {
            integer.integrate(y, thread);
        }
        if (currents != null) {
            integer.currents(thread, currents, y * rowSize);
        }
        if (membrane == null) {
            integer.emitRow(y, thread, own.tally);
            return;
        }
        meterRow(y, own, rowSize);
        if (fused) {
            integer.fireSums(y, thread, own.tally);
        } else {
            integer.fireRow(y, thread, own.tally);
        }
        markLevels(y, y + 1);
    }

    /** The meter wants to know who is at its level where a reset can leave it there. */
    private void markLevels(final int from, final int to) {
        if (meter != null && integer.neurons().staysAtLevel()) {
            integer.markLevels(from, to, membrane);
        }
    }

    /** Sums of a row, the bias of neurons left out. */
    private void integrate(final int y, final Scratch own, final int rowSize) {
        inflows[0].sum(y, own.row, own.ranges[0], own.slides[0]);
        for (int i = 1; i < inflows.length; i++) {
            inflows[i].sum(y, own.more, own.ranges[i], own.slides[i]);
            ChargeKernel.add(own.more, own.row, 0, rowSize);
        }
    }

    /** What is made of a row's sums. */
    private void update(final int y, final Scratch own, final int rowSize) {
        final boolean biased = biasRow != null && (projection.neuron() == null || currents != null);
        if (biased) {
            ChargeKernel.add(biasRow, own.row, 0, rowSize);
        }
        if (currents != null) {
            System.arraycopy(own.row, 0, currents, y * rowSize, rowSize);
        }
        if (membrane == null) {
            emitRow(y, own, rowSize);
        } else if (projection.neuron() != null) {
            fireRow(y, own, biased ? unbiased : neurons, rowSize);
        } else {
            euler.step(y, own, rowSize, currents, output);
        }
    }

    private void fireRow(
        final int y, final Scratch own, final NeuronUpdate neuronUpdate, final int rowSize) {
        meterRow(y, own, rowSize);
        final int place = output.rowStart(y);
        final long fired = neuronKernel.update(
            neuronUpdate, own.row, 0, membrane, output, y, 0, output.shape().width(), place);
        output.endRow(y, place + (int) fired, neuronKernel.bitLanes(output) > 0);
        own.tally.spikes += (int) fired;
        own.tally.membraneChanges += fired >>> 32;
    }

    private void meterRow(final int y, final Scratch own, final int rowSize) {
        if (metered && meter != null) {
            final EventGrid events = inflows[0].delivered();
            PixelBits.fill(own.touched, output.shape().width());
            meter.meterRow(events, own.reach == null ? null : own.reach.row(events, y), own.touched, own.cells, y, step,
                membrane, own.tally);
        } else if (metered) {
            own.tally.updates += rowSize;
        }
    }

    /** Without neurons, what is emitted is the sums that are not zero, rectified where that is told. */
    private void emitRow(final int y, final Scratch own, final int rowSize) {
        int place = output.rowStart(y);
        final Layer.Relu relu = projection.relu();
        for (int i = 0; i < rowSize; i++) {
            final float value = relu == null ? own.row[i] : relu.apply(own.row[i]);
            if (value != 0.0f) {
                output.keys()[place] = i;
                output.values()[place] = value;
                place++;
            }
        }
        own.tally.spikes += place - output.rowStart(y);
        output.indexRow(y, place);
    }

    /** Closes the step. */
    void end() {
        ended = step;
        for (final InflowState inflow : inflows) {
            inflow.end(step, metered);
        }
        output.setUnit(projection.spikes());
        long spikes = 0;
        long changes = 0;
        long updates = 0;
        long skipped = 0;
        for (final Scratch s : scratch) {
            spikes += s.tally.spikes;
            changes += s.tally.membraneChanges;
            updates += s.tally.updates;
            skipped += s.tally.skipped;
            counts.addOverflows(s.tally.overflows);
        }
        counts.add(Operation.SPIKES, spikes);
        if (metered) {
            counts.add(Operation.EVENT_WRITES, spikes);
            count(spikes, changes, updates, skipped);
        }
    }

    private void count(final long spikes, final long changes, final long updates, final long skipped) {
        final long neurons = output.shape().size();
        if (membrane == null) {
            counts.add(Operation.BIAS_ADDS, biasRow == null ? 0 : neurons);
            counts.add(Operation.THRESHOLD_COMPARES, projection.relu() == null ? 0 : neurons);
            return;
        }
        final EulerModel model = projection.euler();
        final boolean fires = model == null || model.spikes();
        counts.add(Operation.MEMBRANE_READS, updates);
        counts.add(Operation.MEMBRANE_WRITES, updates);
        counts.add(Operation.RESETS, fires ? spikes : 0);
        counts.add(Operation.NEURON_UPDATES, updates);
        counts.add(Operation.SKIPPED_UPDATES, skipped);
        counts.add(Operation.CLOCK_DRIVEN_UPDATES, neurons);
        counts.add(Operation.MEMBRANE_CHANGES, step == 0 ? neurons : changes);
        counts.add(Operation.BIAS_ADDS, biasRow == null ? 0 : updates);
        counts.add(Operation.LEAK_MULTIPLIES, updates * (model == null ? charge.multiplies() : model.multiplies()));
        counts.add(Operation.MEMBRANE_ADDS, updates * (model == null ? charge.adds() : model.adds()));
        counts.add(Operation.THRESHOLD_COMPARES, fires ? updates : 0);
    }
}
