package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.aer.ListStepSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.generate.BalancedNetwork;
import org.spikemeter.engine.integer.Quantisation;
import org.spikemeter.engine.kernel.Kernels;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.engine.simulate.StepListener;
import org.spikemeter.reference.ReferenceData;

/**
 * In steady state a step allocates nothing, in no thread. Vector kernels allocate nothing only once the just-in-time
 * compiler has them, so clips are run until eight in a row allocate nothing; code that allocates in each step, or now
 * and then, never gets there.
 */
class AllocationTest {
    private static final int MAX_WARM_UP_CLIPS = 600;
    private static final int QUIET_CLIPS = 8;
    private static final int CLIP_STEPS = 68;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @CsvSource({"SCALAR, 1, false", "SCALAR, 2, false", "VECTOR, 1, false", "VECTOR, 2, false", "VECTOR, 2, true"})
    void shouldAllocateNothingWhenWarm(final Kernels.Choice kernels, final int threads, final boolean integer)
        throws IOException {
        check(new Simulator.Context().network(ReferenceData.network("emotion-plif-sparse")).kernels(kernels)
            .quantisation(integer ? new Quantisation(8, 16) : null), threads, ReferenceData.steps("clip-9003.mkv"));
    }

    /**
     * Rows that are eager, lazy and asleep in turn, of neurons that vector kernels are made for and of others, whose
     * potentials and changes somebody asks for; synapses that slide, gather, scatter, and are dense.
     */
    @ParameterizedTest
    @CsvSource({"SCALAR, 1, true", "VECTOR, 1, true", "VECTOR, 1, false", "VECTOR, 2, true"})
    void shouldAllocateNothingWhereNeuronsAreLeftAlone(
        final Kernels.Choice kernels, final int threads, final boolean metered) {
        final Network network = restless();
        final StepListener listener = batch -> {
            if (batch.step() % 7 == 0) {
                batch.count(Operation.MEMBRANE_CHANGES);
            }
        };
        check(new Simulator.Context().network(network).kernels(kernels).metered(metered).listener(listener), threads,
            restlessClip(network.input()));
    }

    /** Delays of single synapses, refractory periods, edges that lead back. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldAllocateNothingInALoopWithDelays(final int threads) throws IOException {
        final BalancedNetwork balanced = new BalancedNetwork(400, 100, 0.1, 0.1, 5.0, 2.0, 1, 20, 3);
        check(new Simulator.Context().network(balanced.network()).kernels(Kernels.Choice.SCALAR), threads,
            ListStepSource.drain(balanced.input(300)));
    }

    private static Network restless() {
        final Random random = new Random(1);
        final Firing firing = Firing.AT_THRESHOLD;
        final Window slide = Window.square(3, 1, 1);
        return Network.builder("restless", new Shape(24, 96, 2))
            .add(new Layer.Conv2d("conv1", weights(random, 32, 2, 3, 3), driveless(random, 32), slide, 1))
            .add(new Layer.Neurons("plif", new Plif(0.0f, true, 0.4f, Reset.hard(0.0f), firing)))
            .add(new Layer.Pool2d("pool", Layer.Pooling.AVERAGE, Window.square(2, 2, 0)))
            .add(new Layer.Conv2d("conv2", weights(random, 16, 32, 3, 3), null, slide, 1))
            .add(new Layer.Neurons("soft", new Plif(-1.0f, true, 0.4f, Reset.soft(), firing)))
            .add(new Layer.Conv2d("conv3", weights(random, 7, 16, 3, 3), weights(random, 7), Window.square(3, 2, 1), 1))
            .add(new Layer.Neurons("lif", new Lif(3.3, false, 1.0f, Reset.hard(-0.1f), firing)))
            .add(new Layer.Flatten("flatten"))
            .add(new Layer.Linear("fc", weights(random, 16, 7 * 6 * 24), null))
            .add(new Layer.Neurons("if", new If(1.0f, Reset.soft(), firing)))
            .build();
    }

    /** Biases below the threshold, so that rows of the first layer can fall asleep. */
    private static Tensor driveless(final Random random, final int channels) {
        final float[] values = weights(random, channels).toArray();
        for (int c = 0; c < channels; c++) {
            values[c] *= 0.5f;
        }
        return Tensor.of(values, channels);
    }

    private static Tensor weights(final Random random, final int... dimensions) {
        int size = 1;
        for (final int side : dimensions) {
            size *= side;
        }
        final float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat() - 0.45f;
        }
        return Tensor.of(values, dimensions);
    }

    /** Silent, sparse, and dense steps. */
    private static List<StepEvents> restlessClip(final Shape shape) {
        final Random random = new Random(2);
        final double[] densities = {0.0, 0.0, 0.001, 0.0, 0.0, 0.001, 0.01, 0.0, 0.0, 0.2, 0.9, 0.0};
        final List<StepEvents> clip = new ArrayList<>();
        for (int step = 0; step < CLIP_STEPS; step++) {
            final StepEvents events = new StepEvents(shape);
            for (int address = 0; address < shape.size(); address++) {
                if (random.nextDouble() < densities[step % densities.length]) {
                    events.add(address, step % 5 == 0 ? 0.5f : 1.0f);
                }
            }
            clip.add(events);
        }
        return clip;
    }

    private static void check(final Simulator.Context context, final int threads, final List<StepEvents> clip) {
        final List<Long> before = Arrays.stream(THREADS.getAllThreadIds()).boxed().toList();
        try (Simulator simulator = new Simulator(context.threads(threads))) {
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
