package org.spikemeter.dvs.format.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.InputReader;
import org.spikemeter.dvs.format.io.ReadWarnings;

/** Reads lines of both dialects, those that {@link TextLine#plain} takes from the window itself. */
final class TextReader extends InputReader {
    private static final int MAX_LINE_BYTES = 4096;
    /** As many as the window has room for. */
    private static final int HEAD_BYTES = 1 << 16;
    /** The same of what comes through a pipe, which may pause. */
    private static final int PIPE_HEAD_BYTES = 1 << 12;

    /** The line before the events, of the sensor's sides or of names. */
    enum Header {
        /** Every line may be an event. */
        NONE,
        /** It may be there. */
        POSSIBLE,
        /** It must be there. */
        NEEDED;

        /**
         * What a variant asks for.
         *
         * @param variants the one without the line first, then the one with it
         */
        static Header of(final Optional<String> variant, final List<String> variants) {
            return variant.isEmpty() ? POSSIBLE : variants.indexOf(variant.get()) == 0 ? NONE : NEEDED;
        }
    }

    private final TextLine line;
    private final Optional<SensorSize> size;
    private final SensorSize area;
    /** Lines that have been read. */
    private long lines;

    private TextReader(final EventInput in, final TextHead head) {
        super(in);
        this.line = head.line();
        this.size = head.size();
        this.area = size.orElse(SensorSize.LARGEST);
        this.lines = head.linesBefore();
    }

    /**
     * Opens a file.
     *
     * @param header what is before the events
     */
    static TextReader open(final EventInput in, final TextDialect dialect, final Header header) throws IOException {
        final boolean isMore = in.ensure(in.remaining() < 0 ? PIPE_HEAD_BYTES : HEAD_BYTES);
        int limit = in.limit();
        while (isMore && limit > 0 && in.array()[limit - 1] != '\n') {
            limit--;
        }
        final TextHead head = new TextHead(dialect, in.array(), limit, header == Header.NONE);
        if (head.failure().isPresent()) {
            throw in.failure(head.start(), head.failure().get());
        }
        if (header == Header.NEEDED && !head.hasHeader()) {
            throw in.failure("found no " + dialect.header() + ", expected one before the events");
        }
        in.advance(head.start());
        return new TextReader(in, head);
    }

    @Override
    public String format() {
        return line.toString();
    }

    @Override
    public Optional<SensorSize> size() {
        return size;
    }

    @Override
    public boolean read(final EventBatch into) throws IOException {
        into.clear();
        while (into.isEmpty() && in.ensure(1)) {
            final int end = wholeLines();
            if (end > in.at()) {
                in.advance(decode(in.array(), in.at(), end, into) - in.at());
            } else {
                final byte[] last = Arrays.copyOfRange(in.array(), in.at(), in.limit() + 1);
                last[last.length - 1] = '\n';
                decode(last, 0, last.length, into);
                in.advance(last.length - 1);
            }
        }
        return !into.isEmpty();
    }

    /** The place behind the last line feed, which is read until there is one; where there is none any more, ours. */
    private int wholeLines() throws IOException {
        while (true) {
            final byte[] bytes = in.array();
            for (int end = in.limit(); end > in.at(); end--) {
                if (bytes[end - 1] == '\n') {
                    return end;
                }
            }
            final int left = in.limit() - in.at();
            checkLength(left, in.offset(), lines + 1);
            if (!in.ensure(left + 1)) {
                return in.at();
            }
        }
    }

    private void checkLength(final int bytes, final long offset, final long number) throws IOException {
        if (bytes > MAX_LINE_BYTES) {
            throw in.failure(offset, "line " + number + " has more than " + MAX_LINE_BYTES + " bytes");
        }
    }

    /** Takes events until the batch is full or {@code end}, behind a line feed, is there; returns where it stopped. */
    private int decode(final byte[] bytes, final int from, final int end, final EventBatch into) throws IOException {
        final long[] micros = into.microsArray();
        final int[] words = into.wordArray();
        final int capacity = into.capacity();
        final TextLine taker = line;
        final int width = area.width();
        final int height = area.height();
        int events = 0;
        int at = from;
        while (events < capacity && at < end) {
            lines++;
            int next = taker.plain(bytes, at);
            boolean taken = next >= 0 && next - at <= MAX_LINE_BYTES;
            if (!taken) {
                next = lineEnd(bytes, at);
                taken = any(bytes, at, next, in.offset() + at - from);
            }
            if (taken && taker.x() < width && taker.y() < height) {
                micros[events] = taker.micros();
                words[events] = taker.word();
                events++;
            } else if (taken) {
                outside(in.offset() + at - from);
            }
            at = next;
        }
        into.setSize(events);
        return at;
    }

    private static int lineEnd(final byte[] bytes, final int from) {
        int at = from;
        while (bytes[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    private boolean any(final byte[] bytes, final int from, final int end, final long offset) throws IOException {
        checkLength(end - 1 - from, offset, lines);
        final String text = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1).strip();
        if (TextHead.isComment(text)) {
            return false;
        }
        final String wrong = line.any(text);
        if (wrong != null) {
            warnings.add("line that is no event, left out", offset, "line " + lines + ": " + wrong);
        }
        return wrong == null;
    }

    private void outside(final long offset) {
        if (warnings.isFirst(ReadWarnings.OUTSIDE_AREA)) {
            warnings.add(ReadWarnings.OUTSIDE_AREA, offset, "line " + lines + ": x " + line.x() + ", y " + line.y()
                + ", expected x below " + area.width() + " and y below " + area.height());
        }
    }
}
