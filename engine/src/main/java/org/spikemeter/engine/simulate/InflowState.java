package org.spikemeter.engine.simulate;

import java.util.Arrays;
import java.util.List;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.cost.StrategyCosts;
import org.spikemeter.engine.count.FanOut;
import org.spikemeter.engine.count.LayerCounts;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.kernel.CsrScatter;
import org.spikemeter.engine.kernel.FloatSlide;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.kernel.PoolKernel;
import org.spikemeter.engine.kernel.Strategy;
import org.spikemeter.engine.kernel.SynapseKernel;
import org.spikemeter.engine.kernel.WindowRanges;
import org.spikemeter.engine.synapse.ConvolutionTable;
import org.spikemeter.engine.synapse.CsrTable;
import org.spikemeter.engine.synapse.Pool;
import org.spikemeter.engine.synapse.SlideWeights;

/** One way into a projection in simulation: its pooled events, and the kernel that delivers them. */
final class InflowState {
    private final Inflow inflow;
    private final Strategy forced;
    private final Kernels kernels;
    private final SynapseKernel[] synapseKernels = new SynapseKernel[Strategy.values().length];
    private final PoolKernel poolKernel;
    private final EventGrid[] pooled;
    private final RowShares[] poolShares;
    /** One of the two is null. */
    private final ConvolutionTable convolution;
    private final CsrTable sparse;
    /** Null where no synapse has a delay. */
    private final DelayRing ring;
    private final float[] dense;
    /** Null where the kernels, the strategy or the window have no use for them. */
    private final SlideWeights slideWeights;
    /** Null where there is nothing to choose. */
    private final StrategyCosts costs;
    private final FanOut fanOut;
    private final FanOut pooledFanOut;
    private final LayerCounts counts;
    private final boolean movesOnly;
    /** Number of pools, from the first, after which events are counted: up to the last that is not linear. */
    private final int countedAfter;

    private EventGrid input;
    private EventGrid delivered;
    private SynapseKernel kernel;
    private boolean sliding;
    private boolean denseFilled;

    /**
     * @param valued whether the events that come in may have values
     * @param counts where its synaptic operations are counted
     * @param movesOnly whether it only moves events, which is no synaptic operation
     * @param threads that share its rows
     */
    InflowState(
        final Inflow inflow, final boolean valued, final Kernels kernels, final Strategy forced,
        final LayerCounts counts, final boolean movesOnly, final int threads) {
        this.inflow = inflow;
        this.movesOnly = movesOnly;
        this.forced = forced;
        this.kernels = kernels;
        this.counts = counts;
        for (final Strategy strategy : Strategy.values()) {
            synapseKernels[strategy.ordinal()] = kernels.synapse(strategy);
        }
        this.poolKernel = kernels.pool();
        final List<Pool> pools = inflow.pools();
        this.pooled = new EventGrid[pools.size()];
        boolean pooledValued = valued;
        int lastMax = 0;
        for (int i = 0; i < pools.size(); i++) {
            pooledValued = pools.get(i).isValued(pooledValued);
            pooled[i] = new EventGrid(pools.get(i).output(), pooledValued);
            lastMax = pools.get(i).isLinear() ? lastMax : i + 1;
        }
        this.poolShares = pools.stream().map(pool -> RowShares.of(pool, threads)).toArray(RowShares[]::new);
        this.countedAfter = lastMax;
        this.fanOut = FanOut.of(pools.subList(lastMax, pools.size()), inflow.table());
        this.pooledFanOut = lastMax == pools.size() ? fanOut : FanOut.of(List.of(), inflow.table());
        this.convolution = inflow.table() instanceof ConvolutionTable table ? table : null;
        this.sparse = inflow.table() instanceof CsrTable table ? table : null;
        this.ring = sparse != null && sparse.maxDelay() > 0 ? new DelayRing(sparse) : null;
        this.dense = convolution != null && mayRun(Strategy.DENSE)
            ? new float[inflow.table().input().size()] : null;
        this.slideWeights = convolution != null && kernels.slides() && SlideWeights.slides(convolution)
            && mayRun(Strategy.SCATTER) ? SlideWeights.of(convolution) : null;
        this.costs = convolution != null && forced == null ? StrategyCosts.of(convolution, kernels) : null;
    }

    Inflow inflow() {
        return inflow;
    }

    LayerCounts counts() {
        return counts;
    }

    /** Places that the keys of the events behind all pools have. */
    int eventPlaces() {
        return inflow.table().input().height()
            * (inflow.table().input().width() * inflow.table().input().channels() + EventGrid.SLACK);
    }

    int pools() {
        return pooled.length;
    }

