package org.spikemeter.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.frame.FrameClock;
import org.spikemeter.dvs.frame.FrameSources;
import org.spikemeter.dvs.frame.GreyMode;
import org.spikemeter.dvs.pixel.EventSensor;
import org.spikemeter.dvs.pixel.SensorReader;
import org.spikemeter.reference.Samples;

/** The frames that the peers were given, and what they made of them. */
final class SensorFrames {
    /** Of the synthetic frames. */
    static final SensorSize SIZE = new SensorSize(32, 24);
    private static final double FRAMES_A_SECOND = 100.0;

    private SensorFrames() {
    }

    /** An event as a peer wrote it, its time rounded to microseconds. */
    record Event(long micros, int x, int y, int polarity) {}

    /** Prints a result, where {@code -Dspikemeter.report=true} asks for it. */
    static void report(final String line) {
        if (Boolean.getBoolean("spikemeter.report")) {
            System.out.println("SENSOR " + line);
        }
    }

    /** The synthetic frames through a sensor. */
    static EventBatch synthetic(final EventSensor sensor) throws IOException {
        final Path file = Samples.path("events/v2e_ref/synth_frames_u8.npy");
        try (SensorReader reader = new SensorReader(
            FrameSources.open(file, GreyMode.FLOAT, new FrameClock(FRAMES_A_SECOND)), sensor)) {
            return reader.readAll();
        }
    }

    /** How often each event occurs. */
    static Map<Event, Integer> multiset(final EventBatch batch) {
        final Map<Event, Integer> events = new HashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            events.merge(new Event(batch.micros(i), batch.x(i), batch.y(i), batch.polarity(i)), 1, Integer::sum);
        }
        return events;
    }

    /** The lines {@code t_s,x,y,p} of a peer. */
    static List<String[]> lines(final Path csv) throws IOException {
        return Files.readAllLines(csv).stream().skip(1).map(line -> line.split(",")).toList();
    }

    /** How often each event of a peer occurs. */
    static Map<Event, Integer> peer(final String relative) throws IOException {
        final Map<Event, Integer> events = new HashMap<>();
        for (final String[] line : lines(Samples.path(relative))) {
            events.merge(new Event(Math.round(1e6 * Double.parseDouble(line[0])), Integer.parseInt(line[1]),
                Integer.parseInt(line[2]), line[3].equals("1") ? 1 : 0), 1, Integer::sum);
        }
        return events;
    }

    /** Events that are in one but not in the other. */
    static int missing(final Map<Event, Integer> wanted, final Map<Event, Integer> found) {
        int missing = 0;
        for (final Map.Entry<Event, Integer> each : wanted.entrySet()) {
            missing += Math.max(0, each.getValue() - found.getOrDefault(each.getKey(), 0));
        }
        return missing;
    }
}
