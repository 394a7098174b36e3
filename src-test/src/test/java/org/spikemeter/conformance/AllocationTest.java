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
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.integer.Quantisation;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.reference.ReferenceData;

/**
 * In steady state a step allocates nothing, in no thread. Vector kernels allocate nothing only once the just-in-time
 * compiler has them, so clips are run until five in a row allocate nothing; code that allocates in each step, or now
 * and then, never gets there. Then three more must allocate nothing either.
 */
class AllocationTest {
    private static final int MAX_WARM_UP_CLIPS = 60;
    private static final int QUIET_CLIPS = 5;
    private static final int MEASURED_CLIPS = 3;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @CsvSource({"SCALAR, 1, false", "SCALAR, 2, false", "VECTOR, 1, false", "VECTOR, 2, false", "VECTOR, 2, true"})
    void shouldAllocateNothingWhenWarm(final Kernels.Choice kernels, final int threads, final boolean integer)
        throws IOException {
        final Network network = ReferenceData.network("emotion-plif-sparse");
        final List<StepEvents> clip = ReferenceData.steps("clip-9003.mkv");
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
            for (int i = 0; i < MEASURED_CLIPS; i++) {
                assertEquals(0, allocated(simulator, clip, team), "bytes allocated in clip " + (clips + i));
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
