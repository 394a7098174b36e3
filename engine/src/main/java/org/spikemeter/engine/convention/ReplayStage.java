package org.spikemeter.engine.convention;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.count.FanOut;
import org.spikemeter.engine.kernel.CsrScatter;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.kernel.SynapseKernel;
import org.spikemeter.engine.kernel.WindowRanges;
import org.spikemeter.engine.log.EventLog;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.neuron.Charge;
import org.spikemeter.engine.neuron.NeuronModel;
import org.spikemeter.engine.simulate.Projection;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.CsrTable;
import org.spikemeter.engine.synapse.Pool;
import org.spikemeter.engine.synapse.SynapseTable;

/** The layers of one projection in a {@link Replay}: pools, synapses, batch norm, neurons. */
final class ReplayStage {
    private final EventLog log;
    private final Projection projection;
    private final LayerCall[] calls;
    private final int synaptic;
    private final EventGrid[] pooled;
    private final int countedAfter;
    private final FanOut executedFanOut;
    /** Synapses as they were trained, before batch norm was folded in; null where the projection is one-to-one. */
    private final SynapseTable trained;
    private final FanOut trainedFanOut;
    private final float[] trainedBias;
    private final SynapseKernel kernel = Kernels.of(Kernels.Choice.AUTO).synapse(Strategy.GATHER);
    private final float[] sums;
    private final float[] current;
    private final float[] row;
    private final float[] spikes;
    private float[] membrane;
    private float[] nextMembrane;
    private final EventGrid output;
    private WindowRanges ranges;

    ReplayStage(final EventLog log, final Projection projection, final int first, final boolean valued) {
        this.log = log;
        this.projection = projection;
        final Network network = log.network();
        this.synaptic = projection.synapticLayer() - first;
        this.calls = new LayerCall[projection.outputLayer() + 1 - first];
        final List<Pool> pools = projection.pools();
        this.pooled = new EventGrid[pools.size()];
        int lastMax = 0;
        boolean pooledValued = valued;
        for (int i = 0; i < pools.size(); i++) {
            pooledValued = pools.get(i).isValued(pooledValued);
            pooled[i] = new EventGrid(pools.get(i).output(), pooledValued);
            lastMax = pools.get(i).isLinear() ? lastMax : i + 1;
        }
        this.countedAfter = lastMax;
        this.executedFanOut = FanOut.of(pools.subList(lastMax, pools.size()), projection.table());
        final Layer synapses = network.layers().get(projection.synapticLayer());
        this.trained = switch (synapses) {
            case Layer.Conv2d conv -> ConvolutionTable.of(projection.table().input(), conv, null);
            case Layer.Linear linear -> ConvolutionTable.of(projection.table().input(), linear, null);
            case Layer.Sparse sparse -> CsrTable.of(projection.table().input(), sparse.connections(), null);
            case Layer.BatchNorm _, Layer.Pool2d _, Layer.Flatten _, Layer.Neurons _, Layer.Euler _,
                Layer.Sum _, Layer.Concat _, Layer.Relu _, Layer.Scale _ -> null;
        };
        this.trainedFanOut = trained == null ? null : FanOut.of(List.of(), trained);
        this.trainedBias = trainedBias(synapses);
        boolean norm = false;
        for (int i = 0; i < calls.length; i++) {
            final int index = first + i;
            calls[i] = new LayerCall(index, network.layers().get(index), network.inputOf(index),
                network.outputOf(index), i == synaptic && trained != null ? trained.synapses() : 0,
                network.denseOperations(index));
            norm |= network.layers().get(index) instanceof Layer.BatchNorm;
        }
        for (final Pool pool : pools) {
            calls[synaptic].averagedElements *= pool.isAverage() ? Facts.windowSize(pool) : 1;
        }
        final Shape shape = projection.output();
        this.sums = new float[shape.size()];
        this.current = norm || trained == null ? new float[shape.size()] : sums;
        this.row = new float[shape.width() * shape.channels() + ConvolutionTable.LANES];
        final boolean neurons = projection.neuron() != null;
        this.spikes = neurons ? new float[shape.size()] : null;
        this.membrane = neurons ? new float[shape.size()] : null;
        this.nextMembrane = neurons ? new float[shape.size()] : null;
        this.output = new EventGrid(shape, !neurons);
    }

