package org.spikemeter.runtime.pipeline;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.spikemeter.dvs.binning.StreamBinner;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;

/**
 * A network on a stream:
 *
 * <pre>
 * source ─┐
 * source ─┴─ intake ── ring: binning ── simulation ── readout ─┬─ sink ─┬─ end
 *                                                              └─ sink ─┘
 * </pre>
 *
 * <p>Each source, the intake, and each stage has a thread. Batches go through the ring in the order in which they were
 * handed over. Back-pressure goes from a full ring to the intake, and there {@link Backpressure} decides.
 *
 * <pre>{@code
 * try (Pipeline pipeline = new Pipeline(new Pipeline.Context().network(network).source(source).sink(sink))) {
 *     pipeline.start();
 *     pipeline.await();
 *     System.out.println(pipeline.totals());
 * }
 * }</pre>
 *
 * <p>When all sources have ended, every batch that was accepted is processed before {@link #await} returns. The first
 * fault of a source or a stage stops it all; what is then under way is counted as abandoned.
 */
public final class Pipeline implements AutoCloseable {
    private static final String INTAKE = "intake";
    private static final String ABANDONED = "pipeline";

    private final Context context;
    private final Intake intake;
    private final Fault fault;
    private final SimulationStage simulation;
    private final List<Stage> stages = new ArrayList<>();
    private final ReadoutStage readout;
    private final EndStage end;
    private final Disruptor<PipelineBatch> disruptor;
    private final RingBuffer<PipelineBatch> ring;
    private final List<Thread> sourceThreads = new ArrayList<>();
    private final AtomicInteger openSources;
    private final Thread intakeThread;
    private final List<Thread> stageThreads = new CopyOnWriteArrayList<>();
    private final AtomicLong leftBehind = new AtomicLong();
    private volatile boolean waitsForSlot;
    private volatile boolean started;
    private volatile boolean stopping;
    private boolean closed;

    /**
     * Makes everything; nothing moves yet.
     *
     * @throws IllegalArgumentException where the context does not hold together
     */
    public Pipeline(final Context context) {
        context.conclude();
        this.context = context;
        this.intake = new Intake(context.backpressure, context.inputBatches, context.batchEvents);
        this.fault = new Fault(this::stopTaking);
        final int groups = context.network.voting().map(voting -> voting.groups().size()).orElse(0);
        final WaitStrategy waiting = context.waiting.strategy();
        final Stage binning = new BinningStage(context.binner, fault);
        this.simulation =
            new SimulationStage(new Simulator(context.simulation.network(context.network)), context.gate, fault);
        this.disruptor = new Disruptor<>(
            () -> new PipelineBatch(context.batchEvents, groups, simulation.projections()), context.ringSize,
            stageThreadFactory(), ProducerType.SINGLE, waiting);
        this.readout = new ReadoutStage(context.network, context.window, context.gate, fault);
        this.end = new EndStage(fault, this::freeSlot);
        final SinkStage[] sinks = context.sinks.stream().map(sink -> new SinkStage(sink, fault))
            .toArray(SinkStage[]::new);
        stages.addAll(List.of(binning, simulation, readout));
        stages.addAll(List.of(sinks));
        stages.add(end);
        if (sinks.length == 0) {
            disruptor.handleEventsWith(binning).then(simulation).then(readout).then(end);
        } else {
            disruptor.handleEventsWith(binning).then(simulation).then(readout).then(sinks).then(end);
        }
        for (final Stage stage : stages) {
            stage.setWaiting(waiting);
            disruptor.handleExceptionsFor(stage).with(stage);
        }
        this.ring = disruptor.getRingBuffer();
        this.openSources = new AtomicInteger(context.sources.size());
        for (final PipelineSource source : context.sources) {
            sourceThreads.add(Thread.ofPlatform().name("spikemeter-source").daemon().unstarted(() -> read(source)));
        }
        this.intakeThread = Thread.ofPlatform().name("spikemeter-intake").daemon().unstarted(this::feed);
        intake.setTaker(intakeThread);
    }

    private ThreadFactory stageThreadFactory() {
        final ThreadFactory factory = Thread.ofPlatform().name("spikemeter-stage-", 0).daemon().factory();
        return task -> {
            final Thread thread = factory.newThread(task);
            stageThreads.add(thread);
            return thread;
        };
    }

    /** Settings. */
    public static final class Context {
        private static final int DEFAULT_RING = 64;
        private static final int DEFAULT_BATCHES = 64;
        private static final int DEFAULT_BATCH_EVENTS = 4096;
        private static final int MAX_RING = 1 << 16;

        private Network network;
        private Simulator.Context simulation = new Simulator.Context().countedSteps(1024);
        private final List<PipelineSource> sources = new ArrayList<>();
        private final List<PipelineSink> sinks = new ArrayList<>();
        private StreamBinner binner;
        private Gate gate = new Gate();
        private int window;
        private int ringSize = DEFAULT_RING;
        private int inputBatches = DEFAULT_BATCHES;
        private int batchEvents = DEFAULT_BATCH_EVENTS;
        private Backpressure backpressure = Backpressure.BLOCK;
        private Waiting waiting = Waiting.BLOCKING;

