package org.spikemeter.runtime.metering;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.energy.PriceModel;
import org.spikemeter.engine.energy.PriceModels;
import org.spikemeter.runtime.pipeline.LatencyMeter;
import org.spikemeter.runtime.pipeline.Pipeline;

/**
 * Watches a pipeline: once a second a thread of its own takes the interval of each latency meter, writes it to a log
 * where there is one, and works out rates. Nothing of this is in the way of the pipeline's threads.
 *
 * <pre>{@code
 * final RateMeter rates = new RateMeter();
 * try (Pipeline pipeline = new Pipeline(context.sink(rates));
 *     Metering metering = new Metering(new Metering.Context().pipeline(pipeline).rates(rates))) {
 *     metering.start();
 *     pipeline.start();
 *     pipeline.await();
 *     metering.stop();
 *     metering.summary().forEach(System.out::println);
 * }
 * }</pre>
 */
public final class Metering implements AutoCloseable {
    private static final double NANOS_A_SECOND = 1e9;

    private final Context context;
    private final List<LatencyMeter> meters;
    private final List<OperationCounts.Entry> entries;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private LatencyLog log;
    private IOException logFailure;
    private boolean started;
    private boolean stopped;
    private long startNanos;
    private long takenNanos;
    private Work takenWork = Work.NONE;
    private long takenDropped;
    private volatile Rates latest;

    /**
     * Nothing measured yet.
     *
     * @throws IllegalArgumentException where the context does not hold together
     */
    public Metering(final Context context) {
        context.conclude();
        this.context = context;
        this.meters = context.pipeline.latencies();
        this.entries = context.pipeline.simulator().counts().entries();
        this.thread = Thread.ofPlatform().name("spikemeter-metering").daemon().unstarted(this::measure);
    }

    /** Settings. */
    public static final class Context {
        private static final long DEFAULT_INTERVAL_MILLIS = 1000;

        private Pipeline pipeline;
        private RateMeter rates;
        private PriceModel prices = PriceModels.byName(PriceModels.DEFAULT);
        private Path log;
        private long intervalMillis = DEFAULT_INTERVAL_MILLIS;
        private Consumer<Rates> listener = rates -> { };

        /** What is watched; required. */
        public Context pipeline(final Pipeline value) {
            pipeline = value;
            return this;
        }

        /** A sink of that pipeline; required. */
        public Context rates(final RateMeter value) {
            rates = value;
            return this;
        }

        /** What operations cost; default {@link PriceModels#DEFAULT}. */
        public Context prices(final PriceModel value) {
            prices = value;
            return this;
        }

        /** Where the histogram log goes; null, the default, for none. */
        public Context log(final Path value) {
            log = value;
            return this;
        }

        /** Length of an interval in ms, at least 1; default 1000. */
        public Context intervalMillis(final long value) {
            intervalMillis = value;
            return this;
        }

        /** Is given the rates of each interval, by the thread that measures; default nobody. */
        public Context listener(final Consumer<Rates> value) {
            listener = value;
            return this;
        }

        private void conclude() {
            if (pipeline == null || rates == null) {
                throw new IllegalArgumentException("no pipeline or no rate meter was given");
            }
            Power.requireKnown(prices);
            if (intervalMillis < 1) {
                throw new IllegalArgumentException("intervalMillis is " + intervalMillis + ": expected at least 1");
            }
        }
    }

    /**
     * Starts; once, before the pipeline is started, so that the first interval has its first batch.
     *
     * @throws IOException where the log cannot be created
     */
    public void start() throws IOException {
        if (started) {
            throw new IllegalStateException("started already");
        }
        if (context.log != null) {
            log = new LatencyLog(context.log, "Spikemeter latencies", System.currentTimeMillis());
        }
        // intervals begin now, and not when the meters were made
        meters.forEach(LatencyMeter::takeInterval);
        started = true;
        startNanos = System.nanoTime();
        takenNanos = startNanos;
        thread.start();
    }

    /** Takes intervals at a fixed rate; the last one, which is shorter, at the end. */
    private void measure() {
        boolean over = false;
        for (long interval = 1; !over; interval++) {
            final long due = startNanos + TimeUnit.MILLISECONDS.toNanos(interval * context.intervalMillis);
            try {
                over = stopping.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (final InterruptedException interrupted) {
                over = true;
            }
            take();
        }
    }

    private void take() {
        final long now = System.nanoTime();
        for (final LatencyMeter meter : meters) {
            if (log == null) {
                meter.takeInterval();
            } else {
                log.write(meter.takeInterval());
            }
        }
        flushLog();
        final Work work = context.rates.work();
        final long dropped = context.pipeline.totals().dropped();
        final Rates rates = rates(work.since(takenWork), dropped - takenDropped, now - takenNanos, context.prices);
        takenWork = work;
        takenDropped = dropped;
        takenNanos = now;
        latest = rates;
        context.listener.accept(rates);
    }

    private void flushLog() {
        if (log == null) {
            return;
        }
        try {
            log.flush();
        } catch (final IOException failed) {
            logFailure = failed;
            log.close();
            log = null;
        }
    }

    private Rates rates(
        final Work work, final long dropped, final long nanos, final PriceModel prices) {
        final double seconds = Math.max(1, nanos) / NANOS_A_SECOND;
        return new Rates(
            seconds, work, dropped, Power.microwatts(work, seconds, entries, prices));
    }

    /** Rates of the last interval; null before the first one has ended. */
    public Rates latest() {
        return latest;
    }

    /** Rates of the whole run, once this has stopped. */
    public Rates overall() {
        requireStopped();
        return rates(takenWork, takenDropped, takenNanos - startNanos, context.prices);
    }

    /** Lines for people about the whole run, once this has stopped: latencies, throughput, power, losses. */
    public List<String> summary() {
        return summary(context.prices);
    }

    /** The same, with power by other prices. */
    public List<String> summary(final PriceModel prices) {
        requireStopped();
        return MeteringSummary.lines(meters, rates(takenWork, takenDropped, takenNanos - startNanos, prices),
            prices.name(), context.pipeline.totals());
    }

    private void requireStopped() {
        if (!stopped) {
            throw new IllegalStateException("still measuring: stop first");
        }
    }

    /**
     * Takes the last interval and ends; where it has stopped before, does nothing.
     *
     * @throws IOException where the log could not be written
     */
    public void stop() throws IOException {
        if (stopped) {
            return;
        }
        stopped = true;
        stopping.countDown();
        if (!started) {
            return;
        }
        try {
            thread.join();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return;
        }
        if (log != null) {
            log.close();
        }
        if (logFailure != null) {
            throw logFailure;
        }
    }
    /** Stops. */
    @Override
    public void close() throws IOException {
        stop();
    }
}
