package org.spikemeter.runtime.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.spikemeter.dvs.binning.Binning;
import org.spikemeter.dvs.binning.Fit;
import org.spikemeter.dvs.binning.Repeated;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.FrameTimes;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.filter.EventChanges;
import org.spikemeter.dvs.filter.FilteredReader;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Layer;
import org.spikemeter.engine.network.Network;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.engine.neuron.Firing;
import org.spikemeter.engine.neuron.If;
import org.spikemeter.engine.neuron.Reset;

/** How many events each step of a recording has, and that whatever was opened is closed. */
class RecordingsTest {
    private static final long[] EVENTS = {5, 15, 16, 39, 58};
    private static final EventChanges FROM_15 = new EventChanges(Optional.empty(), EventChanges.Origin.RECORDED,
        new EventChanges.TimeWindow(15, 40), Optional.empty(), EventChanges.Flip.NONE, false, "");

    private final List<Camera> opened = new ArrayList<>();

    /** Events one beside the other, at times of their own, and frames. */
    private static final class Camera implements EventReader, FrameTimes {
        private final long[] events;
        private final long[] frames;
        private int at;
        private boolean closed;

        Camera(final long[] events, final long... frames) {
            this.events = events;
            this.frames = frames;
        }

        @Override
        public String name() {
            return "camera";
        }

        @Override
        public String format() {
            return "none";
        }

        @Override
        public Optional<SensorSize> size() {
            return Optional.of(new SensorSize(8, 8));
        }

        @Override
        public boolean read(final EventBatch into) {
            into.clear();
            if (at < events.length) {
                into.add(events[at], EventWord.of(at, 0, 1));
                at++;
            }
            return !into.isEmpty();
        }

        @Override
        public double progress() {
            return (double) at / events.length;
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public FrameTimes frameTimes() {
            return this;
        }

        @Override
        public int frames() {
            return at < events.length ? 0 : frames.length;
        }

        @Override
        public long frameMicros(final int index) {
            return frames[index];
        }
    }

    private static Network network(final int channels) {
        return Network.builder("small", new Shape(8, 8, channels))
            .add(new Layer.Neurons("if", new If(1.0f, Reset.soft(), Firing.AT_THRESHOLD))).build();
    }

    private List<Integer> sizes(
        final String binning, final EventChanges changes, final long[] events, final long... frames)
        throws IOException {
        return sizes(binning, changes, network(2), events, frames);
    }

    private List<Integer> sizes(
        final String binning, final EventChanges changes, final Network network, final long[] events,
        final long... frames) throws IOException {
        final OptionalLong from =
            changes.time().hasFrom() ? OptionalLong.of(changes.time().from()) : OptionalLong.empty();
        final OptionalLong to = changes.time().hasTo() ? OptionalLong.of(changes.time().to()) : OptionalLong.empty();
        final List<Integer> sizes = new ArrayList<>();
        try (Input input = Recordings.open(() -> {
            opened.add(new Camera(events, frames));
            return new FilteredReader(opened.getLast(), changes);
        }, network, new Recordings.Steps(
            Binning.parse(binning), Repeated.CLAMP, Fit.STRETCH, Integer.MAX_VALUE, from, to))) {
            final StepEvents step = new StepEvents(input.source().shape());
            while (input.source().next(step)) {
                sizes.add(step.size());
            }
            assertEquals(sizes.size(), input.recording().orElseThrow().steps());
            assertEquals(sizes.stream().mapToInt(n -> n).sum(), input.recording().get().events());
        }
        return sizes;
    }

    @Test
    void shouldMeasureTheRecordingWhereStepsDependOnItsEnd() throws IOException {
        assertEquals(List.of(3, 2), sizes("parts:2", EventChanges.NONE, EVENTS));
        assertEquals(List.of(2, 0, 1), sizes("parts:3", FROM_15, EVENTS));
        assertEquals(List.of(2, 0, 0, 1, 0), sizes("time:5us", FROM_15, new long[] {5, 15, 16, 31, 58}));
        assertTrue(opened.stream().allMatch(camera -> camera.closed));
        assertEquals(4, opened.size(), "a first pass only for parts of unknown length");
    }

    @Test
    void shouldTakeTheStepsFromTheFrames() throws IOException {
        assertEquals(List.of(2, 0, 1), sizes("frames", EventChanges.NONE, EVENTS, 10, 20, 30, 50));
        assertEquals(List.of(0, 1), sizes("frames", FROM_15, EVENTS, 10, 20, 30, 40, 50));
        assertTrue(opened.stream().allMatch(camera -> camera.closed));
    }

    @Test
    void shouldCloseTheRecordingWhereItDoesNotFit() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> sizes("frames", EventChanges.NONE, EVENTS))
            .getMessage().contains("no image frames"));
        assertTrue(assertThrows(FormatException.class, () -> sizes("frames", EventChanges.NONE, EVENTS, 10))
            .getMessage().contains("at least two"));
        assertTrue(assertThrows(FormatException.class, () -> sizes("parts:2", EventChanges.NONE, new long[0]))
            .getMessage().contains("found no event"));
        assertTrue(assertThrows(IllegalArgumentException.class,
            () -> sizes("count:2", EventChanges.NONE, network(3), EVENTS)).getMessage().contains("3 channels"));
        assertTrue(opened.stream().allMatch(camera -> camera.closed));
        assertEquals(6, opened.size());
    }
}
