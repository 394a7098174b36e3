package org.spikemeter.engine.simulate;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.spikemeter.engine.aer.EventGrid;
import org.spikemeter.engine.aer.EventRings;
import org.spikemeter.engine.aer.StepBatchWriter;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.count.OperationCounts;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.network.Network;

/**
 * Runs the layers of a network at the same time, each on a later step than the one behind it: the layers are split into
 * {@code threads} groups, each run by an agent of its own, and the events of a step travel from one to the next through
 * a ring buffer, as a batch that closes the step. The same bits as {@link Simulator}.
 *
 * <p>The thread that calls {@link #run} reads the source and feeds the first ring. Agents live as long as a run. What
 * can be asked about layers and counts is to be asked between runs. Needs the JVM flag that Agrona needs.
 */
public final class PipelinedSimulator implements StepRunner {
    private final Network network;
    private final String description;
    private final NetworkState state;
    private final int[] groupStart;
    private volatile boolean running;

    /**
     * Compiles the network.
     *
     * @param context what to run and how; not more threads than projections are used
     * @throws IllegalArgumentException where the context or the network does not hold together
     * @throws IllegalStateException where a JVM flag is missing
     */
    public PipelinedSimulator(final Simulator.Context context) {
        context.conclude();
        EventRings.requireAccess();
        this.network = context.network();
        final Kernels kernels = Kernels.of(context.kernels());
        if (!Projection.isChain(NetworkCompiler.compile(network))) {
            throw new IllegalArgumentException("network '" + network.name()
                + "' has branches or delays, a pipeline takes a chain: run it in sequence");
        }
        this.state = new NetworkState(context, kernels, 1);
        this.groupStart = split(context.threads());
        final int agents = groupStart.length - 1;
        this.description = "as a pipeline, " + (agents == 1 ? "1 agent" : agents + " agents") + ", "
            + Kernels.describe(kernels)
            + (context.quantisation() == null ? "" : "; " + context.quantisation());
    }

    /** Cuts the projections into groups so that the dearest group is as cheap as it can be. */
    private int[] split(final int threads) {
        final long[] cost = new long[state.size()];
        for (int i = 0; i < cost.length; i++) {
            cost[i] = state.projection(i).projection().denseCost();
        }
        return GroupSplit.split(cost, Math.min(threads, cost.length));
    }

    @Override
    public int run(final StepSource source) throws IOException {
        state.requireGrid(source.shape());
        state.reset();
        final PipelineFault fault = new PipelineFault();
        final OneToOneRingBuffer inputRing = EventRings.create(network.input());
        final List<LayerAgent> agents = agents(inputRing, fault);
        final List<AgentRunner> runners = new ArrayList<>();
        final List<Thread> threads = new ArrayList<>();
        running = true;
        for (final LayerAgent agent : agents) {
            // an agent reports its own faults; what else reaches the handler is the runner's
            final AgentRunner runner = new AgentRunner(idleStrategy(), fault::record, null, agent);
            runners.add(runner);
            threads.add(AgentRunner.startOnThread(runner, PipelinedSimulator::daemon));
        }
        try {
            return feed(source, inputRing, agents.getLast(), fault);
        } finally {
            close(runners, threads);
            running = false;
        }
    }

    private static void close(final List<AgentRunner> runners, final List<Thread> threads) {
        // a runner waits for its thread, and would complain where the caller is interrupted
        boolean interrupted = Thread.interrupted();
        for (final AgentRunner runner : runners) {
            runner.close();
        }
        // but for one that had not begun yet
        for (final Thread thread : threads) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<LayerAgent> agents(final OneToOneRingBuffer inputRing, final PipelineFault fault) {
        final List<LayerAgent> agents = new ArrayList<>();
        OneToOneRingBuffer in = inputRing;
        EventGrid events = new EventGrid(network.input(), true);
        int layer = LayerAgent.NETWORK_INPUT;
        for (int group = 0; group < groupStart.length - 1; group++) {
            final ProjectionState last = state.projection(groupStart[group + 1] - 1);
            final boolean isLast = group == groupStart.length - 2;
            final OneToOneRingBuffer out = isLast ? null : EventRings.create(last.output().shape());
            agents.add(new LayerAgent(
                state, groupStart[group], groupStart[group + 1], layer, in, events, out, fault));
            in = out;
            layer = last.projection().outputLayer();
            events = new EventGrid(last.output().shape(), last.isValued());
        }
        return agents;
    }

    private int feed(
        final StepSource source, final OneToOneRingBuffer ring, final LayerAgent last, final PipelineFault fault)
        throws IOException {
        final StepBatchWriter writer = new StepBatchWriter(ring, LayerAgent.NETWORK_INPUT);
        final IdleStrategy idle = idleStrategy();
        final StepEvents events = new StepEvents(source.shape());
        final EventGrid grid = new EventGrid(source.shape(), true);
        int steps = 0;
        while (source.next(events)) {
            state.reportInput(steps, events);
            grid.load(events);
            writer.open(steps, grid);
            while (!writer.write()) {
                await(idle, fault);
            }
            steps++;
        }
        while (!writer.writeEnd(steps)) {
            await(idle, fault);
        }
        while (!last.isDone()) {
            await(idle, fault);
        }
        fault.rethrow();
        return steps;
    }

    private static void await(final IdleStrategy idle, final PipelineFault fault) throws InterruptedIOException {
        fault.rethrow();
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while the pipeline ran");
        }
        idle.idle();
    }

    private static IdleStrategy idleStrategy() {
        return new BackoffIdleStrategy(100, 10, 1_000, 100_000);
    }

    private static Thread daemon(final Runnable runner) {
        final Thread thread = new Thread(runner);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public String describe() {
        return description;
    }

    /**
     * As {@link StepRunner#counts}, between runs.
     *
     * @throws IllegalStateException while agents run: to ask brings neurons up to date, which are theirs then
     */
    @Override
    public OperationCounts counts() {
        requireIdle();
        return state.counts();
    }

    private void requireIdle() {
        if (running) {
            throw new IllegalStateException("the pipeline is running: counts and potentials are for between runs");
        }
    }

    @Override
    public void spikes(final String layer, final StepEvents into) {
        state.spikes(layer, into);
    }

    @Override
    public void membrane(final String layer, final float[] into) {
        requireIdle();
        state.membrane(layer, into);
    }

    @Override
    public void current(final String layer, final float[] into) {
        state.current(layer, into);
    }

    /** Nothing is held between runs. */
    @Override
    public void close() {
    }
}
