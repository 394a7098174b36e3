package org.spikemeter.dvs.format.aedat4;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.FrameTimes;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.InputReader;
import org.spikemeter.dvs.format.io.ReadWarnings;

/**
 * Reads {@link Aedat4Format}: the packets one after the other, up to the table. Of several streams of events the first
 * one is read. A packet that is damaged is left out.
 */
final class Aedat4Reader extends InputReader {
    private final Aedat4Header header;
    private final Aedat4Streams streams;
    private final Unpacked packet = new Unpacked();
    /** Offset in the file of the packet's header. */
    private long packetOffset;
    /** Place in the packet of its next event. */
    private int eventAt;
    private int eventsLeft;

    private Aedat4Reader(final EventInput in, final ReadWarnings warnings, final Aedat4Header header) {
        super(in, warnings);
        this.header = header;
        this.streams = new Aedat4Streams(header.streams(), warnings);
    }

    static Aedat4Reader open(final EventInput in) throws IOException {
        final ReadWarnings warnings = new ReadWarnings(in.name());
        return new Aedat4Reader(in, warnings, Aedat4Header.read(in, warnings));
    }

    @Override
    public String format() {
        return "AEDAT 4 (" + header.codec().variant() + ")";
    }

    @Override
    public Optional<SensorSize> size() {
        return streams.size();
    }

    @Override
    public boolean read(final EventBatch into) throws IOException {
        into.clear();
        while (into.size() < into.capacity() && (eventsLeft > 0 || nextPacket())) {
            final int events = Math.min(eventsLeft, into.capacity() - into.size());
            decode(packet.bytes(), eventAt, events, into);
            eventAt += events * Aedat4Format.EVENT_BYTES;
            eventsLeft -= events;
        }
        return !into.isEmpty();
    }

    /** Goes to the next packet of the stream of events that has any. */
    private boolean nextPacket() throws IOException {
        while (eventsLeft == 0 && !isEnd()) {
            packetOffset = in.offset();
            final int stream = (int) EventInput.INT.get(in.array(), in.at());
            final int length = (int) EventInput.INT.get(in.array(), in.at() + Integer.BYTES);
            if (length < 0) {
                throw in.failure("found a packet of " + length + " bytes, expected none below 0");
            }
            in.advance(Aedat4Format.PACKET_HEADER_BYTES);
            if (in.remaining() >= 0 && length > in.remaining()) {
                cut(length + " bytes, found " + in.remaining());
            } else if (!streams.isNeeded(stream)) {
                streams.pass(stream);
                pass(length);
            } else if (length > Unpacked.MAX_BYTES) {
                warnings.add("packet that is too long, left out", packetOffset,
                    "found " + length + " bytes, expected at most " + Unpacked.MAX_BYTES);
                pass(length);
            } else if (in.ensure(length)) {
                open(stream, length);
                in.advance(length);
            } else {
                cut(length + " bytes, found " + (in.limit() - in.at()));
            }
        }
        return eventsLeft > 0;
    }

    /** True at the table, or where no packet follows. */
    private boolean isEnd() throws IOException {
        final boolean isExpected = in.offset() == header.tablePosition();
        final boolean hasHeader = in.ensure(Aedat4Format.PACKET_HEADER_BYTES);
        in.ensure(Aedat4Format.PACKET_HEADER_BYTES + FlatTable.MARK_BYTES);
        if (PacketTable.begins(header.codec(), in.array(), in.at(), in.limit())) {
            if (!isExpected) {
                warnings.add("the table of the packets is not where the header says", in.offset(),
                    "expected it at byte " + header.tablePosition());
            }
            in.skip(Long.MAX_VALUE);
            return true;
        }
        if (isExpected && in.ensure(1)) {
            warnings.add("no table of the packets where the header says, read on", in.offset(), "");
        }
        if (!hasHeader && in.ensure(1)) {
            cut("its header");
        }
        return !hasHeader;
    }

    private void pass(final int length) throws IOException {
        if (!in.skip(length)) {
            cut(length + " bytes");
        }
    }

    private void cut(final String expected) throws IOException {
        warnings.add("the last packet is cut, left out", packetOffset, "expected " + expected);
        in.skip(Long.MAX_VALUE);
    }

    private void open(final int stream, final int length) {
        try {
            packet.unpack(header.codec(), in.array(), in.at(), in.at() + length);
            final String mark = packet.size() < Aedat4Format.PACKET_HEADER_BYTES + FlatTable.MARK_BYTES ? ""
                : FlatTable.mark(packet.bytes(), Integer.BYTES);
            if (streams.isOfEvents(stream, mark)) {
                final FlatTable table = FlatTable.sized(packet.bytes(), packet.size(), Aedat4Format.EVENTS);
                eventAt = table.vector(0, Aedat4Format.EVENT_BYTES);
                eventsLeft = eventAt == 0 ? 0 : (int) table.count(eventAt);
            } else if (mark.equals(Aedat4Format.FRAME)) {
                streams.addFrame(
                    FlatTable.sized(packet.bytes(), packet.size(), Aedat4Format.FRAME).int64(0, 0));
            } else {
                streams.pass(stream);
            }
        } catch (final PacketException damaged) {
            warnings.add("damaged packet, left out", packetOffset, "found " + damaged.getMessage());
        }
    }

    private void decode(final byte[] bytes, final int from, final int count, final EventBatch into) {
        final SensorSize area = streams.area();
        final int width = area.width();
        final int height = area.height();
        final long[] micros = into.microsArray();
        final int[] words = into.wordArray();
        int events = into.size();
        final int start = events;
        for (int i = 0, at = from; i < count; i++, at += Aedat4Format.EVENT_BYTES) {
            final int x = (short) EventInput.SHORT.get(bytes, at + Aedat4Format.X_AT) & 0xffff;
            final int y = (short) EventInput.SHORT.get(bytes, at + Aedat4Format.Y_AT) & 0xffff;
            micros[events] = (long) EventInput.LONG.get(bytes, at);
            words[events] = EventWord.of(x, y, bytes[at + Aedat4Format.ON_AT] & 1);
            events += x < width & y < height ? 1 : 0;
        }
        into.setSize(events);
        if (events < start + count) {
            outside(bytes, from, count);
        }
    }

    private void outside(final byte[] bytes, final int from, final int count) {
        final SensorSize area = streams.area();
        for (int i = 0, at = from; i < count; i++, at += Aedat4Format.EVENT_BYTES) {
            final int x = (short) EventInput.SHORT.get(bytes, at + Aedat4Format.X_AT);
            final int y = (short) EventInput.SHORT.get(bytes, at + Aedat4Format.Y_AT);
            if (!area.contains(x, y) && warnings.isFirst(ReadWarnings.OUTSIDE_AREA)) {
                warnings.add(ReadWarnings.OUTSIDE_AREA, packetOffset,
                    "in the packet there, found x " + x + ", y " + y + ", expected less than " + area);
            }
        }
    }

    @Override
    public FrameTimes frameTimes() {
        return streams.frameTimes();
    }

    @Override
    public List<String> notes() {
        return streams.notes();
    }
}
