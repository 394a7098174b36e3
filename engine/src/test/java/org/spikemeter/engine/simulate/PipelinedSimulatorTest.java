package org.spikemeter.engine.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.aer.StepSource;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.Lif;
import org.spikemeter.engine.neuron.Reset;

@Timeout(60)
class PipelinedSimulatorTest {
    private static final Shape INPUT = new Shape(20, 24, 2);
    private static final int STEPS = 40;

    private final Network network = network();

    private static Tensor random(final Random random, final int... shape) {
        int size = 1;
        for (final int side : shape) {
            size *= side;
        }
        final float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian() * 0.5f;
        }
        return Tensor.of(values, shape);
    }

    private static Network network() {
        final Random random = new Random(1);
        final Lif lif = new Lif(2.0f, true, 0.4f, Reset.hard(0.0f), Firing.AT_THRESHOLD);
        return Network.builder("three", INPUT)
            .add(new Layer.Conv2d("conv1", random(random, 8, 2, 3, 3), random(random, 8), Window.square(3, 1, 1), 1))
            .add(new Layer.Neurons("lif1", lif))
            .add(new Layer.Pool2d("pool", Layer.Pooling.AVERAGE, Window.square(2, 2, 0)))
            .add(new Layer.Conv2d("conv2", random(random, 5, 8, 3, 3), null, Window.square(3, 1, 0), 1))
            .add(new Layer.Neurons("lif2", lif))
            .add(new Layer.Flatten("flatten"))
            .add(new Layer.Linear("fc", random(random, 4, 5 * 8 * 10), null))
            .build();
    }

    /** Steps from a seed; the first is analog. */
    private static final class RandomSource implements StepSource {
        private final Random random = new Random(7);
        private final int steps;
        private int step;

        RandomSource(final int steps) {
            this.steps = steps;
        }

        @Override
        public Shape shape() {
            return INPUT;
        }

        @Override
        public boolean next(final StepEvents into) throws IOException {
            into.clear();
            if (step == steps) {
                return false;
            }
            for (int address = 0; address < INPUT.size(); address++) {
                if (random.nextInt(4) == 0) {
                    into.add(address, step == 0 ? random.nextFloat() : 1.0f);
                }
            }
            step++;
            return true;
        }

        @Override
        public void close() {
        }
    }

    private record Event(int step, int address, float value) {}

    private static Map<Integer, List<Event>> record(final Simulator.Context context) {
        final Map<Integer, List<Event>> events = Collections.synchronizedMap(new HashMap<>());
        context.listener(batch -> {
            final List<Event> list = events.computeIfAbsent(batch.layer(), key -> new ArrayList<>());
            final StepEvents emitted = batch.events();
            for (int i = 0; i < emitted.size(); i++) {
                list.add(new Event(batch.step(), emitted.address(i), emitted.value(i)));
            }
        });
        return events;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void shouldGiveTheBitsOfTheSequenceWhateverTheNumberOfAgents(final int threads) throws IOException {
        final Simulator.Context sequential = new Simulator.Context().network(network);
        final Simulator.Context pipelined = new Simulator.Context().network(network).threads(threads);
        final Map<Integer, List<Event>> expected = record(sequential);
        final Map<Integer, List<Event>> actual = record(pipelined);
        try (Simulator a = new Simulator(sequential); PipelinedSimulator b = new PipelinedSimulator(pipelined)) {
            assertEquals(STEPS, a.run(new RandomSource(STEPS)));
            for (int run = 0; run < 3; run++) {
                actual.clear();
                assertEquals(STEPS, b.run(new RandomSource(STEPS)));
                assertEquals(expected, actual);
                assertArrayEquals(membrane(a, "lif1"), membrane(b, "lif1"));
                for (int i = 0; i < a.counts().entries().size(); i++) {
                    for (final Operation operation : Operation.values()) {
                        assertArrayEquals(a.counts().entries().get(i).counts().perStep(operation),
                            b.counts().entries().get(i).counts().perStep(operation), operation.key());
                    }
                }
            }
        }
    }

    private static float[] membrane(final StepRunner runner, final String layer) {
        final float[] membrane = new float[20 * 24 * 8];
        runner.membrane(layer, membrane);
        return membrane;
    }

    @Test
    void shouldRunASourceWithoutSteps() throws IOException {
        try (PipelinedSimulator simulator = new PipelinedSimulator(new Simulator.Context().network(network))) {
            assertEquals(0, simulator.run(new RandomSource(0)));
            assertEquals(0, simulator.counts().steps());
        }
    }

    @Test
    void shouldReachTheCallerWhenAnAgentFails() throws IOException {
        final AtomicInteger calls = new AtomicInteger();
        final IllegalArgumentException thrown = new IllegalArgumentException("no");
        final Simulator.Context context = new Simulator.Context().network(network).threads(3)
            .listener(batch -> {
                if (batch.step() == 5 && calls.incrementAndGet() == 1) {
                    throw thrown;
                }
            });
        try (PipelinedSimulator simulator = new PipelinedSimulator(context)) {
            final IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> simulator.run(new RandomSource(10_000)));
            assertSame(thrown, e.getCause());
            // and the next run is whole
            assertEquals(STEPS, simulator.run(new RandomSource(STEPS)));
            assertEquals(STEPS, simulator.counts().steps());
        }
    }

    @Test
    void shouldStopTheAgentsWhenTheSourceFails() throws IOException {
        try (PipelinedSimulator simulator =
            new PipelinedSimulator(new Simulator.Context().network(network).threads(2))) {
            final StepSource failing = new StepSource() {
                private final StepSource good = new RandomSource(STEPS);

                @Override
                public Shape shape() {
                    return INPUT;
                }

                @Override
                public boolean next(final StepEvents into) throws IOException {
                    if (!good.next(into)) {
                        throw new IOException("cut");
                    }
                    return true;
                }

                @Override
                public void close() {
                }
            };
            assertEquals("cut", assertThrows(IOException.class, () -> simulator.run(failing)).getMessage());
            assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("spikemeter-layers")));
        }
    }

    @Test
    void shouldStopWhenTheCallerIsInterrupted() {
        try (PipelinedSimulator simulator =
            new PipelinedSimulator(new Simulator.Context().network(network).threads(2))) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedIOException.class, () -> simulator.run(new RandomSource(1_000_000)));
        } finally {
            assertTrue(Thread.interrupted());
        }
    }
}
