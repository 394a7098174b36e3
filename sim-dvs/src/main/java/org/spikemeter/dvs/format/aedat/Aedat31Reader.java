package org.spikemeter.dvs.format.aedat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventBatch;
import org.spikemeter.dvs.event.EventWord;
import org.spikemeter.dvs.event.FrameTimes;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.InputReader;
import org.spikemeter.dvs.format.io.ReadWarnings;
import org.spikemeter.dvs.format.io.FrameTimeList;

/** Reads {@link Aedat31Format}. */
final class Aedat31Reader extends InputReader {
    /** cAER sets it in types of packets that it has compressed, whose capacity is then their bytes. */
    private static final int COMPRESSED = 0x8000;
    /** Start of the frame, its end, the start and the end of the exposure, size and place of the frame. */
    private static final int FRAME_HEADER_BYTES = 36;

    private final Optional<SensorSize> size;
    /** 3.0: other places in the word, rows from the bottom. */
    private final boolean isOld;
    private final FrameTimeList frames = new FrameTimeList();
    private long eventsLeft;
    /** Bytes of the packet behind its events. */
    private long bytesBehind;
    private long overflow;
    private long invalidEvents;
    private long otherPackets;

    private Aedat31Reader(final EventInput in, final Optional<SensorSize> size, final boolean isOld) {
        super(in);
        this.size = size;
        this.isOld = isOld;
    }

    static Aedat31Reader open(final EventInput in) throws IOException {
        final String header = AedatHeader.read(in, Aedat31Format.HEADER_END);
        if (!header.startsWith(AedatHeader.VERSION + "3.")) {
            throw in.failure(0, "found no " + AedatHeader.VERSION + "3.1, expected AEDAT 3");
        }
        if (!header.endsWith(Aedat31Format.HEADER_END + "\n")) {
            throw in.failure("the header ends without the line #!END-HEADER");
        }
        final boolean isOld = header.startsWith(AedatHeader.VERSION + "3.0");
        final Optional<SensorSize> size = Chip.size(header).or(() -> Chip.named(header).map(Chip::size));
        final Aedat31Reader reader = new Aedat31Reader(in, size, isOld);
        if (isOld && size.isEmpty()) {
            reader.warnings.add("rows count from the bottom in AEDAT 3.0, and the header names no sensor whose height"
                + " is known: they are left so", 0, "");
        }
        return reader;
    }

    @Override
    public String format() {
        return isOld ? "AEDAT 3.0" : "AEDAT 3.1";
    }

    @Override
    public Optional<SensorSize> size() {
        return size;
    }

    @Override
    public boolean read(final EventBatch into) throws IOException {
        into.clear();
        while (into.size() < into.capacity() && (eventsLeft > 0 || nextPacket())) {
            if (!in.ensure(Aedat31Format.EVENT_BYTES)) {
                cut("events");
                break;
            }
            final int records = (int) Math.min(Math.min(eventsLeft, into.capacity() - into.size()),
                (in.limit() - in.at()) / Aedat31Format.EVENT_BYTES);
            decode(in.array(), in.at(), records, into);
            in.advance(records * Aedat31Format.EVENT_BYTES);
            eventsLeft -= records;
        }
        return !into.isEmpty();
    }

    /** Goes to the next packet of polarity events that has any. */
    private boolean nextPacket() throws IOException {
        while (true) {
            if (bytesBehind > 0 && !in.skip(bytesBehind)) {
                cut("what is behind its events");
                return false;
            }
            bytesBehind = 0;
            if (!in.ensure(Aedat31Format.PACKET_HEADER_BYTES)) {
                if (in.ensure(1)) {
                    cut("its header");
                }
                return false;
            }
            if (packet(in.array(), in.at())) {
                return true;
            }
        }
    }

