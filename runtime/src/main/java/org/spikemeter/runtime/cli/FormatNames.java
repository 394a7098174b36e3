package org.spikemeter.runtime.cli;

import java.util.Iterator;
import org.spikemeter.dvs.format.EventFormats;

/** Formats of recordings as help texts list them: names, with their variants behind a colon. */
final class FormatNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return EventFormats.all().stream().map(format -> format.name()
            + (format.variants().isEmpty() ? "" : ":" + String.join("|", format.variants()))).iterator();
    }
}
