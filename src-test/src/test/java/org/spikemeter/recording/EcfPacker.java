package org.spikemeter.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.spikemeter.dvs.event.EventBatch;

/** Packs a chunk of Prophesee's ECF: the other way round than the decoder, to test it. */
final class EcfPacker {
    private final EventBatch events;
    private final ByteBuffer out;

    private EcfPacker(final EventBatch events) {
        this.events = events;
        this.out = ByteBuffer.allocate(64 + 32 * events.size()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Packs.
     *
     * @param mode the two flags: 0 rows, columns with masks and polarities apart; 1 rows, columns with polarities; 2
     *     all together
     */
    static byte[] pack(final EventBatch events, final int mode) {
        final EcfPacker packer = new EcfPacker(events);
        packer.out.putInt(events.size() << 2 | mode);
        packer.times();
        if (mode == 2) {
            packer.together();
        } else {
            packer.rows();
            if (mode == 1) {
                packer.columnsAndPolarities();
            } else {
                packer.columns();
                packer.polarities();
            }
        }
        return Arrays.copyOf(packer.out.array(), packer.out.position());
    }

    private void times() {
        long time = events.isEmpty() ? 0 : events.micros(0);
        out.putLong(time);
        int i = 0;
        while (i < events.size()) {
            long step = events.micros(i) - time;
            if (step >= 15) {
                while (step > 0) {
                    out.put((byte) (0xf0 | step & 15));
                    step >>= 4;
                }
                step = 0;
            }
            time = events.micros(i);
            int run = 1;
            while (i + run < events.size() && events.micros(i + run) == time) {
                run++;
            }
            if (run < 15) {
                out.put((byte) (step << 4 | run));
            } else {
                out.put((byte) (step << 4 | 15)).putShort((short) run);
            }
            i += run;
        }
    }

    private void rows() {
        int i = 0;
        while (i < events.size()) {
            int run = 1;
            while (i + run < events.size() && events.y(i + run) == events.y(i)) {
                run++;
            }
            if (run < 31) {
                out.putShort((short) (events.y(i) << 5 | run));
            } else {
                out.putShort((short) (events.y(i) << 5 | 31)).putShort((short) run);
            }
            i += run;
        }
    }

    private void polarities() {
        int i = 0;
        while (i < events.size()) {
            int run = 1;
            while (i + run < events.size() && events.polarity(i + run) == events.polarity(i)) {
                run++;
            }
            if (run < 127) {
                out.put((byte) (events.polarity(i) << 7 | run));
            } else {
                out.put((byte) (events.polarity(i) << 7 | 127)).putShort((short) run);
            }
            i += run;
        }
    }

    private void columns() {
        int i = 0;
        while (i < events.size()) {
            final int x = events.x(i++);
            int mask = 0;
            for (int right = 1; right <= 5; right++) {
                if (i < events.size() && events.x(i) == x + right) {
                    mask |= 1 << 5 - right;
                    i++;
                }
            }
            out.putShort((short) (x << 5 | mask));
        }
    }

    private long column(final int i) {
        return i < events.size() ? events.x(i) << 1 | events.polarity(i) : 0;
    }

    private void columnsAndPolarities() {
        for (int i = 0; i < events.size(); i += 4) {
            final long four = column(i) << 36 | column(i + 1) << 24 | column(i + 2) << 12 | column(i + 3);
            // of each but the first and the last, the upper bits wait for the next word
            out.putShort((short) (four >> 36 << 4 | four >> 24 & 15));
            out.putShort((short) ((four >> 28 & 255) << 8 | four >> 12 & 255));
            out.putShort((short) ((four >> 20 & 15) << 12 | four & 4095));
        }
    }

    private long place(final int i) {
        return i < events.size() ? (long) events.y(i) << 12 | column(i) : 0;
    }

    private void together() {
        for (int i = 0; i < events.size(); i += 4) {
            out.putInt((int) (place(i) << 8 | place(i + 1) & 0xff));
            out.putInt((int) (place(i + 1) >> 8 << 16 | place(i + 2) & 0xffff));
            out.putInt((int) (place(i + 2) >> 16 << 24 | place(i + 3)));
        }
    }
}
