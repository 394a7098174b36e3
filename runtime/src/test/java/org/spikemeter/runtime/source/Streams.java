package org.spikemeter.runtime.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.network.Tensor;
import org.spikemeter.engine.network.Window;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Reset;
import org.spikemeter.runtime.pipeline.PipelineBatch;
import org.spikemeter.runtime.pipeline.PipelineSink;
import org.spikemeter.runtime.pipeline.StepList;

/** What tests of sources share: a small network, events of a small sensor, and sinks that look. */
final class Streams {
    static final SensorSize SENSOR = new SensorSize(34, 34);
    static final Shape INPUT = new Shape(34, 34, 2);

    private Streams() {
    }

    static Network network() {
        final float[] weights = new float[2 * 4 * 4];
        Arrays.fill(weights, 0.125f);
        return Network.builder("small", INPUT)
            .add(new Layer.Conv2d("conv", Tensor.of(weights, 1, 2, 4, 4), null, Window.square(4, 4, 0), 1))
            .add(new Layer.Neurons("if", new If(1.0f, Reset.soft(), Firing.AT_THRESHOLD)))
            .build();
    }

    /** Events whose times ascend, some at the same time, with a pause now and then. */
    static EventBatch events(final long seed, final int number) {
        final SplittableRandom random = new SplittableRandom(seed);
        final EventBatch events = new EventBatch();
        long micros = random.nextInt(1_000_000);
        for (int i = 0; i < number; i++) {
            micros += random.nextInt(2000) == 0 ? random.nextInt(20_000) : random.nextInt(20);
            events.add(micros, EventWord.of(random.nextInt(34), random.nextInt(34), random.nextInt(2)));
        }
        return events;
    }

    static EventReader reader(final EventBatch events) {
        return new ArrayedReader(events);
    }

    /** A recording in memory. */
    private static final class ArrayedReader implements EventReader {
        private final EventBatch events;
        private int at;

        ArrayedReader(final EventBatch events) {
            this.events = events;
        }

        @Override
        public String name() {
            return "array";
        }

        @Override
        public String format() {
            return "array";
        }

        @Override
        public Optional<SensorSize> size() {
            return Optional.of(SENSOR);
        }

        @Override
        public boolean read(final EventBatch into) {
            into.clear();
            while (at < events.size() && into.size() < into.capacity()) {
                into.add(events.micros(at), events.word(at));
                at++;
            }
            return !into.isEmpty();
        }

        @Override
        public double progress() {
            return Double.NaN;
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    static TreeMap<Integer, Float> map(final StepEvents step) {
        final TreeMap<Integer, Float> map = new TreeMap<>();
        for (int i = 0; i < step.size(); i++) {
            map.put(step.address(i), step.value(i));
        }
        return map;
    }

    /** Keeps every step of the network's input, and where clips begin and end. */
    static final class Steps implements PipelineSink {
        final List<TreeMap<Integer, Float>> steps = new ArrayList<>();
        final List<Long> arrivals = new ArrayList<>();
        int starts;
        int ends;
        private final StepEvents step;

        Steps(final Shape shape) {
            step = new StepEvents(shape);
        }

        @Override
        public String name() {
            return "steps";
        }

        @Override
        public void onBatch(final PipelineBatch batch, final boolean endOfBurst) {
            if (!batch.isLast()) {
                starts += batch.input().startsClip() ? 1 : 0;
                ends += batch.input().endsClip() ? 1 : 0;
                arrivals.add(batch.input().arrivalNanos());
            }
            final StepList list = batch.steps();
            for (int entry = 0; entry < list.entries(); entry++) {
                list.get(entry, step);
                for (int i = 0; i < list.repeats(entry); i++) {
                    steps.add(map(step));
                }
            }
        }
    }
}
