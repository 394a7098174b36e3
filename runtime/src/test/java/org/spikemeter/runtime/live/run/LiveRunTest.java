package org.spikemeter.runtime.live.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spikemeter.dvs.binning.Binning;
import org.spikemeter.dvs.binning.Fit;
import org.spikemeter.dvs.binning.Repeated;
import org.spikemeter.dvs.binning.StreamBinner;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.pixel.FirstFrame;
import org.spikemeter.dvs.pixel.FrameDifferenceSensor;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.count.Operation;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Voting;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Plif;
import org.spikemeter.engine.neuron.Reset;
import org.spikemeter.engine.simulate.LayerStep;
import org.spikemeter.engine.simulate.Simulator;
import org.spikemeter.engine.simulate.StepListener;
import org.spikemeter.runtime.live.ControlRefusedException;
import org.spikemeter.runtime.live.LiveControls;
import org.spikemeter.runtime.live.LiveFrame;
import org.spikemeter.runtime.live.LiveState;
import org.spikemeter.runtime.pipeline.InputBatch;
import org.spikemeter.runtime.pipeline.Intake;
import org.spikemeter.runtime.pipeline.Pipeline;
import org.spikemeter.runtime.pipeline.PipelineBatch;
import org.spikemeter.runtime.pipeline.PipelineException;
import org.spikemeter.runtime.pipeline.PipelineSink;
import org.spikemeter.runtime.pipeline.PipelineSource;
import org.spikemeter.runtime.source.Pace;

@Timeout(60)
class LiveRunTest {
    private static final int SIDE = 12;
    private static final int BATCHES = 400;
    private static final int BATCH_EVENTS = 20;
    private static final int BATCH_MICROS = 1000;
    private static final int STEP_MICROS = 2000;
    private static final long SEED = 71;
    private static final Network NETWORK = network(1.0f);

    /** A convolution and a fully connected layer, of neurons that leak; three groups of two vote. */
    private static Network network(final float threshold) {
        final SplittableRandom random = new SplittableRandom(SEED);
        final int inputs = SIDE * SIDE * 3;
        return Network.builder("small", new Shape(SIDE, SIDE, 2))
            .add(new Layer.Conv2d("conv", weights(random, 1.2, 3, 2, 3, 3), null, Window.square(3, 1, 1), 1))
            .add(new Layer.Neurons("first", new Plif(1.0f, false, threshold, Reset.hard(0.0f), Firing.AT_THRESHOLD)))
            .add(new Layer.Flatten("flatten"))
            .add(new Layer.Linear("fc", weights(random, 0.3, 6, inputs), null))
            .add(new Layer.Neurons("last", new If(threshold, Reset.soft(), Firing.AT_THRESHOLD)))
            .voting(new Voting(List.of(new Voting.Group("a", 0, 2), new Voting.Group("b", 2, 4),
                new Voting.Group("c", 4, 6)))).build();
    }

