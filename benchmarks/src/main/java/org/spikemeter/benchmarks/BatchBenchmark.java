package org.spikemeter.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.spikemeter.benchmarks.baseline.Reference;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.engine.simulate.StepRunner;

/** A batch of four clips through a reference network: one after the other, each layer shared, or side by side. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class BatchBenchmark {
    private static final List<String> CLIPS =
        List.of("clip-9001.mp4", "clip-9002.mp4", "clip-9003.mp4", "clip-9004.mp4");

    /** How threads share the work. */
    public enum Arrangement {
        /** One thread, one clip after the other: the baseline. */
        ONE_THREAD,
        /** One clip after the other; the threads share each layer's rows. */
        SHARED_LAYERS,
        /** Each thread has a simulator and a clip of its own. */
        SIDE_BY_SIDE
    }

    /** How many threads there are, where there are several. */
    @Param("2")
    private int threads;

    /** How they share the work. */
    @Param
    private Arrangement arrangement;

    private final List<List<StepEvents>> clips = new ArrayList<>();
    private final List<StepRunner> runners = new ArrayList<>();
    private Network network;
    private ExecutorService executor;

    /** Reads network and clips, and checks that each arrangement counts the same. */
    @Setup(Level.Trial)
    public void setUp() throws IOException, InterruptedException, ExecutionException {
        network = Reference.network(Reference.EMOTION);
        long expected = 0;
        try (Simulator simulator = new Simulator(Way.AUTO.context().network(network))) {
            for (final String clip : CLIPS) {
                clips.add(Reference.steps(clip, network));
                simulator.run(new ListStepSource(network.input(), clips.getLast()));
                expected += simulator.counts().total(Operation.SYNAPTIC_ACCUMULATES);
            }
        }
        final boolean beside = arrangement == Arrangement.SIDE_BY_SIDE;
        for (int i = 0; i < (beside ? threads : 1); i++) {
            runners.add(new Simulator(Way.AUTO.context().network(network)
                .threads(arrangement == Arrangement.SHARED_LAYERS ? threads : 1)));
        }
        executor = Executors.newFixedThreadPool(runners.size());
        final long found = batch();
        if (found != expected) {
            throw new IllegalStateException(arrangement + " counts " + found + " ACC, not " + expected);
        }
    }

    /** All clips. */
    private long batch() throws InterruptedException, ExecutionException {
        final List<Callable<Long>> shares = new ArrayList<>();
        for (int i = 0; i < runners.size(); i++) {
            final int share = i;
            shares.add(() -> share(share));
        }
        long accumulates = 0;
        for (final Future<Long> share : executor.invokeAll(shares)) {
            accumulates += share.get();
        }
        return accumulates;
    }

    /** The clips of one runner. */
    private long share(final int index) throws IOException {
        final StepRunner runner = runners.get(index);
        long accumulates = 0;
        for (int clip = index; clip < clips.size(); clip += runners.size()) {
            runner.run(new ListStepSource(network.input(), clips.get(clip)));
            accumulates += runner.counts().total(Operation.SYNAPTIC_ACCUMULATES);
        }
        return accumulates;
    }

    /** All clips. */
    @Benchmark
    public long run(final Work work) throws InterruptedException, ExecutionException {
        work.work = batch();
        return work.work;
    }

    /** Stops the threads. */
    @TearDown
    public void tearDown() {
        executor.shutdown();
        runners.forEach(StepRunner::close);
    }
}
