package org.spikemeter.runtime.source.datagram;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.aedat.Aedat2Addresses;

/**
 * What jAER sends and takes as AEUnicast, as it is set by default: big-endian words of 32 bits, first the number of the
 * datagram, which is one higher than that of the one before (0 behind the largest int), then an address and a time in
 * microseconds for each event. Addresses are those of AEDAT 2, so that the camera must be known. A datagram may hold
 * its number only.
 *
 * <p>Datagrams are taken up to {@value #MAX_BYTES} bytes, and sent of up to {@value #SENT_BYTES}, which pass an
 * Ethernet in one piece. From {@code AEUnicastOutput}, {@code AEUnicastSettings} and
 * {@code AENetworkInterfaceConstants} of jAER.
 */
public final class AeUnicast implements DatagramCodec {
    /** Where jAER sends to. */
    public static final int DEFAULT_PORT = 8991;
    /** Bytes of the largest datagram that jAER makes. */
    public static final int MAX_BYTES = 63_000;

    static final int SENT_BYTES = 1468;
    private static final int EVENT_BYTES = 2 * Integer.BYTES;

    private final Aedat2Addresses addresses;
    private final SensorSize size;
    private final Time32 time = new Time32(true);
    private final Sequence sequence = new Sequence();
    private int sent;

    /**
     * For events of a camera.
     *
     * @param size the area of the events
     */
    public AeUnicast(final Aedat2Addresses addresses, final SensorSize size) {
        this.addresses = addresses;
        this.size = size;
    }

    @Override
    public String name() {
        return "AEUnicast";
    }

    @Override
    public int maxBytes() {
        return MAX_BYTES;
    }

    @Override
    public boolean knowsLosses() {
        return true;
    }

    @Override
    public void decode(
        final ByteBuffer datagram, final long arrivalMicros, final EventBatch into, final DatagramCounts counts) {
        final int bytes = datagram.remaining();
        counts.arrived(bytes);
        datagram.order(ByteOrder.BIG_ENDIAN);
        if (bytes % EVENT_BYTES != Integer.BYTES || bytes > MAX_BYTES || datagram.getInt(datagram.position()) < 0) {
            counts.refused();
            return;
        }
        sequence.take(datagram.getInt(), counts);
        into.ensureCapacity(into.size() + bytes / EVENT_BYTES);
        final int before = into.size();
        int outside = 0;
        int others = 0;
        while (datagram.hasRemaining()) {
            final int word = addresses.word(datagram.getInt());
            final long micros = time.micros(datagram.getInt());
            if (word == Aedat2Addresses.OTHER) {
                others++;
            } else if (word < 0 || !contains(word)) {
                outside++;
            } else {
                into.add(micros, word);
            }
        }
        counts.taken(into.size() - before, outside, others);
    }

    private boolean contains(final int word) {
        return size.contains(EventWord.x(word), EventWord.y(word));
    }

    @Override
    public int encode(final EventBatch events, final int from, final int to, final ByteBuffer into) {
        into.clear().order(ByteOrder.BIG_ENDIAN);
        sent = Sequence.next(sent);
        into.putInt(sent);
        final int end = Math.min(to, from + (SENT_BYTES - Integer.BYTES) / EVENT_BYTES);
        for (int i = from; i < end; i++) {
            if (!contains(events.word(i))) {
                throw new IllegalArgumentException("event at x " + events.x(i) + ", y " + events.y(i)
                    + ": expected it within the sensor of " + size + " pixels");
            }
            into.putInt(addresses.address(events.word(i))).putInt((int) events.micros(i));
        }
        into.flip();
        return end;
    }
}
