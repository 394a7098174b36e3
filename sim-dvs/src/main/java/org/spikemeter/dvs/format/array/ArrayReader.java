package org.spikemeter.dvs.format.array;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.ReadWarnings;

/** Events whose parts are columns, of one array of rows or of several that go on together. */
public final class ArrayReader implements EventReader {
    private static final String LOST = "event outside the sensor's area, or at no possible time, left out";

    private final String name;
    private final String format;
    private final Optional<SensorSize> size;
    private final EventFields<Column> columns;
    private final long addedMicros;
    private final ReadWarnings warnings;
    private final Closeable source;
    private final List<RowInput> inputs = new ArrayList<>();
    private long[] xs = {};
    private long[] ys = {};
    private long[] ps = {};

    /**
     * A reader.
     *
     * @param name the file
     * @param format for people
     * @param size the sensor's area, where it is known
     * @param addedMicros added to all times, within 2<sup>62</sup> of 0
     * @param source closed with the reader: all that the columns come from
     */
    public ArrayReader(final String name, final String format, final Optional<SensorSize> size,
        final EventFields<Column> columns, final long addedMicros, final ReadWarnings warnings,
        final Closeable source) {
        this.name = name;
        this.format = format;
        this.size = size;
        this.columns = columns;
        this.addedMicros = addedMicros;
        this.warnings = warnings;
        this.source = source;
        for (final Column column : columns.all()) {
            if (!inputs.contains(column.rows())) {
                inputs.add(column.rows());
            }
        }
    }

    /** True for a number of microseconds that can be added to times. */
    public static boolean isOffset(final long micros) {
        return micros > -Numbers.TIME_LIMIT && micros < Numbers.TIME_LIMIT;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public Optional<SensorSize> size() {
        return size;
    }

    @Override
    public boolean read(final EventBatch into) throws IOException {
        into.clear();
        while (into.isEmpty()) {
            int rows = into.capacity();
            for (final RowInput input : inputs) {
                rows = Math.min(rows, input.available());
            }
            if (rows == 0) {
                return false;
            }
            decode(rows, into);
            for (final RowInput input : inputs) {
                input.advance(rows);
            }
        }
        return true;
    }

    private void decode(final int rows, final EventBatch into) {
        if (xs.length < rows) {
            xs = new long[into.capacity()];
            ys = new long[into.capacity()];
            ps = new long[into.capacity()];
        }
        columns.t().toMicros(rows, into.microsArray());
        columns.x().toLongs(rows, xs);
        columns.y().toLongs(rows, ys);
        columns.p().toLongs(rows, ps);
        final int events = join(rows, into.microsArray(), into.wordArray());
        into.setSize(events);
        if (events < rows) {
            warnLost(rows - events);
        }
    }

    /** Puts columns together; what is no event is left out, so that later ones move up. */
    private int join(final int rows, final long[] micros, final int[] words) {
        final SensorSize area = size.orElse(SensorSize.LARGEST);
        final long width = area.width();
        final long height = area.height();
        final long added = addedMicros;
        int events = 0;
        for (int i = 0; i < rows; i++) {
            final long x = xs[i];
            final long y = ys[i];
            final long t = micros[i];
            final boolean event = x >= 0 && x < width && y >= 0 && y < height
                && t > -Numbers.TIME_LIMIT && t < Numbers.TIME_LIMIT && ps[i] != Numbers.NONE;
            if (event) {
                micros[events] = t + added;
                words[events] = EventWord.of((int) x, (int) y, ps[i] > 0 ? 1 : 0);
                events++;
            }
        }
        return events;
    }

    private void warnLost(final int lost) {
        for (int i = 0; i < lost; i++) {
            if (warnings.isFirst(LOST)) {
                warnings.add(LOST, columns.x().rows().offset(), "it is one of the next rows; expected x and y within "
                    + size.orElse(SensorSize.LARGEST));
            }
        }
    }

    @Override
    public double progress() {
        return columns.t().rows().progress();
    }

    @Override
    public List<String> warnings() {
        return warnings.lines();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
