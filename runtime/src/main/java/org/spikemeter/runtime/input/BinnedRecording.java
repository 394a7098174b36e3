package org.spikemeter.runtime.input;

import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.binning.EventStepSource;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.filter.FilteredReader;

/**
 * What came of a recording on its way to a network.
 *
 * @param format its format
 * @param size area of its events after the changes, where that is known
 * @param changes what was done to its events, in order
 * @param binning which events made a step, as it is typed
 * @param repeated what several events of one address in one step became
 * @param fit how the sensor's area came onto the network's input
 * @param steps number of steps
 * @param events events in them
 * @param merged those of them that came to an address where their step had an event already
 * @param late those that were earlier than the step that was under way
 * @param leftOut events that were read, passed the changes, and are in no step
 * @param positions density: positions with an event / positions, over all steps
 * @param channels density: addresses with an event / addresses, over all steps
 * @param warnings what was wrong in the recording, one line each
 */
public record BinnedRecording(
    String format, Optional<SensorSize> size, List<Change> changes, String binning, String repeated, String fit,
    int steps, long events, long merged, long late, long leftOut, double positions, double channels,
    List<String> warnings) {
    /**
     * A change to the events.
     *
     * @param name as it is typed
     * @param passed events that went on
     * @param removed events that were left out
     */
    public record Change(String name, long passed, long removed) {}

    /** As far as it has been read. */
    static BinnedRecording of(final FilteredReader reader, final EventStepSource source) {
        return new BinnedRecording(reader.format(), reader.size(),
            reader.filters().stream().map(f -> new Change(f.describe(), f.passed(), f.removed())).toList(),
            source.binning().toString(), source.repeated().toString(), source.fit().toString(), source.steps(),
            source.events(), source.merged(), source.late(), source.leftOut(), source.density().positionDensity(),
            source.density().channelDensity(), reader.warnings());
    }
}