    private static Tensor weights(final SplittableRandom random, final double range, final int... shape) {
        final float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-0.8 * range, range);
        }
        return Tensor.of(values, shape);
    }

    /** Random events, a batch a recorded millisecond; two clips. */
    private static final class RandomSource implements PipelineSource {
        private final Pace pace;
        private final int failAt;

        RandomSource(final Pace pace, final int failAt) {
            this.pace = pace;
            this.failAt = failAt;
        }

        @Override
        public String name() {
            return "random";
        }

        @Override
        public void run(final Intake intake) throws IOException, InterruptedException {
            final SplittableRandom random = new SplittableRandom(SEED + 1);
            for (int number = 0; number < BATCHES; number++) {
                if (number == failAt) {
                    throw new IOException("cable pulled");
                }
                final long micros = (long) number * BATCH_MICROS;
                final long due = pace.await(micros);
                final InputBatch batch = intake.claim();
                if (batch == null) {
                    return;
                }
                for (int i = 0; i < BATCH_EVENTS; i++) {
                    batch.events().add(micros + (long) i * BATCH_MICROS / BATCH_EVENTS,
                        EventWord.of(random.nextInt(SIDE), random.nextInt(SIDE), random.nextInt(2)));
                }
                batch.setArrivalNanos(due);
                batch.setStartsClip(number == 0 || number == BATCHES / 2);
                batch.setEndsClip(number == BATCHES / 2 - 1 || number == BATCHES - 1);
                batch.setUntilMicros(micros + BATCH_MICROS);
                intake.accept(batch);
            }
        }

        @Override
        public void close() {
            pace.close();
        }
    }

    /** All that happens, to be compared. */
    private static final class Trace implements StepListener, PipelineSink {
        private final List<int[]> inputs = new ArrayList<>();
        private final List<Boolean> restarts = new ArrayList<>();
        private final List<String> layers = new ArrayList<>();
        private final long[][] spikes = new long[NETWORK.layers().size()][];
        /** Spikes of layer 1 in the first step. */
        private final long[] first = new long[NETWORK.outputOf(1).size()];
        private final long[][] events = new long[2][SIDE * SIDE];
        private final List<Integer> labels = new ArrayList<>();
        private long changes;

        @Override
        public void onInput(final int step, final StepEvents input) {
            restarts.add(step == 0);
            inputs.add(addresses(input));
        }

        @Override
        public void onLayer(final LayerStep batch) {
            layers.add(batch.layer() + " " + Arrays.toString(addresses(batch.events())) + " "
                + batch.count(Operation.SYNAPTIC_ACCUMULATES) + " " + batch.count(Operation.NEURON_UPDATES));
            final int size = NETWORK.outputOf(batch.layer()).size();
            spikes[batch.layer()] = spikes[batch.layer()] == null ? new long[size] : spikes[batch.layer()];
            for (int i = 0; i < batch.events().size(); i++) {
                spikes[batch.layer()][batch.events().address(i)]++;
            }
            if (batch.layer() == 1 && inputs.size() == 1) {
                System.arraycopy(spikes[1], 0, first, 0, first.length);
            }
        }

        private static int[] addresses(final StepEvents events) {
            final int[] addresses = new int[events.size()];
            for (int i = 0; i < addresses.length; i++) {
                addresses[i] = events.address(i);
            }
            return addresses;
        }

        @Override
        public String name() {
            return "trace";
        }

        @Override
        public void onBatch(final PipelineBatch batch, final boolean endOfBurst) {
            for (int i = 0; i < batch.events().size(); i++) {
                final int word = batch.events().wordArray()[i];
                events[EventWord.polarity(word)][EventWord.y(word) * SIDE + EventWord.x(word)]++;
            }
            final int label = batch.decision().steps() == 0 ? LiveFrame.NO_LABEL : batch.decision().winner();
            if (label != (labels.isEmpty() ? LiveFrame.NO_LABEL : labels.getLast())) {
                labels.add(label);
                changes++;
            }
        }
    }

    private static LiveRun run(final Trace trace, final Pace pace, final int failAt) {
        return new LiveRun(new LiveRun.Context().network(NETWORK).source("random events").listener(trace).pace(pace)
            .pipeline(new Pipeline.Context().source(new RandomSource(pace, failAt)).sink(trace).window(8)
                .binner(new StreamBinner(new Binning.Time(STEP_MICROS), new SensorSize(SIDE, SIDE), NETWORK.input(),
                    Repeated.CLAMP, Fit.STRETCH))));
    }

    private static LiveRun run(final Trace trace, final double speed) {
        return run(trace, new Pace(speed), BATCHES);
    }

    /** Sums of maps over samples. */
    private static final class Sums {
        private final long[] on = new long[SIDE * SIDE];
        private final long[] off = new long[SIDE * SIDE];
        private final long[][] layers = {new long[SIDE * SIDE], new long[9]};
        private int samples;

        void add(final LiveFrame frame) {
            add(frame.on, on);
            add(frame.off, off);
            for (int layer = 0; layer < layers.length; layer++) {
                add(frame.layers[layer], layers[layer]);
            }
            samples++;
        }

        private static void add(final byte[] map, final long[] sums) {
            for (int i = 0; i < map.length; i++) {
                assertTrue((map[i] & 0xFF) < 255, "saturated: sample more often");
                sums[i] += map[i] & 0xFF;
            }
        }
    }

    @Test
    void shouldShowEveryEventAndSpikeOnceAndChangeNothingWhenSampledOften() throws Exception {
        final Trace plain = new Trace();
        try (LiveRun run = run(plain, Pace.UNPACED)) {
            run.start();
            run.await();
        }
        final Trace watched = new Trace();
        final Sums sums = new Sums();
        try (LiveRun run = run(watched, 1.0)) {
            final LiveFrame frame = new LiveFrame(run.feed().description());
            final float[][] expected = membranes(plain, NETWORK);
            run.feed().sample(frame);
            run.start();
            final Thread waiter = Thread.ofPlatform().start(() -> await(run));
            do {
                run.feed().sample(frame);
                sums.add(frame);
                assertWindow(frame, expected, plain);
                Thread.sleep(5);
            } while (frame.state == LiveState.RUNNING);
            waiter.join();
            assertEquals(LiveState.ENDED, frame.state);
            assertEquals(plain.inputs.size(), frame.step);
            assertEquals((long) BATCHES * BATCH_EVENTS, frame.processedEvents);
            assertLabels(watched, frame);
            assertTrue(run.summary().stream().anyMatch(line -> line.startsWith("decision")));
        }
        assertEquals(plain.layers, watched.layers);
        assertEquals(plain.labels, watched.labels);
        assertTrue(sums.samples > 20, "samples: " + sums.samples);
        assertArrayEquals(watched.events[1], sums.on);
        assertArrayEquals(watched.events[0], sums.off);
        assertArrayEquals(byCell(plain.spikes[1], 3, SIDE * SIDE), sums.layers[0]);
        assertArrayEquals(byCell(plain.spikes[4], 1, 9), sums.layers[1]);
        assertTrue(Arrays.stream(sums.layers[1]).sum() > 100, "spikes that vote");
    }

    @Test
    void shouldMakeMapsOfOneStepASampleWhereNobodyWatches() throws Exception {
        final Trace trace = new Trace();
        final Sums sums = new Sums();
        try (LiveRun run = run(trace, Pace.UNPACED)) {
            final LiveFrame frame = new LiveFrame(run.feed().description());
            run.feed().setWatched(false);
            run.feed().sample(frame);
            run.start();
            run.await();
            run.feed().sample(frame);
            sums.add(frame);
            assertEquals(trace.inputs.size(), frame.step);
        }
        assertTrue(Arrays.stream(trace.first).sum() > 0, "spikes in the first step");
        assertArrayEquals(byCell(trace.first, 3, SIDE * SIDE), sums.layers[0]);
    }

    private static long[] byCell(final long[] spikes, final int channels, final int cells) {
        final long[] sums = new long[cells];
        for (int address = 0; address < spikes.length; address++) {
            sums[address / channels] += spikes[address];
        }
        return sums;
    }

    /** Potentials of the last layer after each step, by a simulator alone. */
    private static float[][] membranes(final Trace trace, final Network network) {
        final float[][] membranes = new float[trace.inputs.size()][6];
        final StepEvents input = new StepEvents(network.input());
        try (Simulator simulator = new Simulator(new Simulator.Context().network(network))) {
            for (int step = 0; step < membranes.length; step++) {
                if (trace.restarts.get(step)) {
                    simulator.reset();
                }
                input.clear();
                for (final int address : trace.inputs.get(step)) {
                    input.add(address);
                }
                simulator.step(input);
                simulator.membrane("last", membranes[step]);
            }
        }
        return membranes;
    }

    private static void assertWindow(final LiveFrame frame, final float[][] expected, final Trace trace) {
        assertEquals(frame.step, frame.windowFirstStep + frame.windowSteps);
        assertEquals(Math.min(frame.step, LiveFrame.MAX_STEPS), frame.windowSteps);
        for (int row = 0; row < frame.windowSteps; row++) {
            final int step = (int) frame.windowFirstStep + row;
            assertArrayEquals(expected[step], Arrays.copyOfRange(frame.membranes, row * 6, row * 6 + 6),
                "step " + step);
            final StringBuilder fired = new StringBuilder();
            for (int neuron = 0; neuron < 6; neuron++) {
                fired.append(frame.spikes[row * 6 + neuron] == 0 ? "" : fired.isEmpty() ? neuron : ", " + neuron);
            }
            final String line = trace.layers.get(2 * step + 1);
            assertTrue(line.startsWith("4 [" + fired + "]"), () -> line + " and " + fired);
        }
    }

    private static void assertLabels(final Trace trace, final LiveFrame frame) {
        assertEquals(trace.labels.getLast(), frame.label);
        assertTrue(trace.changes > 3, "changes: " + trace.changes);
        final int kept = (int) Math.min(trace.changes, LiveFrame.MAX_LABEL_CHANGES);
        assertEquals(kept, frame.labelChanges);
        for (int i = 0; i < kept; i++) {
            assertEquals(trace.labels.get((int) trace.changes - kept + i), frame.labels[i]);
            assertTrue(i == 0 || frame.labelMicros[i] >= frame.labelMicros[i - 1], "times ascend");
        }
    }

    private static void await(final LiveRun run) {
        try {
            run.await();
        } catch (final IOException | InterruptedException | PipelineException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void shouldStandStillAndTakeSingleStepsWhenPaused() throws Exception {
        final Trace trace = new Trace();
        try (LiveRun run = run(trace, 1.0)) {
            final LiveControls controls = run.controls();
            final LiveFrame frame = new LiveFrame(run.feed().description());
            run.start();
            awaitThat(() -> steps(run, frame) > 10);
            controls.pause();
            Thread.sleep(50);
            final long still = steps(run, frame);
            assertEquals(LiveState.PAUSED, frame.state);
            Thread.sleep(100);
            assertEquals(still, steps(run, frame));
            for (int i = 1; i <= 3; i++) {
                controls.step();
                final int wanted = i;
                awaitThat(() -> steps(run, frame) >= still + wanted);
                Thread.sleep(20);
                assertEquals(still + i, steps(run, frame));
            }
            assertEquals("a single step needs a paused run",
                assertThrows(ControlRefusedException.class, () -> {
                    controls.resume();
                    controls.step();
                }).getMessage());
            run.await();
            assertEquals(BATCHES / 2, steps(run, frame));
            assertEquals(LiveState.ENDED, frame.state);
            assertThrows(ControlRefusedException.class, controls::pause);
        }
    }

    private static long steps(final LiveRun run, final LiveFrame frame) {
        run.feed().sample(frame);
        return frame.step;
    }

    private static void awaitThat(final BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 2000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(5);
        }
        assertTrue(condition.getAsBoolean());
    }

    /** The recording stands still, too: nothing is played in haste afterwards, and nothing that waited is timed. */
    @Test
    void shouldGoOnWhereItWasWhenResumed() throws Exception {
        final double speed = 0.25;
        final long pauseMillis = 1000;
        try (LiveRun run = run(new Trace(), speed)) {
            final LiveFrame frame = new LiveFrame(run.feed().description());
            run.start();
            awaitThat(() -> steps(run, frame) > 5);
            run.controls().pause();
            Thread.sleep(100);
            final long before = steps(run, frame);
            final long accepted = frame.acceptedEvents;
            Thread.sleep(pauseMillis);
            assertEquals(before, steps(run, frame));
            assertEquals(accepted, frame.acceptedEvents, "the source waits");
            final long resumed = System.nanoTime();
            run.controls().resume();
            run.await();
            final double seconds = (System.nanoTime() - resumed) / 1e9;
            assertEquals(BATCHES / 2, steps(run, frame));
            final double recorded = (BATCHES - 2 * before) * BATCH_MICROS / speed / 1e6;
            assertTrue(seconds > recorded / 2, recorded + " s in " + seconds + " s");
            final Histogram decisions = run.pipeline().latencies().getFirst().total();
            assertTrue(decisions.getTotalCount() > 0);
            assertTrue(decisions.getMaxValue() < pauseMillis * 1_000_000, "timed " + decisions.getMaxValue());
        }
    }

    @Test
    void shouldRunAtAnotherSpeedWhenTold() throws Exception {
        try (LiveRun run = run(new Trace(), 1.0 / 16)) {
            assertEquals(1.0 / 16, run.controls().speed().value());
            final long start = System.nanoTime();
            run.start();
            run.controls().speed(16.0);
            run.await();
            final double seconds = (System.nanoTime() - start) / 1e9;
            assertTrue(seconds < 3.0, "6.4 s at the speed before, 0.025 s at the new one: " + seconds);
            assertEquals(16.0, run.controls().speed().value());
        }
        try (LiveRun run = run(new Trace(), Pace.UNPACED)) {
            assertTrue(Double.isNaN(run.controls().speed().value()));
            assertThrows(ControlRefusedException.class, () -> run.controls().speed(2.0));
        }
    }

    @Test
    void shouldFireAsTheNetworkWithOtherThresholdsWhenScaled() throws Exception {
        final Trace scaled = new Trace();
        try (LiveRun run = run(scaled, Pace.UNPACED)) {
            run.controls().pause();
            run.start();
            run.controls().thresholdScale(3.0);
            run.controls().thresholdScale(2.0);
            assertEquals(2.0, run.controls().thresholdScale().value());
            run.controls().resume();
            run.await();
            final LiveFrame frame = new LiveFrame(run.feed().description());
            run.feed().sample(frame);
            assertWindow(frame, membranes(scaled, network(2.0f)), scaled);
        }
        final Trace trained = new Trace();
        try (LiveRun run = run(trained, Pace.UNPACED)) {
            run.start();
            run.await();
        }
        assertEquals(trained.inputs.size(), scaled.inputs.size());
        assertNotEquals(trained.layers, scaled.layers);
    }

    @Test
    void shouldTellWhatFailedWhenASourceFails() throws Exception {
        try (LiveRun run = run(new Trace(), new Pace(Pace.UNPACED), 7)) {
            run.start();
            assertThrows(PipelineException.class, run::await);
            final LiveFrame frame = new LiveFrame(run.feed().description());
            run.feed().sample(frame);
            assertEquals(LiveState.FAILED, frame.state);
            assertEquals("stage random: cable pulled", frame.failure.toString());
            assertThrows(ControlRefusedException.class, run.controls()::resume);
        }
    }

    @Test
    void shouldPriceWhatHappensWhenAModelIsChosen() throws Exception {
        try (LiveRun run = run(new Trace(), 1.0)) {
            final LiveFrame frame = new LiveFrame(run.feed().description());
            assertEquals(List.of("binning", "simulation", "readout", "trace", "view"),
                run.feed().description().stages());
            run.start();
            awaitThat(() -> steps(run, frame) > 20 && frame.accPerSecond > 0.0);
            assertEquals("45nm-float32", run.controls().priceModel());
            assertEquals(0.9e-6 * frame.accPerSecond, frame.powerMicrowatts, 1e-9 * frame.accPerSecond);
            assertEquals(frame.powerMicrowatts, frame.powerHighMicrowatts);
            run.controls().priceModel("45nm-float32-memory");
            run.feed().sample(frame);
            assertTrue(frame.powerMicrowatts > 0.9e-6 * frame.accPerSecond, "memory costs, too");
            run.controls().priceModel("truenorth");
            run.feed().sample(frame);
            assertTrue(frame.powerHighMicrowatts > frame.powerMicrowatts, "sources disagree");
            assertThrows(ControlRefusedException.class, () -> run.controls().priceModel("none"));
        }
    }

    @Test
    void shouldRefuseSensUnlessThereIsASensor() throws Exception {
        final FrameDifferenceSensor sensor = new FrameDifferenceSensor(SIDE, SIDE, 0.001f, FirstFrame.FLOAT);
        final Pipeline.Context pipeline =
            new Pipeline.Context().source(new RandomSource(new Pace(Pace.UNPACED), BATCHES));
        try (LiveRun run = new LiveRun(new LiveRun.Context().network(NETWORK).pipeline(pipeline).sensor(sensor))) {
            assertEquals(0.001, run.controls().sens().value());
            assertNull(run.controls().sens().refusal());
            run.controls().sens(0.02);
            assertEquals(0.02f, sensor.sens());
            assertThrows(ControlRefusedException.class, () -> run.controls().speed(1.0));
        }
        try (LiveRun run = run(new Trace(), 1.0)) {
            assertThrows(ControlRefusedException.class, () -> run.controls().sens(0.02));
        }
    }
}
