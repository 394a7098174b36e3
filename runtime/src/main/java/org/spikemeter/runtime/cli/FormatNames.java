package org.spikemeter.runtime.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.spikemeter.dvs.format.EventFormats;
import org.spikemeter.dvs.format.io.EventFormat;

/** Formats of recordings as help texts list them: names, with their variants behind a colon. */
final class FormatNames {
    private FormatNames() {
    }

    /** Those that are read. */
    static final class All implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return names(false);
        }
    }

    /** Those that are written. */
    static final class Writable implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return names(true);
        }
    }

    private static Iterator<String> names(final boolean written) {
        final List<String> names = new ArrayList<>();
        for (final EventFormat format : EventFormats.all()) {
            if (format.isWritable() || !written) {
                names.add(format.name()
                    + (format.variants().isEmpty() ? "" : ":" + String.join("|", format.variants())));
            }
        }
        return names.iterator();
    }
}