        /** The network; required. */
        public Context network(final Network value) {
            network = value;
            return this;
        }

        /**
         * How the network is run: threads, kernels, listener. Its network is set here; for a run without an end its
         * counted steps must be limited, as they are by default.
         */
        public Context simulation(final Simulator.Context value) {
            simulation = value;
            return this;
        }

        /** Adds a source; at least one is required. */
        public Context source(final PipelineSource value) {
            sources.add(value);
            return this;
        }

        /** Adds a sink. */
        public Context sink(final PipelineSink value) {
            sinks.add(value);
            return this;
        }

        /** Makes steps of events; required where a source gives events. */
        public Context binner(final StreamBinner value) {
            binner = value;
            return this;
        }

        /** Holds the clock still on demand. */
        public Context gate(final Gate value) {
            gate = value;
            return this;
        }

        /** Steps that a decision is about; 0, the default, for all of the clip. */
        public Context window(final int value) {
            window = value;
            return this;
        }

        /** Batches in the ring, a power of two; default 64. */
        public Context ringSize(final int value) {
            ringSize = value;
            return this;
        }

        /** Batches between sources and ring, at least 2; default 64. */
        public Context inputBatches(final int value) {
            inputBatches = value;
            return this;
        }

        /** Events that a batch holds before it grows; default 4096. */
        public Context batchEvents(final int value) {
            batchEvents = value;
            return this;
        }

        /** What a source does where the pipeline is behind; default {@link Backpressure#BLOCK}. */
        public Context backpressure(final Backpressure value) {
            backpressure = value;
            return this;
        }

        /** How stages wait; default {@link Waiting#BLOCKING}. */
        public Context waiting(final Waiting value) {
            waiting = value;
            return this;
        }

        private void conclude() {
            if (network == null) {
                throw new IllegalArgumentException("no network was given");
            }
            if (sources.isEmpty()) {
                throw new IllegalArgumentException("no source was given");
            }
            if (binner != null && !binner.input().equals(network.input())) {
                throw new IllegalArgumentException("the binner makes steps of " + binner.input()
                    + ", the network's input is " + network.input());
            }
            if (Integer.bitCount(ringSize) != 1 || ringSize < 1 || ringSize > MAX_RING) {
                throw new IllegalArgumentException("ringSize is " + ringSize + ": expected a power of two, at most "
                    + MAX_RING);
            }
            if (inputBatches < 2 || batchEvents < 1 || window < 0) {
                throw new IllegalArgumentException("inputBatches is " + inputBatches + ", batchEvents " + batchEvents
                    + ", window " + window + ": expected at least 2, 1 and 0");
            }
        }
    }

    /** Starts all threads; once. */
    public void start() {
        if (started) {
            throw new IllegalStateException("started already");
        }
        started = true;
        disruptor.start();
        intakeThread.start();
        sourceThreads.forEach(Thread::start);
    }

