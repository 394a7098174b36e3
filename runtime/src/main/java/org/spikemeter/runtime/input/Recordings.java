package org.spikemeter.runtime.input;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.spikemeter.dvs.binning.Binning;
import org.spikemeter.dvs.binning.EventStepSource;
import org.spikemeter.dvs.binning.Fit;
import org.spikemeter.dvs.binning.RecordingSpan;
import org.spikemeter.dvs.binning.Repeated;
import org.spikemeter.dvs.event.FrameTimes;
import org.spikemeter.dvs.filter.CountingFilter;
import org.spikemeter.dvs.filter.FilteredReader;
import org.spikemeter.engine.FormatException;
import org.spikemeter.engine.network.Network;

/** Opens recordings of events as input of a network. */
public final class Recordings {
    private Recordings() {
    }

    /** Opens a recording from its start, each time it is asked. */
    @FunctionalInterface
    public interface Opener {
        /** Opens it. */
        FilteredReader open() throws IOException;
    }

    /**
     * How a recording becomes steps.
     *
     * @param binning which events make a step
     * @param repeated what several events of one address in one step become
     * @param fit how the sensor's area comes onto the network's input
     * @param maxSteps steps at most
     * @param from when the first step begins; empty for the first event
     * @param to when the last step ends; empty for the last event
     */
    public record Steps(
        Binning binning, Repeated repeated, Fit fit, int maxSteps, OptionalLong from, OptionalLong to) {}

    /**
     * Opens a recording; reads it once before where the steps depend on its end, or on its frames.
     *
     * @throws FormatException where it has no event, though its end is asked for
     * @throws IllegalArgumentException where it does not go with the network or the steps
     * @throws IOException where it cannot be read
     */
    public static Input open(final Opener opener, final Network network, final Steps steps) throws IOException {
        OptionalLong from = steps.from();
        OptionalLong to = steps.to();
        if (steps.binning() instanceof Binning.Parts && (from.isEmpty() || to.isEmpty())) {
            final RecordingSpan span = measure(opener);
            from = OptionalLong.of(from.orElse(span.firstMicros()));
            to = OptionalLong.of(to.orElse(span.latestMicros()));
        }
        final long[] frames = steps.binning() instanceof Binning.Frames ? frames(opener, steps) : null;
        final FilteredReader reader = opener.open();
        try {
            Inputs.requirePolarities(network, "recordings of events give");
            final EventStepSource source = new EventStepSource(new EventStepSource.Context().reader(reader)
                .input(network.input()).binning(steps.binning()).repeated(steps.repeated()).fit(steps.fit())
                .maxSteps(steps.maxSteps()).from(from).to(to).frames(frames));
            return Input.ofRecording(reader, source, expectedSteps(steps));
        } catch (final IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static RecordingSpan measure(final Opener opener) throws IOException {
        try (FilteredReader reader = opener.open()) {
            final RecordingSpan span = RecordingSpan.of(reader);
            if (span.events() == 0) {
                throw new FormatException(reader.name() + ": " + nothing(reader));
            }
            return span;
        }
    }

    /** Times of the image frames between the beginning and the end that are asked for; null where there is none. */
    private static long[] frames(final Opener opener, final Steps steps) throws IOException {
        try (FilteredReader reader = opener.open()) {
            final long[] frames = LongStream.of(FrameTimes.of(reader))
                .filter(micros -> micros >= steps.from().orElse(Long.MIN_VALUE))
                .filter(micros -> micros <= steps.to().orElse(Long.MAX_VALUE)).toArray();
            return frames.length == 0 ? null : frames;
        }
    }

    /** Says that no event is left, and which changes took most of them. */
    static String nothing(final FilteredReader reader) {
        final StringBuilder text = new StringBuilder("found no event");
        String before = " that is not left out: ";
        for (final CountingFilter filter : reader.filters()) {
            if (filter.removed() > 0) {
                text.append(before).append(filter.describe()).append(" removed ").append(filter.removed());
                before = ", ";
            }
        }
        return text.append(", expected at least one").toString();
    }

    private static int expectedSteps(final Steps steps) {
        final int most = steps.maxSteps() == Integer.MAX_VALUE ? Input.UNKNOWN_STEPS : steps.maxSteps();
        return steps.binning() instanceof Binning.Parts(final int parts) ? Math.min(parts, steps.maxSteps()) : most;
    }
}
