package org.spikemeter.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spikemeter.dvs.binning.Binning;
import org.spikemeter.dvs.binning.EventStepSource;
import org.spikemeter.dvs.binning.RecordingSpan;
import org.spikemeter.dvs.binning.Repeated;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.filter.CountingFilter;
import org.spikemeter.dvs.filter.EventFilters;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.engine.aer.StepEvents;
import org.spikemeter.engine.network.Shape;
import org.spikemeter.reference.Samples;

/** A recording of N-MNIST beside what the rules of peers, written down in NumPy, make of it. */
class RecordingStepsTest {
    private static final Shape GRID = new Shape(34, 34, 2);
    /** {@code integrate_events_by_fixed_frames_number} of SpikingJelly, by time, 16 frames: the sum of each. */
    private static final List<Integer> SPIKINGJELLY =
        List.of(62, 292, 529, 412, 71, 106, 289, 444, 309, 117, 124, 51, 523, 595, 317, 84);
    private static final long SPIKINGJELLY_NON_ZERO = 2_220;
    /** Each value of the frames times (frame + 1), (34 y + x + 1), and 2 for OFF, in all. */
    private static final long SPIKINGJELLY_SUM = 31_090_681;

    private static Path sample() {
        return Samples.path("events/tonic_nmnist_sample.bin");
    }

    @Test
    void shouldGiveTheFramesOfSpikingJelly() throws IOException {
        final RecordingSpan span;
        try (EventReader reader = EventFormats.open(sample())) {
            span = RecordingSpan.of(reader);
        }
        final List<Integer> sums = new ArrayList<>();
        long nonZero = 0;
        long weighted = 0;
        try (EventStepSource source = new EventStepSource(new EventStepSource.Context()
            .reader(EventFormats.open(sample())).input(GRID).binning(Binning.parse("parts:16"))
            .repeated(Repeated.COUNT).from(OptionalLong.of(span.firstMicros()))
            .to(OptionalLong.of(span.latestMicros())))) {
            final StepEvents step = new StepEvents(GRID);
            while (source.next(step)) {
                int sum = 0;
                for (int i = 0; i < step.size(); i++) {
                    final int value = (int) step.value(i);
                    sum += value;
                    weighted += (long) value * (sums.size() + 1) * (step.address(i) / 2 + 1)
                        * (step.address(i) % 2 + 1);
                }
                nonZero += step.size();
                sums.add(sum);
            }
            assertEquals(4_325 - SPIKINGJELLY_NON_ZERO, source.merged());
        }
        assertEquals(SPIKINGJELLY, sums);
        assertEquals(SPIKINGJELLY_NON_ZERO, nonZero);
        assertEquals(SPIKINGJELLY_SUM, weighted);
    }

    /**
     * dv-processing lets 3968 events pass at 5 ms: those here and six more, less than 5 ms behind time 0, when it takes
     * all pixels to have had an event. The refractory filters of tonic and jAER, which blocked events prolong, let 2454
     * pass at 5 ms.
     */
    @ParameterizedTest
    @CsvSource({"ba:5ms, 3962", "refractory:5ms, 3156", "refractory:1ms, 4307"})
    void shouldLetAsManyEventsPass(final String spec, final long passed) throws IOException {
        final CountingFilter filter = EventFilters.parse(spec).getFirst();
        final EventBatch batch = new EventBatch();
        try (EventReader reader = EventFormats.open(sample())) {
            while (reader.read(batch)) {
                filter.apply(batch);
            }
        }
        assertEquals(passed, filter.passed());
        assertEquals(4_325 - passed, filter.removed());
    }
}
