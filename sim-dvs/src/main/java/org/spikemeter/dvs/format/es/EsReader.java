package org.spikemeter.dvs.format.es;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventFormat;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.InputReader;
import org.spikemeter.dvs.format.io.ReadWarnings;

/** Reads {@link EsFormat}. */
final class EsReader extends InputReader {
    private static final List<String> KINDS =
        List.of("generic events", "events of a DVS", "events of an ATIS", "events for a display", "colours");

    private final EsKind kind;
    private final SensorSize size;
    private long micros;

    private EsReader(final EventInput in, final EsKind kind, final SensorSize size) {
        super(in);
        this.kind = kind;
        this.size = size;
    }

    static EsReader open(final EventInput in) throws IOException {
        final EsKind kind = kind(in);
        final byte[] sides = in.take(2 * Short.BYTES, "the sensor's width and height");
        final int width = (short) EventInput.SHORT.get(sides, 0) & 0xffff;
        final int height = (short) EventInput.SHORT.get(sides, Short.BYTES) & 0xffff;
        if (!SensorSize.isPossible(width, height)) {
            throw in.failure(EsFormat.START_BYTES, "found a sensor of " + width + " x " + height
                + " pixels, expected sides of 1 to " + EventWord.MAX_SIDE);
        }
        return new EsReader(in, kind, new SensorSize(width, height));
    }

    private static EsKind kind(final EventInput in) throws IOException {
        final byte[] start = in.take(EsFormat.START_BYTES, "the start of an Event Stream");
        final int mark = EsFormat.MARK.length;
        if (!EventFormat.startsWith(start, EsFormat.MARK)) {
            throw in.failure(0, "found no mark of an Event Stream, expected 'Event Stream'");
        }
        if (start[mark] != EsFormat.MAJOR_VERSION) {
            throw in.failure(mark, "found Event Stream " + (start[mark] & 0xff) + "." + (start[mark + 1] & 0xff) + "."
                + (start[mark + 2] & 0xff) + ", expected version " + EsFormat.MAJOR_VERSION);
        }
        final int code = start[EsFormat.START_BYTES - 1] & 0xff;
        for (final EsKind kind : EsKind.values()) {
            if (kind.code() == code) {
                return kind;
            }
        }
        throw in.failure(EsFormat.START_BYTES - 1, "found kind " + code
            + (code < KINDS.size() ? " (" + KINDS.get(code) + ")" : "") + ", expected 1 (" + KINDS.get(1) + ") or 2 ("
            + KINDS.get(2) + ")");
    }

    @Override
    public String format() {
        return "Event Stream " + EsFormat.MAJOR_VERSION + " (" + kind.title() + ")";
    }

    @Override
    public Optional<SensorSize> size() {
        return Optional.of(size);
    }

    @Override
    public boolean read(final EventBatch into) throws IOException {
        into.clear();
        while (into.isEmpty() && in.ensure(1)) {
            if (in.ensure(EsFormat.RECORD_BYTES)) {
                in.advance(decode(in.array(), in.at(), in.limit(), into) - in.at());
            } else {
                finish();
            }
        }
        return !into.isEmpty();
    }

    /** Takes all events that are whole before {@code limit}, at least one byte; returns where it stopped. */
    private int decode(final byte[] bytes, final int from, final int limit, final EventBatch into) {
        final long[] times = into.microsArray();
        final int[] words = into.wordArray();
        final int capacity = into.capacity();
        final int reset = kind.reset();
        final int overflowMicros = kind.overflowMicros();
        final int timeShift = kind.timeShift();
        final int measurement = kind.measurementMask();
        final int width = size.width();
        final int height = size.height();
        long time = micros;
        int events = 0;
        int at = from;
        while (events < capacity && at + EsFormat.RECORD_BYTES <= limit) {
            final int first = bytes[at] & 0xff;
            if (first >= reset) {
                time += (first - reset) * overflowMicros;
                at++;
                continue;
            }
            time += first >> timeShift;
            final int x = (short) EventInput.SHORT.get(bytes, at + 1) & 0xffff;
            final int y = (short) EventInput.SHORT.get(bytes, at + 3) & 0xffff;
            if (x >= width || y >= height) {
                outside(at, x, y);
            } else if ((first & measurement) == 0) {
                times[events] = time;
                words[events] = EventWord.of(x, height - 1 - y, first >> timeShift - 1 & 1);
                events++;
            }
            at += EsFormat.RECORD_BYTES;
        }
        micros = time;
        into.setSize(events);
        return at;
    }

    private void outside(final int at, final int x, final int y) {
        if (warnings.isFirst(ReadWarnings.OUTSIDE_AREA)) {
            warnings.add(ReadWarnings.OUTSIDE_AREA, in.offset() + at - in.at(),
                "x " + x + ", y " + y + ", expected x below " + size.width() + " and y below " + size.height());
        }
    }

    /** The last bytes, too few for an event: what is none of them may stand there. */
    private void finish() {
        final int left = in.limit() - in.at();
        int idle = 0;
        while (idle < left && (in.array()[in.at() + idle] & 0xff) >= kind.reset()) {
            idle++;
        }
        if (idle < left) {
            warnings.add("the last event is cut, left out", in.offset() + idle, "found " + (left - idle)
                + " bytes, expected " + EsFormat.RECORD_BYTES);
        }
        in.advance(left);
    }
}