    private void read(final PipelineSource source) {
        try {
            source.run(intake);
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (final IOException failed) {
            // an input that is closed under a reader, or whose reader is interrupted, fails: that is how it stops
            if (!stopping) {
                fault.set(new PipelineException(source.name(), PipelineException.NO_BATCH, failed));
            }
        } catch (final RuntimeException | Error failed) {
            fault.set(new PipelineException(source.name(), PipelineException.NO_BATCH, failed));
        } finally {
            openSources.decrementAndGet();
            intake.wakeTaker();
        }
    }

    /** Takes batches from the sources into the ring, until there are no more. */
    private void feed() {
        try {
            while (!fault.isSet()) {
                // asked before the last poll: what a source hands over before it ends is seen
                final boolean over = openSources.get() == 0;
                final InputBatch batch = intake.poll();
                if (batch != null) {
                    publish(batch);
                    intake.release(batch);
                } else if (over) {
                    break;
                } else {
                    intake.park();
                }
            }
        } catch (final RuntimeException | Error failed) {
            fault.set(new PipelineException(INTAKE, PipelineException.NO_BATCH, failed));
        } finally {
            final long sequence = next();
            ring.get(sequence).beginLast(sequence);
            ring.publish(sequence);
        }
    }

    /** The next slot of the ring, when there is one. The ring's own wait would take a part of a processor. */
    private long next() {
        if (!ring.hasAvailableCapacity(1)) {
            waitsForSlot = true;
            VarHandle.fullFence();
            while (!ring.hasAvailableCapacity(1)) {
                intake.park();
            }
            waitsForSlot = false;
        }
        return ring.next();
    }

    /** The last stage has let a batch go: either this sees that the intake waits, or the intake sees the slot. */
    private void freeSlot() {
        VarHandle.fullFence();
        if (waitsForSlot) {
            intake.wakeTaker();
        }
    }

    private void publish(final InputBatch batch) {
        final long sequence = next();
        ring.get(sequence).begin(sequence, batch);
        ring.publish(sequence);
    }

    /** Nobody waits any more, for a free batch or for the clock. */
    private void stopTaking() {
        intake.close();
        context.gate.open();
    }

    /** Ends the sources; what they have handed over is still processed. */
    public void stop() {
        stopping = true;
        stopTaking();
        for (int i = 0; i < sourceThreads.size(); i++) {
            final PipelineSource source = context.sources.get(i);
            try {
                source.close();
            } catch (final IOException | RuntimeException failed) {
                fault.set(new PipelineException(source.name(), PipelineException.NO_BATCH, failed));
            }
            sourceThreads.get(i).interrupt();
        }
    }

    /**
     * Ends at once, as where something fails: what is under way is abandoned.
     *
     * @param reason what {@link #await} then says
     */
    public void abandon(final String reason) {
        fault.set(new PipelineException(ABANDONED, PipelineException.NO_BATCH, new IOException(reason)));
    }

    /**
     * Waits until all sources have ended and all they handed over has gone through, or until something fails.
     *
     * @throws PipelineException where something failed; the books are then complete all the same
     * @throws IllegalStateException where it was not started
     */
    public void await() throws InterruptedException, PipelineException {
        if (!started) {
            throw new IllegalStateException("not started");
        }
        end.await();
        if (fault.isSet()) {
            stop();
        }
        awaitEnd();
        abandonWaiting();
        if (fault.isSet()) {
            throw fault.get();
        }
    }

    /** What a fault left in the intake, when nobody adds to it or takes from it any more. */
    private void abandonWaiting() {
        InputBatch left = intake.poll();
        while (left != null) {
            leftBehind.addAndGet(left.size());
            left = intake.poll();
        }
    }

    /** The books so far. */
    public PipelineTotals totals() {
        // what is accepted is read last: it is counted first, so that no batch has come out that did not go in
        final long processed = end.processedEvents();
        final long abandoned = end.abandonedEvents() + leftBehind.get();
        final long dropped = intake.droppedEvents();
        return new PipelineTotals(intake.acceptedEvents(), processed, dropped, abandoned,
            intake.droppedBatches(), end.processedBatches(), end.steps());
    }

    /** What went wrong; null for nothing yet. */
    public PipelineException fault() {
        return fault.get();
    }

    /** The simulator: not to be touched while the pipeline runs, but by a listener of its own steps. */
    public Simulator simulator() {
        return simulation.simulator();
    }

    /**
     * Runs the steps from the next one on with another network, which starts anew; votes and totals go on. Called from
     * any thread; the pipeline does not wait while the network is compiled.
     *
     * @param network of the same layers and grids, with other parameters
     * @throws IllegalArgumentException where its grids are others
     */
    public void replaceNetwork(final Network network) {
        final Network before = context.network;
        if (!network.input().equals(before.input()) || !network.output().equals(before.output())
            || !network.layers().getLast().name().equals(before.layers().getLast().name())) {
            throw new IllegalArgumentException("network '" + network.name()
                + "' has another input or output than '" + before.name() + "'");
        }
        synchronized (simulation) {
            final Simulator next = new Simulator(context.simulation.network(network));
            if (next.counts().entries().size() != simulation.projections()) {
                next.close();
                throw new IllegalArgumentException("network '" + network.name() + "' has other layers than '"
                    + before.name() + "'");
            }
            if (closed) {
                next.close();
            } else {
                simulation.replace(next);
            }
        }
    }

    /** Latencies: from arrival to decision first, then the work of each stage, for one thread to take intervals of. */
    public List<LatencyMeter> latencies() {
        final List<LatencyMeter> meters = new ArrayList<>();
        meters.add(readout.decisionLatency());
        stages.stream().filter(stage -> stage != end).map(Stage::latency).forEach(meters::add);
        return meters;
    }

    /**
     * Closes the sources, waits until what they have handed over is processed or abandoned, and ends all threads; also
     * where this thread is interrupted, since a simulator cannot be closed under a step.
     */
    @Override
    public void close() {
        stop();
        if (started) {
            undisturbed(this::awaitEnd);
            abandonWaiting();
        }
        disruptor.halt();
        undisturbed(() -> join(stageThreads));
        synchronized (simulation) {
            closed = true;
            simulation.close();
        }
    }

    private void awaitEnd() throws InterruptedException {
        join(sourceThreads);
        intakeThread.join();
        end.await();
    }

    private static void join(final List<Thread> threads) throws InterruptedException {
        for (final Thread thread : threads) {
            thread.join();
        }
    }

    /** Something that is waited for. */
    private interface Wait {
        void await() throws InterruptedException;
    }

    /** Waits, also where this thread is interrupted, which it is again afterwards. */
    private static void undisturbed(final Wait wait) {
        boolean interrupted = false;
        while (true) {
            try {
                wait.await();
                break;
            } catch (final InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
