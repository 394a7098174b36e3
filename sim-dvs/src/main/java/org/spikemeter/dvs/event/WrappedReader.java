package org.spikemeter.dvs.event;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A reader around another one: says of itself what that one says, but for what a subclass says otherwise. */
public abstract class WrappedReader implements EventReader {
    /** The other one; closed with this. */
    protected final EventReader reader;

    /** A reader around another one. */
    protected WrappedReader(final EventReader reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return reader.name();
    }

    @Override
    public String format() {
        return reader.format();
    }

    @Override
    public Optional<SensorSize> size() {
        return reader.size();
    }

    @Override
    public double progress() {
        return reader.progress();
    }

    @Override
    public List<String> warnings() {
        return reader.warnings();
    }

    @Override
    public List<String> notes() {
        return reader.notes();
    }

    @Override
    public FrameTimes frameTimes() {
        return reader.frameTimes();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