    private static float[] trainedBias(final Layer synapses) {
        final Tensor bias = switch (synapses) {
            case Layer.Conv2d conv -> conv.bias();
            case Layer.Linear linear -> linear.bias();
            case Layer.Sparse sparse -> sparse.bias();
            default -> null;
        };
        return bias == null ? null : bias.toArray();
    }

    void reset() {
        if (membrane != null) {
            Arrays.fill(membrane, projection.neuron().reset().restingPotential());
        }
    }

    EventGrid step(final int step, final EventGrid input, final Consumer<LayerCall> consumer) {
        EventGrid events = input;
        int pool = 0;
        for (int i = 0; i < calls.length; i++) {
            final LayerCall call = calls[i];
            final boolean behindSynapses = trained != null && i > synaptic;
            // batch norm sees the sums as trained; two in a row, which nobody trains, would see them twice
            call.begin(step, behindSynapses ? null : events,
                !behindSynapses ? null : call.layer instanceof Layer.Neurons ? current : sums);
            if (call.layer instanceof Layer.Pool2d) {
                pool(pool, events);
                events = pooled[pool];
                pool++;
            }
            if (i == synaptic) {
                integrate(call, events, countedAfter == 0 ? input : pooled[countedAfter - 1]);
            }
            if (call.layer instanceof Layer.Neurons) {
                fire(call);
            }
            consumer.accept(call);
        }
        if (membrane == null) {
            emitSums();
        }
        return output;
    }

    private void pool(final int index, final EventGrid before) {
        final Pool pool = projection.pools().get(index);
        pooled[index].setUnit(before.isUnit() && !pool.isLinear());
        final float[] scratch = new float[pool.scratchSize()];
        for (int y = 0; y < pool.output().height(); y++) {
            pool.poolRow(before, pooled[index], y, scratch);
        }
    }

    private void integrate(final LayerCall call, final EventGrid events, final EventGrid counted) {
        final Pairs executed = Pairs.of(counted, executedFanOut);
        call.executedAcc = executed.ofOnes();
        call.executedMac = executed.all() - executed.ofOnes();
        call.pairsBeforePools = executed;
        if (trained != null) {
            call.pairs = Pairs.of(events, trainedFanOut);
            accumulate(trained, events, trainedBias, sums);
            call.outputIs(sums);
        }
        if (current != sums) {
            accumulate(projection.table(), events, projection.bias(), current);
        }
    }

    private void accumulate(
        final SynapseTable table, final EventGrid events, final float[] bias, final float[] into) {
        final int channels = table.output().channels();
        final int rowSize = table.output().width() * channels;
        for (int y = 0; y < table.output().height(); y++) {
            Arrays.fill(row, 0.0f);
            switch (table) {
                case ConvolutionTable convolution ->
                    kernel.accumulateRow(convolution, events, null, y, row, 0, ranges(convolution));
                case CsrTable csr -> CsrScatter.accumulate(csr, events, y, row);
            }
            for (int i = 0; i < rowSize; i++) {
                into[y * rowSize + i] = bias == null ? row[i] : row[i] + bias[i % channels];
            }
        }
    }

    /** Both tables have the same window. */
    private WindowRanges ranges(final ConvolutionTable table) {
        if (ranges == null) {
            ranges = new WindowRanges(table);
        }
        return ranges;
    }

    private void fire(final LayerCall call) {
        final NeuronModel neuron = projection.neuron();
        final Charge charge = neuron.charge();
        log.spikes(call.index, call.step, output);
        output.expand(spikes);
        int changes = 0;
        for (int i = 0; i < membrane.length; i++) {
            final float charged = charge.apply(membrane[i], current[i]);
            nextMembrane[i] = spikes[i] == 0.0f ? charged : neuron.afterSpike(charged);
            changes += Float.floatToRawIntBits(nextMembrane[i]) == Float.floatToRawIntBits(membrane[i]) ? 0 : 1;
        }
        call.spikeCount = output.size();
        call.membraneChanges = call.step == 0 ? membrane.length : changes;
        output.erase(spikes);
        call.current = current;
        call.membrane = membrane;
        call.spikes = output;
        final float[] before = membrane;
        membrane = nextMembrane;
        nextMembrane = before;
    }

    /** Without neurons, what goes on is the sums that are not zero. */
    private void emitSums() {
        output.open(false);
        for (int i = 0; i < current.length; i++) {
            if (current[i] != 0.0f) {
                output.append(i, current[i]);
            }
        }
        output.close();
    }
}
