package org.spikemeter.dvs.format.aedat4;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.spikemeter.dvs.event.FrameTimes;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.FrameTimeList;
import org.spikemeter.dvs.format.io.ReadWarnings;

/**
 * Which stream of a file is read, and what the others hold. Where the header does not say which streams are of events,
 * the packets themselves do, each by the mark of its FlatBuffer.
 */
final class Aedat4Streams {
    private static final String UNKNOWN = "unknown";

    private final Map<Integer, String> types = new HashMap<>();
    private final ReadWarnings warnings;
    private final FrameTimeList frames = new FrameTimeList();
    private final Map<String, Long> passed = new TreeMap<>();
    /** Null until it is known. */
    private Integer events;
    private Optional<SensorSize> size = Optional.empty();

    Aedat4Streams(final List<InfoNode.Stream> streams, final ReadWarnings warnings) {
        this.warnings = warnings;
        for (final InfoNode.Stream stream : streams) {
            types.put(stream.number(), stream.type());
            if (events == null && stream.type().equals(Aedat4Format.EVENTS)) {
                events = stream.number();
                size = stream.size();
            }
        }
        for (final InfoNode.Stream stream : streams) {
            if (stream.type().equals(Aedat4Format.EVENTS)) {
                isRead(stream.number());
            }
        }
    }

    Optional<SensorSize> size() {
        return size;
    }

    SensorSize area() {
        return size.orElse(SensorSize.LARGEST);
    }

    /** False for a stream that is known to hold neither the events that are read, nor frames. */
    boolean isNeeded(final int stream) {
        final String type = types.getOrDefault(stream, "");
        return type.isEmpty() || type.equals(Aedat4Format.FRAME)
            || type.equals(Aedat4Format.EVENTS) && isRead(stream);
    }

    /** True for a packet of the stream that is read; one that should be is so whatever its mark says. */
    boolean isOfEvents(final int stream, final String mark) {
        if (events == null && mark.equals(Aedat4Format.EVENTS)) {
            events = stream;
        }
        return events != null && (events == stream || mark.equals(Aedat4Format.EVENTS)) && isRead(stream);
    }

    private boolean isRead(final int stream) {
        if (events == stream) {
            return true;
        }
        warnings.add("another stream of events, left out", 0, "found stream " + stream + ", read is " + events);
        return false;
    }

    void addFrame(final long micros) {
        frames.add(micros);
    }

    /** Counts a packet that is passed over. */
    void pass(final int stream) {
        final String type = types.getOrDefault(stream, "");
        passed.merge(type.isEmpty() ? UNKNOWN : type, 1L, Long::sum);
    }

    FrameTimes frameTimes() {
        return frames;
    }

    List<String> notes() {
        final List<String> notes = new ArrayList<>();
        if (frames.frames() > 0) {
            notes.add(frames.frames() + " frames");
        }
        passed.forEach((type, count) -> notes.add(count + " packets of type " + type));
        return notes;
    }
}
