package org.spikemeter.runtime.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.FormatException;

/** The area that events lie in, for recordings that do not state their sensor's. */
public final class SensorArea {
    private SensorArea() {
    }

    /**
     * Reads a recording for its area alone.
     *
     * @param input what {@code opener} opens; it is opened once more than its caller does
     * @return the smallest area from the corner at the top left
     * @throws FormatException where there are no events, or where it cannot be read twice
     * @throws IOException as {@link EventReader#read}
     */
    public static SensorSize find(final Path input, final RecordingOpener opener) throws IOException {
        if (!Files.isRegularFile(input)) {
            throw new FormatException(input + ": the size of the sensor is not in it, and it cannot be read twice to"
                + " find it out: expected --size");
        }
        int width = 0;
        int height = 0;
        final EventBatch batch = new EventBatch();
        try (EventReader reader = opener.open(input)) {
            while (reader.read(batch)) {
                final int[] words = batch.wordArray();
                for (int i = 0; i < batch.size(); i++) {
                    width = Math.max(width, EventWord.x(words[i]) + 1);
                    height = Math.max(height, EventWord.y(words[i]) + 1);
                }
            }
        }
        if (width == 0) {
            throw new FormatException(input + ": no events in it, nor the size of the sensor: expected --size");
        }
        return new SensorSize(width, height);
    }
}
