package org.spikemeter.runtime.recording;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

/** What a recording holds, found out in one pass. */
public final class RecordingStatistics {
    private final String name;
    private final String format;
    private final Optional<SensorSize> statedSize;
    private final RateHistory rate = new RateHistory();
    private final PixelCounts pixels = new PixelCounts();
    private List<String> warnings = List.of();
    private List<String> notes = List.of();
    private long events;
    private long on;
    private long firstMicros = Long.MAX_VALUE;
    private long lastMicros = Long.MIN_VALUE;
    private long previousMicros = Long.MIN_VALUE;
    private long backward;
    private long largestBackwardMicros;

    private RecordingStatistics(final EventReader reader) {
        this.name = reader.name();
        this.format = reader.format();
        this.statedSize = reader.size();
    }

    /**
     * Reads all of a recording.
     *
     * @throws IOException as {@link EventReader#read}
     */
    public static RecordingStatistics of(final EventReader reader) throws IOException {
        final RecordingStatistics statistics = new RecordingStatistics(reader);
        final EventBatch batch = new EventBatch();
        while (reader.read(batch)) {
            statistics.add(batch);
        }
        statistics.warnings = reader.warnings();
        statistics.notes = reader.notes();
        return statistics;
    }

    private void add(final EventBatch batch) {
        final long[] micros = batch.microsArray();
        final int[] words = batch.wordArray();
        long previous = previousMicros;
        for (int i = 0; i < batch.size(); i++) {
            final long time = micros[i];
            if (time < previous) {
                backward++;
                largestBackwardMicros = Math.max(largestBackwardMicros, distance(time, previous));
            }
            previous = time;
            firstMicros = Math.min(firstMicros, time);
            lastMicros = Math.max(lastMicros, time);
            on += EventWord.polarity(words[i]);
        }
        previousMicros = previous;
        events += batch.size();
        rate.add(batch);
        pixels.add(batch);
    }

    /** Times may be as far apart as damaged files say. */
    static long distance(final long from, final long to) {
        return to - from < 0 ? Long.MAX_VALUE : to - from;
    }

    /** What the recording is called. */
    public String name() {
        return name;
    }

    /** Its format, for people. */
    public String format() {
        return format;
    }

    /** The sensor's area: as the recording states it, else that of the events; empty where it has none. */
    public Optional<SensorSize> size() {
        return statedSize.or(pixels::area);
    }

    /** True where the recording states its size. */
    public boolean isSizeStated() {
        return statedSize.isPresent();
    }

    /** Number of events. */
    public long events() {
        return events;
    }

    /** Number of ON events. */
    public long on() {
        return on;
    }

    /** Number of OFF events. */
    public long off() {
        return events - on;
    }

    /** The earliest time; only where there are events. */
    public long firstMicros() {
        return firstMicros;
    }

    /** The latest time; only where there are events. */
    public long lastMicros() {
        return lastMicros;
    }

    /** From the earliest time to the latest; 0 without events. */
    public long durationMicros() {
        return events == 0 ? 0 : distance(firstMicros, lastMicros);
    }

    /** Events a second over the whole duration; NaN where that is 0. */
    public double meanRate() {
        return durationMicros() == 0 ? Double.NaN : events * 1e6 / durationMicros();
    }

    /** Events whose time is before that of the event before them. */
    public long backward() {
        return backward;
    }

    /** The furthest of these steps back; 0 where there is none. */
    public long largestBackwardMicros() {
        return largestBackwardMicros;
    }

    /** Events over time. */
    public RateHistory rate() {
        return rate;
    }

    /** Events over the area. */
    public PixelCounts pixels() {
        return pixels;
    }

    /** What the reader warned of. */
    public List<String> warnings() {
        return warnings;
    }

    /** What the recording holds besides its events, as its reader says. */
    public List<String> notes() {
        return notes;
    }
}
