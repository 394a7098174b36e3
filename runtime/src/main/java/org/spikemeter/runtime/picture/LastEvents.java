package org.spikemeter.runtime.picture;

import java.util.Arrays;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

/** The last event of every pixel. */
final class LastEvents {
    private final int width;
    private final long[] micros;
    private final byte[] polarity;

    LastEvents(final SensorSize area) {
        this.width = area.width();
        this.micros = new long[area.pixels()];
        this.polarity = new byte[area.pixels()];
        Arrays.fill(micros, Long.MIN_VALUE);
    }

    /** Notes an event; one that is earlier than the last of its pixel changes nothing. */
    void add(final long timeMicros, final int word) {
        final int pixel = EventWord.y(word) * width + EventWord.x(word);
        if (timeMicros >= micros[pixel]) {
            micros[pixel] = timeMicros;
            polarity[pixel] = (byte) EventWord.polarity(word);
        }
    }

    /** Draws those that are not before a time. */
    void draw(final long fromMicros, final Picture picture) {
        final int[] rgb = picture.rgb();
        for (int pixel = 0; pixel < micros.length; pixel++) {
            rgb[pixel] = micros[pixel] < fromMicros || micros[pixel] == Long.MIN_VALUE ? EventColours.BACKGROUND
                : polarity[pixel] == 1 ? EventColours.ON : EventColours.OFF;
        }
    }
}
