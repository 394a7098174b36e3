package org.spikemeter.dvs.format.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.engine.FormatException;

/** Writes lines of both dialects, in their usual columns: seconds with six decimals, or microseconds. */
final class TextWriter implements EventWriter {
    /** Sign and 19 digits of a time, its point, 5 digits of x and of y, one of polarity, what is between and behind. */
    private static final int MAX_LINE_BYTES = 20 + 1 + 5 + 5 + 1 + 4;
    private static final int SECOND_DECIMALS = 6;

    private final EventOutput out;
    private final TextDialect dialect;
    private final SensorSize area;
    private long events;

    TextWriter(final EventOutput out, final TextDialect dialect, final SensorSize area) {
        this.out = out;
        this.dialect = dialect;
        this.area = area;
    }

    @Override
    public void write(final EventBatch batch) throws IOException {
        for (int i = 0; i < batch.size(); i++) {
            final long micros = batch.micros(i);
            final int x = batch.x(i);
            final int y = batch.y(i);
            if (micros <= -Decimals.LIMIT || micros >= Decimals.LIMIT || !area.contains(x, y)) {
                throw refusal(micros, x, y);
            }
            final ByteBuffer line = out.buffer(MAX_LINE_BYTES);
            if (dialect == TextDialect.BLANKS) {
                putTime(line, micros);
                putNumber(line.put((byte) ' '), x, 1);
                putNumber(line.put((byte) ' '), y, 1);
                line.put((byte) ' ').put((byte) ('0' + batch.polarity(i)));
            } else {
                putNumber(line, x, 1);
                putNumber(line.put((byte) ','), y, 1);
                line.put((byte) ',').put((byte) ('0' + batch.polarity(i))).put((byte) ',');
                putNumber(line, micros, 1);
            }
            line.put((byte) '\n');
            events++;
        }
    }

    @Override
    public void finish() {
        // nothing stands behind the last line
    }

    private FormatException refusal(final long micros, final int x, final int y) {
        return new FormatException(out.name() + ": event " + events + " is at x " + x + ", y " + y + ", " + micros
            + " us: " + dialect.title() + " holds events of " + area + " pixels and times within 10^"
            + Decimals.MAX_DIGITS + " us of zero");
    }

    /** Seconds, with the point in front of the last six digits. */
    private static void putTime(final ByteBuffer line, final long micros) {
        putNumber(line, micros, SECOND_DECIMALS + 1);
        final int end = line.position();
        final byte[] bytes = line.array();
        System.arraycopy(bytes, end - SECOND_DECIMALS, bytes, end - SECOND_DECIMALS + 1, SECOND_DECIMALS);
        bytes[end - SECOND_DECIMALS] = '.';
        line.position(end + 1);
    }

    /**
     * Writes a whole number.
     *
     * @param digits as many at least, with zeros in front
     */
    private static void putNumber(final ByteBuffer line, final long number, final int digits) {
        if (number < 0) {
            line.put((byte) '-');
        }
        long left = Math.abs(number);
        int count = 1;
        for (long bound = 10; left >= bound; bound *= 10) {
            count++;
        }
        count = Math.max(count, digits);
        final byte[] bytes = line.array();
        final int from = line.position();
        for (int at = from + count - 1; at >= from; at--) {
            bytes[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
        line.position(from + count);
    }
}
