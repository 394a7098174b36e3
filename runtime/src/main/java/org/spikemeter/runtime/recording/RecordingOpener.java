package org.spikemeter.runtime.recording;

import java.io.IOException;
import java.nio.file.Path;
import org.spikemeter.dvs.event.EventReader;

/** Opens something as events: a recording in some format, or video behind a simulated sensor. */
@FunctionalInterface
public interface RecordingOpener {
    /**
     * Opens it from its start.
     *
     * @throws IOException where it cannot be read, or is not what it should be
     */
    EventReader open(Path input) throws IOException;
}
