package org.spikemeter.dvs.format.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.spikemeter.dvs.event.EventReader;

/** A format that is read from front to back, so that it needs no file: a pipe will do. */
public interface StreamFormat extends EventFormat {
    /**
     * Opens what is read like a file.
     *
     * @param in closed with the reader; by the caller where there is none
     * @param variant as in {@link EventFormat#open(Path, Optional)}
     * @throws org.spikemeter.engine.FormatException where it is not of this format
     * @throws IOException where it cannot be read
     */
    EventReader open(EventInput in, Optional<String> variant) throws IOException;

    @Override
    default EventReader open(final Path file, final Optional<String> variant) throws IOException {
        final EventInput in = EventInput.open(file);
        try {
            return open(in, variant);
        } catch (final IOException | RuntimeException failure) {
            in.close();
            throw failure;
        }
    }
}
