package org.spikemeter.dvs.format.prophesee;

import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.FormatException;

/** Whether a format can hold an event: in the area, no earlier than the one before, and no later than it can tell. */
final class WriteCheck {
    private final String file;
    private final String format;
    private final SensorSize area;
    private final long maxGapMicros;
    private final long maxMicros;
    private long lastMicros;
    private long events;

    /**
     * No event seen yet.
     *
     * @param file that is written
     * @param format for people
     * @param area in which events must lie
     * @param maxGapMicros the longest time from one event to the next, and from 0 to the first
     * @param maxMicros the latest time
     */
    WriteCheck(
        final String file, final String format, final SensorSize area, final long maxGapMicros, final long maxMicros) {
        this.file = file;
        this.format = format;
        this.area = area;
        this.maxGapMicros = maxGapMicros;
        this.maxMicros = maxMicros;
    }

    /** The next event. */
    void next(final long micros, final int word) throws FormatException {
        if (EventWord.x(word) >= area.width() || EventWord.y(word) >= area.height() || micros < lastMicros
            || micros - lastMicros > maxGapMicros || micros > maxMicros) {
            throw refusal(micros, word);
        }
        lastMicros = micros;
        events++;
    }

    private FormatException refusal(final long micros, final int word) {
        final String event = file + ": event " + events + " is at ";
        if (!area.contains(EventWord.x(word), EventWord.y(word))) {
            return new FormatException(event + "x " + EventWord.x(word) + ", y " + EventWord.y(word)
                + ": expected a place in " + area + " pixels");
        }
        if (micros < lastMicros) {
            return new FormatException(event + micros + " us: " + format + " holds no time before "
                + (events == 0 ? "0" : "that of the event before, " + lastMicros + " us"));
        }
        return new FormatException(event + micros + " us: " + format + " holds no time after "
            + Math.min(maxMicros, lastMicros + maxGapMicros) + " us here; let times begin near 0");
    }
}
