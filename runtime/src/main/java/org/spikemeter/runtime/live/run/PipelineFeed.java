package org.spikemeter.runtime.live.run;

import java.util.Arrays;
import java.util.List;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.runtime.live.LiveDescription;
import org.spikemeter.runtime.live.LiveFailure;
import org.spikemeter.runtime.live.LiveFeed;
import org.spikemeter.runtime.live.LiveFrame;
import org.spikemeter.runtime.live.LiveState;
import org.spikemeter.runtime.metering.LatencyWindow;
import org.spikemeter.runtime.metering.RateMeter;
import org.spikemeter.runtime.pipeline.Gate;
import org.spikemeter.runtime.pipeline.LatencyMeter;
import org.spikemeter.runtime.pipeline.Pipeline;
import org.spikemeter.runtime.pipeline.PipelineException;
import org.spikemeter.runtime.pipeline.PipelineTotals;

/** What a pipeline shows of itself. */
final class PipelineFeed implements LiveFeed {
    private static final double NANOS_A_MICRO = 1000.0;
    private static final int WINDOW_SECONDS = 10;
    /** As {@link LiveFrame#PERCENTILES}, whose last one is the maximum. */
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

    private final LiveDescription description;
    private final Pipeline pipeline;
    private final Gate gate;
    private final StepView steps;
    private final BatchView batches;
    private final RateMeter work;
    private final RecentRates rates;
    private final List<LatencyMeter> meters;
    private final List<LatencyWindow> windows;
    private volatile double[] latencyMicros;
    private volatile PriceModel prices;
    private volatile boolean ended;
    private volatile boolean watched = true;
    private LiveFailure failure;

    PipelineFeed(
        final LiveDescription description, final Pipeline pipeline, final Gate gate, final StepView steps,
        final BatchView batches, final RateMeter work, final PriceModel prices) {
        this.description = description;
        this.pipeline = pipeline;
        this.gate = gate;
        this.steps = steps;
        this.batches = batches;
        this.work = work;
        this.prices = prices;
        this.rates = new RecentRates(pipeline.simulator().counts().entries());
        this.meters = pipeline.latencies();
        this.windows = meters.stream().map(meter -> new LatencyWindow(WINDOW_SECONDS, meter.total())).toList();
        this.latencyMicros = new double[PERCENTILES.length * meters.size()];
        Arrays.fill(latencyMicros, Double.NaN);
    }

    @Override
    public LiveDescription description() {
        return description;
    }

    PriceModel prices() {
        return prices;
    }

    void setPrices(final PriceModel newPrices) {
        prices = newPrices;
    }

    /** All input has gone through. */
    void end() {
        ended = true;
    }

    /** What it is doing. */
    LiveState state() {
        if (pipeline.fault() != null) {
            return LiveState.FAILED;
        }
        return ended ? LiveState.ENDED : gate.isPaused() ? LiveState.PAUSED : LiveState.RUNNING;
    }

    /** Works out percentiles of the last seconds; called once a second, by the thread that takes intervals. */
    void takeLatencies() {
        final double[] micros = new double[latencyMicros.length];
        for (int meter = 0; meter < meters.size(); meter++) {
            final LatencyWindow window = windows.get(meter);
            window.add(meters.get(meter).interval());
            for (int i = 0; i < PERCENTILES.length; i++) {
                micros[meter * PERCENTILES.length + i] = window.sum().getTotalCount() == 0 ? Double.NaN
                    : window.sum().getValueAtPercentile(PERCENTILES[i]) / NANOS_A_MICRO;
            }
        }
        latencyMicros = micros;
    }

    /** The state comes first: where that is the end, all is in what follows. */
    @Override
    public void sample(final LiveFrame frame) {
        frame.state = state();
        frame.failure = frame.state == LiveState.FAILED ? failure() : null;
        steps.sample(frame, watched);
        batches.sample(frame);
        final PipelineTotals totals = pipeline.totals();
        frame.acceptedEvents = totals.accepted();
        frame.processedEvents = totals.processed();
        frame.goneEvents = totals.dropped() + totals.abandoned();
        frame.droppedBatches = totals.droppedBatches();
        rates.sample(System.nanoTime(), work.work(), prices, frame);
        final double[] micros = latencyMicros;
        System.arraycopy(micros, 0, frame.latencyMicros, 0, micros.length);
    }

    @Override
    public void setWatched(final boolean isWatched) {
        watched = isWatched;
    }

    private LiveFailure failure() {
        if (failure == null) {
            final PipelineException fault = pipeline.fault();
            final Throwable cause = fault.getCause();
            failure = new LiveFailure(fault.stage(), fault.batch(),
                cause.getMessage() == null ? cause.toString() : cause.getMessage());
        }
        return failure;
    }
}
