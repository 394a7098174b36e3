package org.spikemeter.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.spikemeter.dvs.binning.Binning;
import org.spikemeter.dvs.binning.Fit;
import org.spikemeter.dvs.binning.Repeated;
import org.spikemeter.dvs.binning.StreamBinner;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Voting;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Reset;

/** A tiny network, and sources and sinks for it. */
public final class TestPipelines {
    static final int SIDE = 4;
    static final int STEP_MICROS = 1000;

    private TestPipelines() {
    }

    /** ON votes for "on", OFF for "off". */
    public static Network network() {
        final int inputs = SIDE * SIDE * 2;
        final float[] weights = new float[2 * inputs];
        for (int input = 0; input < inputs; input++) {
            // flattened, channels are the slowest dimension
            weights[input / (SIDE * SIDE) * inputs + input] = 0.5f;
        }
        return Network.builder("tiny", new Shape(SIDE, SIDE, 2)).add(new Layer.Flatten("flatten"))
            .add(new Layer.Linear("fc", Tensor.of(weights, 2, inputs), null))
            .add(new Layer.Neurons("if", new If(1.0f, Reset.soft(), Firing.AT_THRESHOLD)))
            .voting(new Voting(List.of(new Voting.Group("on", 0, 1), new Voting.Group("off", 1, 2)))).build();
    }

    static StreamBinner binner() {
        return new StreamBinner(new Binning.Time(STEP_MICROS), new SensorSize(SIDE, SIDE), network().input(),
            Repeated.COUNT, Fit.STRETCH);
    }

    /** A tiny network, a binner for it, and little room, so that it fills up soon. */
    public static Pipeline.Context context() {
        return new Pipeline.Context().network(network()).binner(binner()).ringSize(4).inputBatches(4).batchEvents(64);
    }

    /** After a pipeline has ended: nothing is under way, and no thread is left. */
    static void assertEnded(final Pipeline pipeline) {
        final PipelineTotals totals = pipeline.totals();
        assertEquals(totals.accepted(), totals.processed() + totals.dropped() + totals.abandoned(), totals.toString());
        assertEquals(List.of(), threads());
    }

    /** Names of threads of pipelines. */
    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive).map(Thread::getName)
            .filter(name -> name.startsWith("spikemeter-")).toList();
    }

    /** Batches of events, an event a millisecond; the end of the promised time tells which batch it is. */
    public static class Events implements PipelineSource {
        private final String name;
        private final int batches;
        private final int eventsABatch;
        private long time;
        private volatile boolean closed;

        /** So many batches of so many events. */
        public Events(final String name, final int batches, final int eventsABatch) {
            this.name = name;
            this.batches = batches;
            this.eventsABatch = eventsABatch;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void run(final Intake intake) throws IOException, InterruptedException {
            for (int number = 0; number < batches && !closed; number++) {
                final InputBatch batch = intake.claim();
                if (batch == null) {
                    return;
                }
                batch.setArrivalNanos(System.nanoTime());
                fill(number, batch);
                intake.accept(batch);
            }
        }

        /** Fills a batch; for those that are to do something else. */
        void fill(final int number, final InputBatch batch) throws IOException, InterruptedException {
            for (int i = 0; i < eventsABatch; i++) {
                batch.events().add(time, EventWord.of(i % SIDE, i / SIDE % SIDE, i % 2));
                time += STEP_MICROS;
            }
            batch.setUntilMicros(time);
        }

        @Override
        public void close() throws IOException {
            closed = true;
        }
    }

    /** Keeps numbers of batches, their promised times and their sizes. */
    static class Keeping implements PipelineSink {
        private final String name;
        private final List<Long> numbers = Collections.synchronizedList(new ArrayList<>());
        private final List<Long> until = Collections.synchronizedList(new ArrayList<>());
        private long events;
        private long steps;

        Keeping(final String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void onBatch(final PipelineBatch batch, final boolean endOfBurst) throws IOException {
            if (!batch.isLast()) {
                until.add(batch.input().untilMicros());
            }
            numbers.add(batch.number());
            events += batch.input().size();
            steps += batch.outputs().steps();
        }

        List<Long> numbers() {
            return numbers;
        }

        List<Long> until() {
            return until;
        }

        long events() {
            return events;
        }

        long steps() {
            return steps;
        }
    }

    /** Takes its time. */
    static final class Slow extends Keeping {
        private final long millis;

        Slow(final long millis) {
            super("slow");
            this.millis = millis;
        }

        @Override
        public void onBatch(final PipelineBatch batch, final boolean endOfBurst) throws IOException {
            super.onBatch(batch, endOfBurst);
            try {
                Thread.sleep(millis);
            } catch (final InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
