package org.spikemeter.runtime.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;

/**
 * A recording at its start, and the area of its events.
 *
 * @param reader closed with this
 * @param area as the recording states it, or as it was found from all events
 * @param found true where it was found
 */
public record SizedRecording(EventReader reader, SensorSize area, boolean found) implements AutoCloseable {
    /**
     * Opens a recording. A pipe can be opened only once: a second time only where there is no other way to the size.
     *
     * @throws IOException as by the opener, and by {@link SensorArea#find}
     */
    public static SizedRecording open(final Path input, final RecordingOpener opener) throws IOException {
        final EventReader reader = opener.open(input);
        final Optional<SensorSize> stated = reader.size();
        if (stated.isPresent()) {
            return new SizedRecording(reader, stated.get(), false);
        }
        reader.close();
        final SensorSize found = SensorArea.find(input, opener);
        return new SizedRecording(opener.open(input), found, true);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