    private boolean packet(final byte[] bytes, final int at) throws IOException {
        final int type = (short) EventInput.SHORT.get(bytes, at) & 0xffff;
        final int eventBytes = (int) EventInput.INT.get(bytes, at + Aedat31Format.SIZE_AT);
        final int timeAt = (int) EventInput.INT.get(bytes, at + Aedat31Format.TIME_AT);
        final int capacity = (int) EventInput.INT.get(bytes, at + Aedat31Format.CAPACITY_AT);
        final int number = (int) EventInput.INT.get(bytes, at + Aedat31Format.NUMBER_AT);
        overflow = (long) (int) EventInput.INT.get(bytes, at + Aedat31Format.OVERFLOW_AT);
        if (eventBytes <= 0 || capacity < 0 || number < 0 || number > capacity || overflow < 0) {
            throw in.failure("found a packet of " + number + " events of " + eventBytes + " bytes, with room for "
                + capacity + " and a time that overflowed " + overflow + " times: expected none below 0");
        }
        overflow <<= Aedat31Format.OVERFLOW_SHIFT;
        in.advance(Aedat31Format.PACKET_HEADER_BYTES);
        bytesBehind = (long) capacity * eventBytes;
        if ((type & COMPRESSED) != 0) {
            bytesBehind = capacity;
            warnings.add("compressed packet, left out", in.offset(), "found type " + type);
        } else if (type == Aedat31Format.FRAME) {
            frames(number, eventBytes, timeAt);
        } else if (type == Aedat31Format.POLARITY && eventBytes != Aedat31Format.EVENT_BYTES) {
            warnings.add("packet of events of another size, left out", in.offset(),
                "found " + eventBytes + " bytes, expected " + Aedat31Format.EVENT_BYTES);
        } else if (type == Aedat31Format.POLARITY) {
            eventsLeft = number;
            bytesBehind -= (long) number * eventBytes;
        } else {
            otherPackets++;
        }
        return eventsLeft > 0;
    }

    /** Times of a packet of frames; where it says that the time of a frame is, the start of its exposure mostly. */
    private void frames(final int number, final int frameBytes, final int timeAt) throws IOException {
        if (frameBytes < FRAME_HEADER_BYTES || timeAt < 0 || timeAt > FRAME_HEADER_BYTES - Integer.BYTES) {
            warnings.add("packet of frames without times, left out", in.offset(), "found frames of " + frameBytes
                + " bytes with a time at " + timeAt + ", expected at least " + FRAME_HEADER_BYTES);
            return;
        }
        for (int frame = 0; frame < number && in.ensure(FRAME_HEADER_BYTES); frame++) {
            if (((int) EventInput.INT.get(in.array(), in.at()) & Aedat31Format.VALID) != 0) {
                frames.add(overflow + (int) EventInput.INT.get(in.array(), in.at() + timeAt));
            }
            if (!in.skip(frameBytes)) {
                return;
            }
            bytesBehind -= frameBytes;
        }
    }

    private void decode(final byte[] bytes, final int from, final int records, final EventBatch into) {
        final int xShift = isOld ? 18 : Aedat31Format.X_SHIFT;
        final int yShift = isOld ? 4 : Aedat31Format.Y_SHIFT;
        final int yMask = isOld ? (1 << 14) - 1 : EventWord.COORDINATE_MASK;
        final SensorSize area = size.orElse(SensorSize.LARGEST);
        final int width = area.width();
        final int height = area.height();
        final int bottom = isOld && size.isPresent() ? height - 1 : 0;
        final int up = bottom == 0 ? 1 : -1;
        final long[] micros = into.microsArray();
        final int[] words = into.wordArray();
        int events = into.size();
        for (int record = 0, at = from; record < records; record++, at += Aedat31Format.EVENT_BYTES) {
            final int word = (int) EventInput.INT.get(bytes, at);
            final int x = word >>> xShift;
            final int y = bottom + up * (word >>> yShift & yMask);
            if ((word & Aedat31Format.VALID) == 0) {
                invalidEvents++;
            } else if (x >= width || y >= height || y < 0) {
                outside(x, y, at - from);
            } else {
                micros[events] = overflow + (int) EventInput.INT.get(bytes, at + Aedat31Format.EVENT_TIME_AT);
                words[events] = EventWord.of(x, y, word >>> Aedat31Format.ON_SHIFT & 1);
                events++;
            }
        }
        into.setSize(events);
    }

    private void outside(final int x, final int y, final int bytes) {
        if (warnings.isFirst(ReadWarnings.OUTSIDE_AREA)) {
            warnings.add(ReadWarnings.OUTSIDE_AREA, in.offset() + bytes,
                "found x " + x + ", y " + y + ", expected less than " + size.orElse(SensorSize.LARGEST));
        }
    }

    private void cut(final String what) throws IOException {
        warnings.add("the last packet is cut, the rest is left out", in.offset(), "expected " + what);
        eventsLeft = 0;
        bytesBehind = 0;
        in.skip(Long.MAX_VALUE);
    }

    @Override
    public FrameTimes frameTimes() {
        return frames;
    }

    @Override
    public List<String> notes() {
        final List<String> notes = new ArrayList<>();
        Aedat2Others.note(notes, frames.frames(), " frames");
        Aedat2Others.note(notes, otherPackets, " packets of other types");
        Aedat2Others.note(notes, invalidEvents, " events marked as not valid");
        return notes;
    }
}
