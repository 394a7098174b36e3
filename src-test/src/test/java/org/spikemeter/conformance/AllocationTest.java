package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.generate.BalancedNetwork;
import org.spikemeter.engine.integer.Quantisation;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.reference.ReferenceData;

/**
 * In steady state a step allocates nothing, in no thread. Vector kernels allocate nothing only once the just-in-time
 * compiler has them, so clips are run until eight in a row allocate nothing; code that allocates in each step, or now
 * and then, never gets there.
 */
class AllocationTest {
    private static final int MAX_WARM_UP_CLIPS = 60;
    private static final int QUIET_CLIPS = 8;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @CsvSource({"SCALAR, 1, false", "SCALAR, 2, false", "VECTOR, 1, false", "VECTOR, 2, false", "VECTOR, 2, true"})
    void shouldAllocateNothingWhenWarm(final Kernels.Choice kernels, final int threads, final boolean integer)
        throws IOException {
        check(ReferenceData.network("emotion-plif-sparse"), ReferenceData.steps("clip-9003.mkv"), kernels, threads,
            integer);
    }

    /** Delays of single synapses, refractory periods, edges that lead back. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldAllocateNothingInALoopWithDelays(final int threads) throws IOException {
        final BalancedNetwork balanced = new BalancedNetwork(400, 100, 0.1, 0.1, 5.0, 2.0, 1, 20, 3);
        check(balanced.network(), ListStepSource.drain(balanced.input(300)), Kernels.Choice.SCALAR, threads, false);
    }

    private static void check(
        final Network network, final List<StepEvents> clip, final Kernels.Choice kernels, final int threads,
        final boolean integer) {
        final List<Long> before = Arrays.stream(THREADS.getAllThreadIds()).boxed().toList();
        try (Simulator simulator =
            new Simulator(new Simulator.Context().network(network).kernels(kernels).threads(threads)
                .quantisation(integer ? new Quantisation(8, 16) : null))) {
            final long[] team = Arrays.stream(THREADS.getAllThreadIds())
                .filter(id -> !before.contains(id) && isOfTeam(id)).toArray();
            assertEquals(threads - 1, team.length, "threads beside this one");
            int quiet = 0;
            int clips = 0;
            while (quiet < QUIET_CLIPS) {
                assertTrue(clips < MAX_WARM_UP_CLIPS, "still allocates after " + clips + " clips");
                quiet = allocated(simulator, clip, team) == 0 ? quiet + 1 : 0;
                clips++;
            }
        }
    }

    private static boolean isOfTeam(final long id) {
        return THREADS.getThreadInfo(id) != null && THREADS.getThreadInfo(id).getThreadName().startsWith("spikemeter");
    }

    /** Bytes of a run over all steps. This thread is read last before it and first after it: reading allocates. */
    private static long allocated(final Simulator simulator, final List<StepEvents> clip, final long[] team) {
        simulator.reset();
        long bytes = -ofTeam(team);
        bytes -= THREADS.getCurrentThreadAllocatedBytes();
        for (int step = 0; step < clip.size(); step++) {
            simulator.step(clip.get(step));
        }
        bytes += THREADS.getCurrentThreadAllocatedBytes();
        return bytes + ofTeam(team);
    }

    private static long ofTeam(final long[] team) {
        long bytes = 0;
        for (final long id : team) {
            bytes += THREADS.getThreadAllocatedBytes(id);
        }
        return bytes;
    }
}
