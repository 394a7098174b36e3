package org.spikemeter.benchmarks.latency;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.spikemeter.dvs.binning.Binning;
import org.spikemeter.dvs.binning.Fit;
import org.spikemeter.dvs.binning.Repeated;
import org.spikemeter.dvs.binning.StreamBinner;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.runtime.pipeline.Intake;
import org.spikemeter.runtime.pipeline.Pipeline;
import org.spikemeter.runtime.pipeline.PipelineException;
import org.spikemeter.runtime.pipeline.PipelineSource;
import org.spikemeter.runtime.pipeline.Waiting;
import org.spikemeter.runtime.source.Pace;

/**
 * Measures how long decisions take, from the moment at which a batch was due, for each way in which stages wait; beside
 * them the network alone, stepped by the thread that waits for the schedule. Measured too is what it takes of a
 * processor meanwhile, and while nothing comes.
 */
public final class LatencyRun {
    /** The network without a pipeline: what there is to lose. */
    static final String ALONE = "one thread";

    private static final double PERCENT = 100;
    private static final double NANOS_A_SECOND = 1e9;
    private static final double MICROS_A_SECOND = 1e6;
    private static final double WARM_UP_SECONDS = 3;
    private static final long IDLE_MILLIS = 2000;
    private static final long HIGHEST_NANOS = 3_600_000_000_000L;
    private static final int DIGITS = 3;

    private final double seconds;
    private final Consumer<String> progress;
    private final OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /**
     * Nothing measured.
     *
     * @param seconds that each figure takes, without the warm-up before it
     * @param progress is told of each figure
     */
    public LatencyRun(final double seconds, final Consumer<String> progress) {
        this.seconds = seconds;
        this.progress = progress;
    }

    /** Measures everything. */
    public List<LatencyResult> measure() throws IOException, InterruptedException, PipelineException {
        final List<LatencyResult> results = new ArrayList<>();
        for (final PacedStream stream : List.of(PacedStream.thousandBatches(), PacedStream.frames())) {
            add(results, alone(stream));
            for (final Waiting waiting : Waiting.values()) {
                add(results, piped(stream, waiting));
            }
        }
        return results;
    }

    private void add(final List<LatencyResult> results, final LatencyResult result) {
        results.add(result);
        progress.accept(String.format(Locale.ROOT, "%s, %s: p99 %.3f ms", result.stream(), result.way(),
            result.millis(99)));
    }

    private int batches(final PacedStream stream, final double length) {
        return (int) Math.ceil(length * MICROS_A_SECOND / stream.stepMicros());
    }

    private LatencyResult alone(final PacedStream stream) throws InterruptedException {
        try (Simulator simulator = new Simulator(new Simulator.Context().network(stream.network()))) {
            // it comes first: the compiler has the warm-up of the others before it, too
            final Histogram unused = new Histogram(DIGITS);
            for (int i = 0; i < Waiting.values().length; i++) {
                step(stream, simulator, new Pace(Pace.UNPACED), batches(stream, WARM_UP_SECONDS), unused);
            }
            step(stream, simulator, new Pace(1.0), batches(stream, WARM_UP_SECONDS), unused);
            final Histogram latencies = new Histogram(1, HIGHEST_NANOS, DIGITS);
            final Usage usage = new Usage();
            step(stream, simulator, new Pace(1.0), batches(stream, seconds), latencies);
            return new LatencyResult(stream.name(), ALONE, latencies, usage.percent(), 0.0);
        }
    }

    private static void step(
        final PacedStream stream, final Simulator simulator, final Pace pace, final int batches,
        final Histogram latencies) throws InterruptedException {
        final Network network = stream.network();
        final String last = network.layers().getLast().name();
        final StepEvents output = new StepEvents(network.output());
        final int loop = stream.steps().size();
        for (int number = 0; number < batches; number++) {
            final long due = pace.await(Math.round(number * stream.stepMicros()));
            if (stream.startsAnew() && number % loop == 0) {
                simulator.reset();
            }
            simulator.step(stream.steps().get(number % loop));
            simulator.spikes(last, output);
            latencies.recordValue(Math.max(1, System.nanoTime() - due));
        }
    }

    private LatencyResult piped(final PacedStream stream, final Waiting waiting)
        throws InterruptedException, PipelineException {
        run(stream, waiting, new PacedSource(stream, new Pace(Pace.UNPACED), batches(stream, WARM_UP_SECONDS)));
        run(stream, waiting, new PacedSource(stream, new Pace(1.0), batches(stream, WARM_UP_SECONDS)));
        final Usage usage = new Usage();
        final Histogram latencies =
            run(stream, waiting, new PacedSource(stream, new Pace(1.0), batches(stream, seconds)));
        return new LatencyResult(stream.name(), waiting.name(), latencies, usage.percent(), idle(stream, waiting));
    }

    private static Pipeline.Context context(final PacedStream stream, final Waiting waiting) {
        final Shape input = stream.network().input();
        final Pipeline.Context context = new Pipeline.Context().network(stream.network()).waiting(waiting);
        return stream.events() ? context.binner(new StreamBinner(new Binning.Time((long) stream.stepMicros()),
            new SensorSize(input.width(), input.height()), input, Repeated.CLAMP, Fit.STRETCH)) : context;
    }

    private static Histogram run(final PacedStream stream, final Waiting waiting, final PipelineSource source)
        throws InterruptedException, PipelineException {
        try (Pipeline pipeline = new Pipeline(context(stream, waiting).source(source))) {
            pipeline.start();
            pipeline.await();
            return pipeline.latencies().getFirst().takeInterval();
        }
    }

    /** What a pipeline takes of a processor while nothing comes. */
    private double idle(final PacedStream stream, final Waiting waiting) throws InterruptedException {
        final CountDownLatch over = new CountDownLatch(1);
        final PipelineSource silent = new PipelineSource() {
            @Override
            public String name() {
                return "silent";
            }

            @Override
            public void run(final Intake intake) throws InterruptedException {
                over.await();
            }

            @Override
            public void close() {
                over.countDown();
            }
        };
        try (Pipeline pipeline = new Pipeline(context(stream, waiting).source(silent))) {
            pipeline.start();
            final Usage usage = new Usage();
            Thread.sleep(IDLE_MILLIS);
            return usage.percent();
        }
    }

    /** Time that this process takes of one processor, in percent of the time that passes from when this is made. */
    private final class Usage {
        private final long startNanos = System.nanoTime();
        private final long startUsed = system.getProcessCpuTime();

        double percent() {
            final double passed = (System.nanoTime() - startNanos) / NANOS_A_SECOND;
            return PERCENT * (system.getProcessCpuTime() - startUsed) / NANOS_A_SECOND / passed;
        }
    }
}
