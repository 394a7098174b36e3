package org.spikemeter.dvs.format.io;

import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.engine.FormatException;

/**
 * Whether a format can hold an event: in the area, at a time that it can tell and, where it asks for that, no earlier
 * than the event before and not too long after it.
 */
public final class WriteCheck {
    private final String file;
    private final String format;
    private final SensorSize area;
    private final long minMicros;
    private final long maxMicros;
    private final boolean inOrder;
    private final long maxGapMicros;
    private long lastMicros;
    private long events;

    private WriteCheck(final String file, final String format, final SensorSize area, final long minMicros,
        final long maxMicros, final boolean inOrder, final long maxGapMicros) {
        this.file = file;
        this.format = format;
        this.area = area;
        this.minMicros = minMicros;
        this.maxMicros = maxMicros;
        this.inOrder = inOrder;
        this.maxGapMicros = maxGapMicros;
    }

    /**
     * Of times that may go back, no event seen yet.
     *
     * @param file that is written
     * @param format for people
     * @param area in which events must lie
     * @param minMicros the earliest time
     * @param maxMicros the latest time
     */
    public static WriteCheck within(final String file, final String format, final SensorSize area,
        final long minMicros, final long maxMicros) {
        return new WriteCheck(file, format, area, minMicros, maxMicros, false, Long.MAX_VALUE);
    }

    /**
     * Of times from 0 on that do not go back, no event seen yet.
     *
     * @param file that is written
     * @param format for people
     * @param area in which events must lie
     * @param maxGapMicros the longest time from one event to the next, and from 0 to the first
     * @param maxMicros the latest time
     */
    public static WriteCheck inOrder(final String file, final String format, final SensorSize area,
        final long maxGapMicros, final long maxMicros) {
        return new WriteCheck(file, format, area, 0, maxMicros, true, maxGapMicros);
    }

    /** Events that were let through. */
    public long events() {
        return events;
    }

    /**
     * The next event.
     *
     * @throws FormatException where the format cannot hold it: which event, what was found, what is possible
     */
    public void next(final long micros, final int word) throws FormatException {
        if (EventWord.x(word) >= area.width() || EventWord.y(word) >= area.height() || micros < minMicros
            || micros > maxMicros || inOrder && (micros < lastMicros || micros - lastMicros > maxGapMicros)) {
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
        if (inOrder && events > 0 && micros < lastMicros) {
            return new FormatException(event + micros + " us: " + format
                + " holds no time before that of the event before, " + lastMicros + " us");
        }
        if (micros < minMicros) {
            return new FormatException(event + micros + " us: " + format + " holds no time before " + minMicros);
        }
        return new FormatException(event + micros + " us: " + format + " holds no time after "
            + (inOrder ? Math.min(maxMicros, lastMicros + maxGapMicros) : maxMicros)
            + " us here (--origin first begins near 0)");
    }
}