    int poolRows(final int pool) {
        return pooled[pool].shape().height();
    }

    /** First row of each thread's share of the rows of a pool, and their number; the pools before it must be done. */
    int[] poolShares(final int pool) {
        return poolShares[pool].of(pool == 0 ? input : pooled[pool - 1]);
    }

    /** True where a synapse has a delay of its own. */
    boolean hasDelays() {
        return ring != null;
    }

    void reset() {
        counts.reset();
        if (denseFilled) {
            // a step that failed left its events
            Arrays.fill(dense, 0.0f);
            denseFilled = false;
        }
        if (ring != null) {
            ring.clear();
        }
    }

    /** Takes the events of the next step. They must stay as they are until {@link #end}. */
    void begin(final EventGrid events) {
        input = events;
        delivered = pooled.length == 0 ? input : pooled[pooled.length - 1];
        // every event that comes through a linear pool may have a value of its own
        boolean unit = events.isUnit();
        for (int i = 0; i < pooled.length; i++) {
            unit &= !inflow.pools().get(i).isLinear();
            pooled[i].setUnit(unit);
        }
    }

    /** Pools rows {@code from} to {@code to - 1} of pool {@code index}; the pools before it must be done. */
    void pool(final int index, final int from, final int to, final float[] scratch) {
        final EventGrid before = index == 0 ? input : pooled[index - 1];
        final Pool pool = inflow.pools().get(index);
        for (int y = from; y < to; y++) {
            poolKernel.poolRow(pool, before, pooled[index], y, scratch);
        }
    }

    /** The events behind all pools. */
    EventGrid delivered() {
        return delivered;
    }

    /** Counts the step's synaptic operations, where that is wanted, and picks a strategy; after pooling. */
    void prepare(final boolean metered) {
        final EventGrid events = delivered();
        if (metered) {
            counts.add(Operation.INPUT_EVENTS, input.size());
        }
        if (metered && !movesOnly) {
            fanOut.count(countedAfter == 0 ? input : pooled[countedAfter - 1], counts);
            counts.add(Operation.POOLED_OPERATIONS,
                pooled.length == 0 ? counts.synapticOperations() : pooledFanOut.total(events));
        }
        if (convolution != null) {
            final Strategy strategy = forced != null ? forced : costs.cheapest(events);
            kernel = synapseKernels[strategy.ordinal()];
            sliding = strategy == Strategy.SCATTER && slideWeights != null;
            denseFilled = strategy == Strategy.DENSE;
            if (denseFilled) {
                events.expand(dense);
            }
        }
    }

    private boolean mayRun(final Strategy strategy) {
        return forced == null || forced == strategy;
    }

    /** What a thread needs to slide over this inflow; null where nothing slides. */
    FloatSlide newSlide() {
        return slideWeights == null ? null : kernels.slide(slideWeights);
    }

    /** True for a convolution. */
    boolean isConvolution() {
        return convolution != null;
    }

    /** True where events of this step are delivered by a {@link FloatSlide}. */
    boolean isSliding() {
        return sliding;
    }

    /** Starts with rows {@code from} to {@code to - 1} of the targets. */
    void open(final int from, final int to, final FloatSlide slide) {
        if (sliding) {
            slide.open(from, to);
        }
    }

    /**
     * Sums up row {@code y}, the next of those that were opened.
     *
     * @param row replaced by the sums of the row's targets; zeros behind them
     */
    void sum(final int y, final float[] row, final WindowRanges ranges, final FloatSlide slide) {
        if (sliding) {
            if (slide.row(delivered, null, y)) {
                slide.take(y, 0, convolution.output().width(), row, 0);
                slide.end(y);
            } else {
                Arrays.fill(row, 0.0f);
            }
            return;
        }
        Arrays.fill(row, 0.0f);
        if (ring != null) {
            // delays have targets in a single row: each step comes by here once
            ring.step(delivered, row);
        } else if (convolution == null) {
            CsrScatter.accumulate(sparse, delivered, y, row);
        } else {
            kernel.accumulateRow(convolution, delivered, dense, y, row, 0, ranges);
        }
    }

    /** Closes the step. */
    void end(final int step, final boolean metered) {
        if (denseFilled) {
            delivered().erase(dense);
            denseFilled = false;
        }
        if (metered) {
            final long synaptic = counts.synapticOperations();
            counts.add(Operation.EVENT_READS, counts.get(Operation.INPUT_EVENTS, step));
            counts.add(Operation.WEIGHT_READS, synaptic);
            counts.add(Operation.MEMBRANE_READS, synaptic);
            counts.add(Operation.MEMBRANE_WRITES, synaptic);
        }
    }
}
