package org.spikemeter.dvs.pixel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spikemeter.dvs.Resources;
import org.spikemeter.dvs.frame.FrameSources;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.frame.ListFrameSource;
import org.spikemeter.engine.aer.StepEvents;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class DvsStepSourceTest {
    @ParameterizedTest
    @ValueSource(strings = {"clip-9001", "clip-9002"})
    void shouldGiveGoldenEventCountsWhenClipIsLossless(final String clip) throws IOException {
        final JsonNode golden = new ObjectMapper().readTree(Resources.reference(clip + ".json").toFile());
        final FrameDifferenceSensor sensor =
            new FrameDifferenceSensor(128, 128, FrameDifferenceSensor.DEFAULT_SENS, FirstFrame.FLOAT);
        try (DvsStepSource source = new DvsStepSource(
            FrameSources.open(Resources.reference(clip + ".mkv"), GreyMode.FLOAT), sensor,
            DvsStepSource.DEFAULT_STEPS)) {
            assertEquals(golden.get("input_events_per_step").valueStream().map(JsonNode::asInt).toList(),
                eventsPerStep(source));
            assertEquals(golden.get("input_position_density_steps_1_to_67").asDouble(),
                source.density().positionDensity(), 1e-12);
            assertEquals(golden.get("input_event_density_steps_1_to_67").asDouble(),
                source.density().channelDensity(), 1e-12);
        }
    }

    @Test
    void shouldCutWhenFramesAreMoreThanSteps() throws IOException {
        final DvsStepSource source = source(3, 0.1f, 0.2f, 0.3f, 0.4f, 0.5f);
        assertEquals(List.of(2, 1, 1), eventsPerStep(source));
        assertEquals(2, source.density().steps());
    }

    @Test
    void shouldEndEarlyWhenFramesAreFewerThanSteps() throws IOException {
        final DvsStepSource source = source(68, 0.1f, 0.2f, 0.2f);
        assertEquals(List.of(2, 1, 0), eventsPerStep(source));
        assertFalse(source.nextWindow());
        assertFalse(source.next(new StepEvents(source.shape())));
    }

    @Test
    void shouldStartAnewWhenNextWindowBegins() throws IOException {
        final DvsStepSource source = source(2, 0.1f, 0.2f, 0.3f, 0.3f, 0.4f);
        final List<List<Integer>> windows = new ArrayList<>();
        final List<Double> densities = new ArrayList<>();
        do {
            windows.add(eventsPerStep(source));
            densities.add(source.density().positionDensity());
        } while (source.nextWindow());
        assertEquals(List.of(List.of(2, 1), List.of(2, 0), List.of(2)), windows);
        assertEquals(List.of(1.0, 0.0, 0.0), densities);
    }

    @Test
    void shouldNotSkipFrameWhenNextWindowIsCalledTwice() throws IOException {
        final DvsStepSource source = source(1, 0.1f, 0.2f);
        assertEquals(List.of(2), eventsPerStep(source));
        assertTrue(source.nextWindow());
        assertTrue(source.nextWindow());
        final StepEvents events = new StepEvents(source.shape());
        assertTrue(source.next(events));
        assertEquals(0.2f, events.value(0));
    }

    @Test
    void shouldRoundResizedFrameWhenGreyIsEightBit() throws IOException {
        // The mean of two pixels moves by 0.5/255, which bytes cannot hold.
        final List<float[]> frames = List.of(new float[] {10 / 255.0f, 10 / 255.0f},
            new float[] {10 / 255.0f, 11 / 255.0f}, new float[] {11 / 255.0f, 11 / 255.0f});
        assertEquals(List.of(2, 1, 1), eventsPerStep(halved(GreyMode.FLOAT, frames)));
        assertEquals(1, eventsPerStep(halved(GreyMode.EIGHT_BIT, frames)).stream().skip(1).mapToInt(n -> n).sum());
    }

    @Test
    void shouldCloseFramesWhenClosed() throws IOException {
        final ListFrameSource frames = new ListFrameSource(1, 1, GreyMode.FLOAT, List.of(new float[1]));
        new DvsStepSource(frames, new FrameDifferenceSensor(1, 1, 0.0f, FirstFrame.FLOAT), 1).close();
        assertTrue(frames.isClosed());
    }

    @Test
    void shouldRejectStepsWhenNotPositive() {
        assertThrows(IllegalArgumentException.class, () -> source(0, 0.5f));
    }

    @Test
    void shouldGiveEmptyEventsWhenThereIsNoFurtherStep() throws IOException {
        final DvsStepSource source = source(1, 0.5f);
        final StepEvents events = new StepEvents(source.shape());
        assertTrue(source.next(events));
        assertArrayEquals(new float[] {0.5f, 0.5f}, new float[] {events.value(0), events.value(1)});
        assertFalse(source.next(events));
        assertEquals(0, events.size());
    }

    private static DvsStepSource halved(final GreyMode mode, final List<float[]> frames) {
        return new DvsStepSource(new ListFrameSource(2, 1, mode, frames),
            new FrameDifferenceSensor(1, 1, 0.001f, FirstFrame.FLOAT), 68);
    }

    private static DvsStepSource source(final int steps, final float... greys) {
        final List<float[]> frames = new ArrayList<>();
        for (final float grey : greys) {
            frames.add(new float[] {grey});
        }
        return new DvsStepSource(new ListFrameSource(1, 1, GreyMode.FLOAT, frames),
            new FrameDifferenceSensor(1, 1, 0.001f, FirstFrame.FLOAT), steps);
    }

    private static List<Integer> eventsPerStep(final DvsStepSource source) throws IOException {
        final StepEvents events = new StepEvents(source.shape());
        final List<Integer> counts = new ArrayList<>();
        while (source.next(events)) {
            counts.add(events.size());
        }
        return counts;
    }
}
