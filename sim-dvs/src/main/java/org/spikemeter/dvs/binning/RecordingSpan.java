package org.spikemeter.dvs.binning;

import java.io.IOException;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;

/**
 * What a pass over a recording tells about its time.
 *
 * @param events number of events
 * @param firstMicros time of the first event that is stored; 0 where there is none
 * @param latestMicros the latest time; 0 where there is none
 */
public record RecordingSpan(long events, long firstMicros, long latestMicros) {
    /** Reads all events that are left. */
    public static RecordingSpan of(final EventReader reader) throws IOException {
        final EventBatch batch = new EventBatch();
        long events = 0;
        long first = 0;
        long latest = 0;
        while (reader.read(batch)) {
            if (events == 0) {
                first = batch.micros(0);
                latest = first;
            }
            final long[] micros = batch.microsArray();
            final int size = batch.size();
            for (int i = 0; i < size; i++) {
                latest = Math.max(latest, micros[i]);
            }
            events += size;
        }
        return new RecordingSpan(events, first, latest);
    }
}
