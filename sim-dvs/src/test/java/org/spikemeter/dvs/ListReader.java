package org.spikemeter.dvs;

import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.SensorSize;

/** Events of a batch once more, at most so many at a time. */
public final class ListReader implements EventReader {
    private final EventBatch events;
    private final Optional<SensorSize> size;
    private final int atOnce;
    private int at;
    private boolean closed;

    /** All events, as many at a time as the reader is asked for, of a sensor of unknown size. */
    public ListReader(final EventBatch events) {
        this(events, Optional.empty(), Integer.MAX_VALUE);
    }

    public ListReader(final EventBatch events, final Optional<SensorSize> size, final int atOnce) {
        this.events = events;
        this.size = size;
        this.atOnce = atOnce;
    }

    @Override
    public String name() {
        return "list";
    }

    @Override
    public String format() {
        return "list";
    }

    @Override
    public Optional<SensorSize> size() {
        return size;
    }

    @Override
    public boolean read(final EventBatch into) {
        into.clear();
        final int end = Math.min(events.size(), at + Math.min(atOnce, into.capacity()));
        for (; at < end; at++) {
            into.add(events.micros(at), events.word(at));
        }
        return !into.isEmpty();
    }

    @Override
    public double progress() {
        return events.isEmpty() ? 1.0 : (double) at / events.size();
    }

    @Override
    public List<String> warnings() {
        return List.of();
    }

    /** True once it was closed. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
