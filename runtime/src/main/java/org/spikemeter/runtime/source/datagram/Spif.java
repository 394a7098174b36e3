package org.spikemeter.runtime.source.datagram;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;

/**
 * What AEStream sends over UDP, and SPIF (the interface of SpiNNaker) takes: little-endian words of 32 bits, an event
 * each: x in bits 30 to 16, polarity in bit 15, y in bits 14 to 0. Where bit 31 is clear, a word with the time in
 * microseconds follows; where it is set, the event has no time and gets that of its arrival. At most
 * {@value #MAX_BYTES} bytes a datagram. There is no number by which a lost datagram would be noticed.
 *
 * <p>Events are sent with the lower 32 bits of their times, as {@code dvs_to_udp.cpp} of AEStream can, which this is
 * from, or without. AEStream's own receiver ({@code TensorBuffer::set_buffer}) takes every word for an event: it has to
 * be sent events without.
 */
public final class Spif implements DatagramCodec {
    /** Where AEStream sends to. */
    public static final int DEFAULT_PORT = 3333;
    /** Bytes of the largest datagram. */
    public static final int MAX_BYTES = 512;

    private static final int X_SHIFT = 16;
    private static final int POLARITY_SHIFT = 15;
    private static final int EVENT_BYTES = 2 * Integer.BYTES;
    private static final int UNTIMED = 1 << 31;

    private final SensorSize size;
    private final boolean sendsTimes;
    private final Time32 time = new Time32(false);

    /**
     * For events of a sensor of this size.
     *
     * @param sendsTimes whether events are sent with their times; both are read
     */
    public Spif(final SensorSize size, final boolean sendsTimes) {
        this.size = size;
        this.sendsTimes = sendsTimes;
    }

    @Override
    public String name() {
        return "SPIF";
    }

    @Override
    public int maxBytes() {
        return MAX_BYTES;
    }

    @Override
    public boolean knowsLosses() {
        return false;
    }

    @Override
    public void decode(
        final ByteBuffer datagram, final long arrivalMicros, final EventBatch into, final DatagramCounts counts) {
        final int bytes = datagram.remaining();
        counts.arrived(bytes);
        datagram.order(ByteOrder.LITTLE_ENDIAN);
        if (bytes == 0 || bytes % Integer.BYTES != 0 || bytes > MAX_BYTES || isCut(datagram)) {
            counts.refused();
            return;
        }
        into.ensureCapacity(into.size() + bytes / Integer.BYTES);
        final int before = into.size();
        int outside = 0;
        while (datagram.hasRemaining()) {
            final int event = datagram.getInt();
            final long micros = event < 0 ? arrivalMicros : time.micros(datagram.getInt());
            final int x = event >>> X_SHIFT & EventWord.COORDINATE_MASK;
            final int y = event & EventWord.COORDINATE_MASK;
            if (size.contains(x, y)) {
                into.add(micros, EventWord.of(x, y, event >>> POLARITY_SHIFT & 1));
            } else {
                outside++;
            }
        }
        counts.taken(into.size() - before, outside, 0);
    }

    /** True where the last event's time is missing. */
    private static boolean isCut(final ByteBuffer datagram) {
        int at = datagram.position();
        while (at < datagram.limit()) {
            at += datagram.getInt(at) < 0 ? Integer.BYTES : EVENT_BYTES;
        }
        return at > datagram.limit();
    }

    @Override
    public int encode(final EventBatch events, final int from, final int to, final ByteBuffer into) {
        into.clear().order(ByteOrder.LITTLE_ENDIAN);
        final int end = Math.min(to, from + MAX_BYTES / (sendsTimes ? EVENT_BYTES : Integer.BYTES));
        for (int i = from; i < end; i++) {
            if (!size.contains(events.x(i), events.y(i))) {
                throw new IllegalArgumentException("event at x " + events.x(i) + ", y " + events.y(i)
                    + ": expected it within the sensor of " + size + " pixels");
            }
            final int event = events.x(i) << X_SHIFT | events.polarity(i) << POLARITY_SHIFT | events.y(i);
            into.putInt(sendsTimes ? event : event | UNTIMED);
            if (sendsTimes) {
                into.putInt((int) events.micros(i));
            }
        }
        into.flip();
        return end;
    }
}
