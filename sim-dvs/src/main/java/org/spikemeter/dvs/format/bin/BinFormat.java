package org.spikemeter.dvs.format.bin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.spikemeter.dvs.event.EventReader;
import org.spikemeter.dvs.event.EventWriter;
import org.spikemeter.dvs.event.SensorSize;
import org.spikemeter.dvs.format.io.EventInput;
import org.spikemeter.dvs.format.io.EventOutput;
import org.spikemeter.dvs.format.io.StreamFormat;

/**
 * N-MNIST and N-Caltech101: records of five bytes, big-endian, and nothing else: x, y, polarity (bit 7) with bits 22 to
 * 16 of the time in microseconds, bits 15 to 8, bits 7 to 0. A record with y = 240 is no event: from there on
 * 2<sup>13</sup> microseconds are added. From {@code eventvision.py} of the data's authors (gorchard/event-Python).
 */
public final class BinFormat implements StreamFormat {
    static final int RECORD_BYTES = 5;
    static final int OVERFLOW_Y = 240;
    static final long OVERFLOW_MICROS = 1 << 13;
    static final int TIME_BITS = 23;

    /** So many events may be the same in a recording that is small. */
    private static final int FEW_RECORDS = 8;

    @Override
    public String name() {
        return "nmnist";
    }

    @Override
    public String description() {
        return "N-MNIST, N-Caltech101";
    }

    @Override
    public List<String> endings() {
        return List.of(".bin");
    }

    /**
     * There is no mark: whole records whose times do not go back in the head, overflows added, will do. More than a few
     * that are all the same are none, so that zeros are no recording; all may have one time, that of a step.
     */
    @Override
    public boolean recognises(final byte[] head, final Path file) throws IOException {
        if (head.length < RECORD_BYTES || Files.size(file) % RECORD_BYTES != 0) {
            return false;
        }
        boolean differ = false;
        long last = 0;
        long added = 0;
        for (int at = 0; at + RECORD_BYTES <= head.length; at += RECORD_BYTES) {
            differ |= !Arrays.equals(head, 0, RECORD_BYTES, head, at, at + RECORD_BYTES);
            if ((head[at + 1] & 0xff) == OVERFLOW_Y) {
                added += OVERFLOW_MICROS;
                continue;
            }
            final long time = added + time(head, at);
            if (time < last) {
                return false;
            }
            last = time;
        }
        return differ || head.length <= FEW_RECORDS * RECORD_BYTES;
    }

    static int time(final byte[] bytes, final int at) {
        return (bytes[at + 2] & 0x7f) << 16 | (bytes[at + 3] & 0xff) << 8 | bytes[at + 4] & 0xff;
    }

    @Override
    public EventReader open(final EventInput in, final Optional<String> variant) throws IOException {
        return new BinReader(in);
    }

    @Override
    public EventWriter create(
        final EventOutput out, final Optional<SensorSize> size, final Optional<String> variant) {
        return new BinWriter(out);
    }
}
