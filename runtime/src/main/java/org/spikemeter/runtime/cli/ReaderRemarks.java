package org.spikemeter.runtime.cli;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.WrappedReader;

/** What readers say when they are closed, by another thread: each warning once, and the notes of the last one. */
final class ReaderRemarks {
    private final Set<String> warnings = new LinkedHashSet<>();
    private List<String> notes = List.of();

    /** A reader that is listened to. */
    EventReader around(final EventReader reader) {
        return new WrappedReader(reader) {
            @Override
            public boolean read(final EventBatch into) throws IOException {
                return reader.read(into);
            }

            @Override
            public void close() throws IOException {
                take(reader);
                super.close();
            }
        };
    }

    private synchronized void take(final EventReader reader) {
        warnings.addAll(reader.warnings());
        notes = reader.notes();
    }

    /** Warnings so far. */
    synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** What was done to the events of the last reader. */
    synchronized List<String> notes() {
        return notes;
    }
}
