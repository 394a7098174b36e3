package org.spikemeter.runtime.picture;

import java.io.IOException;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.FormatException;
import org.spikemeter.runtime.recording.PixelCounts;

/**
 * What one picture of a recording, or of a moment of it, shows.
 *
 * @param area the sensor's, where the recording states it, else that of all its events
 * @param counts of the events that are shown
 * @param events how many these are
 */
public record PreviewPicture(SensorSize area, PixelCounts counts, long events) {
    /**
     * The time that a picture shows.
     *
     * @param fromMicros its start, after the first event
     * @param lengthMicros its length
     */
    public record Moment(long fromMicros, long lengthMicros) {}

    /**
     * Reads a recording and counts what the picture shows.
     *
     * @param moment empty for all of it
     * @throws FormatException where there is no event to show
     * @throws IOException where it cannot be read
     */
    public static PreviewPicture of(final EventReader reader, final Optional<Moment> moment) throws IOException {
        final PixelCounts counts = new PixelCounts();
        final EventBatch batch = new EventBatch();
        long all = 0;
        long shown = 0;
        long first = 0;
        while (reader.read(batch)) {
            if (all == 0) {
                first = batch.micros(0);
            }
            all += batch.size();
            counts.include(batch);
            if (moment.isPresent()) {
                keep(batch, first + moment.get().fromMicros(), moment.get().lengthMicros());
            }
            counts.add(batch);
            shown += batch.size();
        }
        if (shown == 0) {
            throw new FormatException(reader.name() + ": no events to show"
                + (all == 0 ? ", expected at least one" : " in that time, of " + all));
        }
        return new PreviewPicture(reader.size().or(counts::area).orElseThrow(), counts, shown);
    }

    private static void keep(final EventBatch batch, final long fromMicros, final long lengthMicros) {
        final long[] micros = batch.microsArray();
        final int[] words = batch.wordArray();
        int kept = 0;
        for (int i = 0; i < batch.size(); i++) {
            if (micros[i] >= fromMicros && micros[i] - fromMicros < lengthMicros) {
                micros[kept] = micros[i];
                words[kept] = words[i];
                kept++;
            }
        }
        batch.setSize(kept);
    }
}
